"""Links to pages: where they lead, and looked up once a page instead of once a paragraph.

Wagtail resolves the links of each rich text value by itself, with a query or two each: a priority page with links in
seven paragraphs cost fourteen. Here the page says beforehand which pages it names (docs/decisions.md).
"""

import re
from contextvars import ContextVar

from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import escape
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text.pages import PageLinkHandler

from safeguarding_site.rich_text import strings

LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
CHOSEN = "page"  # what every block of ours calls the page that it leads to

# {pk: page} of the page being rendered in this thread.
known_pages = ContextVar("known_pages", default=None)


def neutral_address_of(page):
    """Return the neutral address of a page while links are to lead there, else nothing."""
    try:
        neutral = page.neutral_address
    except ObjectDoesNotExist:
        return ""
    return str(neutral) if neutral.in_use else ""


def address_of(page):
    """Return the address that a link to `page` has: the neutral one of a page marked so, else its own."""
    page = (known_pages.get() or {}).get(page.pk, page)  # that one came together with its neutral address
    return neutral_address_of(page) or page.url


class KnownPageLinkHandler(PageLinkHandler):
    @classmethod
    def get_many(cls, attrs_list):
        known = known_pages.get() or {}
        found = [known.get(int(attrs.get("id", 0))) for attrs in attrs_list]
        if all(found):
            return found
        # Text that is no field of this page, or a page that is gone: ask as Wagtail would.
        return super().get_many(attrs_list)

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [f'<a href="{escape(address_of(page))}">' if page else "<a>" for page in cls.get_many(attrs_list)]


def linked_page_ids(page):
    """Return the primary keys of the pages that the texts and blocks of `page` link to."""
    found = set()
    for field in page._meta.fields:
        value = getattr(page, field.name) if isinstance(field, RichTextField | StreamField) else None
        if isinstance(field, StreamField) and value:
            value = list(value.raw_data)
        for text in strings(value):
            found.update(int(pk) for pk in LINK.findall(text))
        found.update(chosen_page_ids(value))
    return found


def chosen_page_ids(value):
    if isinstance(value, dict):
        if isinstance(value.get(CHOSEN), int):
            yield value[CHOSEN]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from chosen_page_ids(inner)
