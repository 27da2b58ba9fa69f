from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from referrals.services import all_services, services_mainly_for
from safeguarding_site.blocks import SourceBlock, StoryBlock
from safeguarding_site.models import SitePage, Topic
from safeguarding_site.shell import shell_for


class GetHelpPage(SitePage):
    """Every service, crisis lines first, then by topic."""

    intro = RichTextField(features=["bold", "link"], blank=True)

    is_fixture = True
    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.lead_panels, FieldPanel("intro"), SitePage.review_panel]

    class Meta:
        verbose_name = "get help page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        emergency = shell_for(request).emergency
        topics = [(topic, services_mainly_for(topic.key, emergency)) for topic in Topic.objects.select_related("page")]
        context["topics"] = [(topic, services) for topic, services in topics if services]
        context["crisis_lines"] = [service for service in all_services(emergency) if service.kind == "crisis"]
        return context


class PractitionersPage(SitePage):
    """Where teachers, nurses and housing officers start."""

    body = StreamField(StoryBlock(), blank=True)
    sources = StreamField([("source", SourceBlock())], blank=True)

    is_fixture = True
    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.lead_panels, FieldPanel("body"), FieldPanel("sources"), SitePage.review_panel]

    class Meta:
        verbose_name = "practitioners’ page"
