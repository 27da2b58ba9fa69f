"""Rich text: the editor's buttons, and links to pages looked up once a page instead of once a paragraph.

Wagtail resolves the links of each rich text value by itself, with a query or two each: a priority page with links in
seven paragraphs cost fourteen. Here the page says beforehand which pages it names (docs/decisions.md).
"""

import re
from contextvars import ContextVar

from wagtail import hooks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text.pages import PageLinkHandler

LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')

# {pk: page} of the page being rendered in this thread.
known_pages = ContextVar("known_pages", default=None)


class Features:
    """The buttons of a rich text editor by name: those given, then those of the rooms ("register_prose_features").

    The rooms are asked each time it is read: models and blocks are made before any hook is known.
    """

    def __init__(self, *own):
        self.own = own

    def __iter__(self):
        yield from self.own
        for names in hooks.get_hooks("register_prose_features"):
            yield from names()


class KnownPageLinkHandler(PageLinkHandler):
    @classmethod
    def get_many(cls, attrs_list):
        known = known_pages.get() or {}
        found = [known.get(int(attrs.get("id", 0))) for attrs in attrs_list]
        if all(found):
            return found
        # Text that is no field of this page, or a page that is gone: ask as Wagtail would.
        return super().get_many(attrs_list)


def linked_page_ids(page):
    """Return the primary keys of the pages that the rich text of `page` links to."""
    found = set()
    for field in page._meta.fields:
        value = getattr(page, field.name) if isinstance(field, RichTextField | StreamField) else None
        if isinstance(field, StreamField) and value:
            value = list(value.raw_data)
        for text in strings(value):
            found.update(int(pk) for pk in LINK.findall(text))
    return found


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
