"""Where results come from. The hall brings the pages; a room brings a source of its own ("search_sources").

A source is an object with

* `readable()`, a query of an indexed model for what readers may see, and `models`, the types it holds;
* `state()`, queries of one row each that change whenever something of it does (`state_row`);
* `documents()`, every readable object as a `Document`;
* `cards(documents, emergency)`, {document: what its result shows}, of those that are still readable.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import CharField, Count, DateTimeField, F, Max, Q, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.models import Page, get_page_models

from safeguarding_site.page_links import address_of


@dataclass(eq=False)
class Document:
    """What ranking knows of a page or a service."""

    source: object
    pk: int
    title: str
    address: str  # what editors' records name it by
    kind: str | Promise
    topics: frozenset = frozenset()
    main_topic: str = ""
    is_crisis_line: bool = False
    any_hour: bool = False
    leads: frozenset = frozenset()  # topics for which it is the one to ring
    changed_at: object = None
    link: str = ""  # where its result leads, if not to its address
    key: str = ""  # what a danger rule names it by; empty for what is no line to ring


def state_row(queryset, name, newest, **condition):
    """Return a one-row query that changes when a set of records does. Rows of several can be joined in one."""
    live = Count("pk", filter=Q(**condition)) if condition else Count("pk")
    return (
        queryset.order_by()
        .annotate(part=Value(name, output_field=CharField()))
        .values("part")
        .annotate(newest=Max(newest, output_field=DateTimeField()), number=live)
        .values_list("part", "newest", "number")
    )


class PageSource:
    @cached_property
    def kinds(self):
        """What a page is called among the results, by its type; types that are no result are left out."""
        return {
            model: model.search_kind
            for model in get_page_models()
            if getattr(model, "in_search", False) and not model._meta.abstract
        }

    @property
    def models(self):
        return list(self.kinds)

    def readable(self):
        return Page.objects.live().type(tuple(self.kinds)).order_by()

    def state(self):
        pages = Page.objects.filter(depth__gt=1)
        return [
            state_row(pages, "pages", "last_published_at", live=True),
            state_row(pages, "drafts", "latest_revision_created_at"),
        ]

    def documents(self):
        shown = ("pk", "title", "url_path", "content_type", "depth", "locale", "path")
        neutral = ("neutral_address__code", "neutral_address__in_use", "neutral_address__page")
        pages = self.readable().select_related("neutral_address").only(*shown, *neutral)
        return [
            Document(self, page.pk, page.title, page.url, self.kinds[page.specific_class], link=address_of(page))
            for page in pages
            if page.specific_class in self.kinds and page.url
        ]

    def cards(self, documents, emergency):
        """Return empty cards: a page's result is its title and an extract."""
        return {document: {} for document in documents}


def topic_rows(topics):
    """Return a row for each topic: its key, name and page are all that search knows of it."""
    return topics.annotate(
        part=Concat("key", Value(" "), "name", output_field=CharField()),
        newest=Value(None, output_field=DateTimeField()),
        number=F("page_id"),
    ).values_list("part", "newest", "number")


page_source = PageSource()


def sources():
    return [page_source, *(source for brought in hooks.get_hooks("search_sources") for source in brought())]
