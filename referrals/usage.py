from wagtail.models import Page, ReferenceIndex

from referrals.models import Service


def where_shown(service):
    """Return the titles of the published pages that show a service: those that name it, and those of its topics."""
    if not service.live:
        return []
    named = {
        int(reference.object_id)
        for reference in ReferenceIndex.get_references_to(service)
        if issubclass(reference.content_type.model_class() or Service, Page)
    }
    of_topics = set(service.topics.exclude(page=None).values_list("page_id", flat=True))
    pages = Page.objects.live().filter(pk__in=named | of_topics).order_by("path")
    return [page.title for page in pages]
