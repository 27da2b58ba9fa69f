from safeguarding_site.models.pages import SitePage
from safeguarding_site.search.answer import answer, keep_nothing


class SearchPage(SitePage):
    """Search over pages, services and guides. What is typed leaves with the answer."""

    is_fixture = True
    in_search = False
    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.lead_panels, SitePage.review_panel]

    class Meta:
        verbose_name = "search page"

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **answer(request)}

    def finish(self, request, response):
        return super().finish(request, keep_nothing(response) if "q" in request.GET else response)
