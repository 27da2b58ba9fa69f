import re
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from safeguarding_site import icons, page_links
from safeguarding_site.blocks.story import sections

PARAGRAPH_KEY = re.compile(r' data-block-key="[^"]*"')

register = template.Library()
register.filter(sections)
register.filter("address", page_links.address_of)


@register.simple_tag
def icon(name):
    return icons.svg(name)


@register.filter
def tel(number):
    """Return the `tel:` address of a number as people write it: digits only, so that a phone dials it as it is."""
    return "tel:" + "".join(character for character in str(number or "") if character.isdigit())


@register.filter
def domain(url):
    """Return the address as a reader recognises it, with places where a narrow screen may break it."""
    host = (url or "").split("://", 1)[-1].split("/", 1)[0]
    parts = host.removeprefix("www.").split(".")
    return format_html_join(mark_safe("<wbr>."), "{}", ((part,) for part in parts))


@register.filter
def words(rich_text):
    """Return rich text as HTML, or nothing for an empty draft.

    The editor's paragraph keys stay out: they name nothing for a reader and do not compress (0.5 KB a page).
    """
    if not rich_text:
        return ""
    html = rich_text if isinstance(rich_text, RichText) else RichText(rich_text)
    return mark_safe(PARAGRAPH_KEY.sub("", str(html)))  # noqa: S308  (Wagtail's own cleaned output)


@register.simple_tag
def querystring_of(words, page):
    """Return the query string for another page of results. The tag escapes it."""
    return urlencode({"q": words, "page": page})


@register.filter
def words_of_address(path):
    """Return the words of an address that led nowhere, for the search box."""
    return " ".join(re.sub(r"[\W_]+", " ", str(path)).split())[:60]
