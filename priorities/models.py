from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from priorities.blocks import PanelBlock, WayBlock
from referrals.blocks import ServicesBlock, WhoDealsBlock
from referrals.services import night_line, services_for
from safeguarding_site.blocks import ProseBlock, QuestionsBlock, SourceBlock, StoryBlock, TimelineBlock
from safeguarding_site.models import SitePage, Topic
from safeguarding_site.rich_text import Features
from safeguarding_site.shell import shell_for

SHORT_TEXT = Features("bold", "link")
LONGER_TEXT = Features("bold", "link", "ul")

# Enough to choose from, few enough to choose; the rest is one link away.
SERVICES_SHOWN = 7
# Steps of an address that are looked at: no page lies deeper, and nobody should make us ask for thousands.
DEEPEST = 6


class PriorityStoryBlock(StoryBlock):
    """The body of a priority page: what every page may hold, services, and who deals with what."""

    services = ServicesBlock()
    who_deals = WhoDealsBlock()

    class Meta:
        template = "blocks/story.html"


class HomePage(SitePage):
    """What the site is for, and the way to help in one tap."""

    heading = models.TextField(max_length=60, help_text="The first words a reader sees. Two short lines at most.")
    lead = models.CharField(max_length=150, help_text="One or two sentences under the heading.")
    ways = StreamField([("way", WayBlock())], max_num=4, blank=True, verbose_name="ways in")
    quiet_note = models.CharField(
        "note under the ways in", max_length=100, blank=True, help_text="Seen on wide screens only."
    )
    local_heading = models.CharField("heading over the local numbers", max_length=60)
    local_intro = models.CharField("sentence under it", max_length=200, blank=True)
    closing = StreamField([("panel", PanelBlock())], blank=True, verbose_name="short texts at the foot")

    is_fixture = True
    stands_on_root = True
    in_search = False
    max_count = 1
    subpage_types = [
        "priorities.PriorityIndexPage",
        "referrals.GetHelpPage",
        "referrals.PractitionersPage",
        "safeguarding_site.InformationPage",
        "safeguarding_site.SearchPage",
    ]
    content_panels = [
        *SitePage.lead_panels[:-1],
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("lead")], heading="Opening"),
        FieldPanel("ways"),
        FieldPanel("quiet_note"),
        MultiFieldPanel([FieldPanel("local_heading"), FieldPanel("local_intro")], heading="Local numbers"),
        FieldPanel("closing"),
        SitePage.review_panel,
    ]

    class Meta:
        verbose_name = "home page"

    def clean(self):
        super().clean()
        if not any(way.value["goes_to"] == "danger" for way in self.ways):
            raise ValidationError({"ways": "Keep one way in that leads to what to do in danger."})

    def route(self, request, path_components):
        """Finds a page by its whole address at once; Wagtail alone asks the database twice for each step of it.

        What a page answers below its own address (a service, a step of the finder) is left to the page.
        """
        steps = path_components[:DEEPEST]
        addresses = [self.url_path + "".join(f"{step}/" for step in steps[:end]) for end in range(1, len(steps) + 1)]
        pages = (
            Page.objects.filter(url_path__in=addresses, live=True).order_by("-depth")
            if addresses
            else Page.objects.none()
        )
        page = pages.first()
        if page is None:
            return super().route(request, path_components)
        return page.specific.route(request, path_components[page.depth - self.depth :])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["priorities"] = PriorityPage.objects.live().select_related("topic", "neutral_address").order_by("path")
        return context


class PriorityIndexPage(SitePage):
    """The partnership's key priorities, a house each."""

    intro = RichTextField(features=SHORT_TEXT, blank=True)

    is_fixture = True
    max_count = 1
    subpage_types = ["priorities.PriorityPage"]
    content_panels = [*SitePage.lead_panels, FieldPanel("intro"), SitePage.review_panel]

    class Meta:
        verbose_name = "index of key priorities"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["priorities"] = (
            PriorityPage.objects.child_of(self).live().select_related("topic", "neutral_address").order_by("path")
        )
        return context


class PriorityPage(SitePage):
    """One key priority. Its fixed sections stand in the same order on each, so that a reader finds them again."""

    is_fixture = models.BooleanField(default=False, editable=False)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Gives the page its colour, its icon and its services.",
    )
    teaser = models.CharField(max_length=60, help_text="In a few words, for the home page and the list of priorities.")
    danger_advice = RichTextField(
        "if someone is in danger",
        features=SHORT_TEXT,
        blank=True,
        help_text="One or two sentences for this topic. 999 and what to do when you cannot speak are there already.",
    )
    body = StreamField(PriorityStoryBlock(), blank=True, help_text="What it is, signs to look for, what to do now.")
    next_steps = StreamField(
        [("timeline", TimelineBlock()), ("prose", ProseBlock()), ("questions", QuestionsBlock())],
        blank=True,
        verbose_name="what happens next",
    )
    doing = RichTextField("what we are doing", features=LONGER_TEXT, blank=True)
    practitioners = RichTextField("for practitioners", features=LONGER_TEXT, blank=True)
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name="where the facts come from")

    parent_page_types = ["priorities.PriorityIndexPage"]
    subpage_types = []
    content_panels = [
        *SitePage.lead_panels,
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("teaser")], heading="In lists"),
        FieldPanel("danger_advice"),
        FieldPanel("body"),
        FieldPanel("next_steps"),
        FieldPanel("doing"),
        FieldPanel("practitioners"),
        FieldPanel("sources"),
        SitePage.review_panel,
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("teaser")]

    class Meta:
        verbose_name = "priority page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        emergency = shell_for(request).emergency
        services = services_for(self.topic, emergency, limit=SERVICES_SHOWN + 1) if self.topic_id else []
        context["services"] = services[:SERVICES_SHOWN]
        context["night"] = night_line(self.topic, emergency) if self.topic_id else None
        context["more_services"] = len(services) > SERVICES_SHOWN
        return context


def tell_topic_its_page(sender, instance, **kwargs):
    """Lets other rooms link to "about this topic" without knowing priority pages.

    A page an editor chose stays, while it is published; a topic the page has left no longer points to it.
    """
    Topic.objects.filter(page=instance.page_ptr).exclude(pk=instance.topic_id).update(page=None)
    without_page = models.Q(page=None) | models.Q(page__live=False)
    Topic.objects.filter(without_page, pk=instance.topic_id).update(page=instance.page_ptr)
