from wagtail.models import Page, ReferenceIndex

from referrals.models import FinderEnding, Service


def pages_of(service):
    """Return what shows a service: published pages that name it or are about its topics, and endings of the finder."""
    named = {
        int(reference.object_id)
        for reference in ReferenceIndex.get_references_to(service)
        if issubclass(reference.content_type.model_class() or Service, Page)
    }
    of_topics = set(service.topics.exclude(page=None).values_list("page_id", flat=True))
    pages = Page.objects.live().filter(pk__in=named | of_topics).order_by("path")
    endings = FinderEnding.objects.filter(places__service=service).order_by("name")
    return [page.title for page in pages] + [f"the finder (“{ending}”)" for ending in endings]


def where_shown(service):
    """Return the titles of the pages on which readers see a service now: none, when it is a draft or has ended."""
    return pages_of(service) if service.is_shown else []
