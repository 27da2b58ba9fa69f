"""The site's icons: line drawings in a 24 by 24 box, written into the page, so that no icon costs a request."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

ICONS = {
    "adult": '<circle cx="12" cy="5.5" r="3"/><path d="M5.5 21v-3.5a6.5 6.5 0 0 1 13 0V21"/>',
    "bin": '<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5 7 21h10l1-14.5M10 10.5v6.5M14 10.5v6.5"/>',
    "child": '<circle cx="12" cy="6.5" r="3"/><path d="M7 20.5V17a5 5 0 0 1 10 0v3.5M9.5 20.5v-3M14.5 20.5v-3"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "door": '<path d="M3.5 20.5h17M6.5 20.5V3.5h11v17M6.5 3.5l6.5 3v14M10.3 13v1.2"/>',
    "glass": '<path d="M7 3h10l-.8 6.5a4.2 4.2 0 0 1-8.4 0zM7.5 7.5h9M12 14v6M8.5 20.5h7"/>',
    "hands": '<path d="M8 13.5 4.5 10a1.6 1.6 0 0 1 2.3-2.3L10 11V5a1.5 1.5 0 0 1 3 0v5l2.5-4a1.5 1.5 0 0 1 2.6 1.5L16 '
    '12v3.5a5 5 0 0 1-5 5 5 5 0 0 1-4-2.2z"/>',
    "heart": '<path d="M12 20.5S4 15.6 4 9.8A4.3 4.3 0 0 1 12 7.6a4.3 4.3 0 0 1 8 2.2c0 5.8-8 10.7-8 10.7z"/>',
    "house": '<path d="M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "houses": '<path d="M2 12.5 8 7l6 5.5M4 11v9h8v-9M12.5 8.5 16 5l6 5.5M20 9v11h-8M8 20v-4.5a1.3 1.3 0 0 1 2.6 0M14.5 '
    '20v-5a1.5 1.5 0 0 1 3 0v5"/>',
    "lamp": '<path d="M12 21V10M9 21h6M8.5 10l1-6h5l1 6zM11 4V2.5h2V4M5 6.5 3.5 6M5 10l-1.5.7M19 6.5l1.5-.5M19 10l1.5.7"/>',
    "leave": '<path d="M14 4h5v16h-5M3.5 12H14M10 8l4 4-4 4"/>',
    "phone": '<path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "signpost": '<path d="M12 21.5V3M12 5h6l2.5 2.2L18 9.5h-6M12 12H6l-2.5 2.2L6 16.5h6M9 21.5h6"/>',
    "tick": '<path d="m4 12.5 5 5L20 6.5"/>',
    "umbrella": '<path d="M3 12a9 9 0 0 1 18 0"/><circle cx="12" cy="11.5" r="2.2"/>'
    '<path d="M7.5 21v-1.5c0-2.3 2-3.5 4.5-3.5s4.5 1.2 4.5 3.5V21"/>',
}

# What an editor may choose for a topic or a way in; the others belong to the site's own furniture.
CHOOSABLE = [
    "adult",
    "bin",
    "child",
    "door",
    "glass",
    "hands",
    "heart",
    "house",
    "lamp",
    "phone",
    "signpost",
    "umbrella",
]


def icon_choices():
    return [(name, name.capitalize()) for name in CHOOSABLE]


def svg(name):
    """Return the icon as inline SVG, or nothing for a name that is not drawn (an empty draft)."""
    if name not in ICONS:
        return ""
    drawing = mark_safe(ICONS[name])  # noqa: S308  (a constant of this file)
    return format_html('<svg class="i" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)
