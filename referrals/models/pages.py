from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField

from referrals.blocks import ChecksBlock, ServicesBlock
from referrals.cards import card_of
from referrals.directory import Filters, facts_of_all
from referrals.finder.steps import step_at
from referrals.models.service import Service
from referrals.services import night_line, shown
from safeguarding_site.blocks import CalloutBlock, ProseBlock, SourceBlock, StepsBlock, StoryBlock, TimelineBlock
from safeguarding_site.models import SitePage, Topic
from safeguarding_site.rich_text import Features
from safeguarding_site.search.answer import keep_nothing
from safeguarding_site.shell import shell_for

ON_ONE_PAGE = 20
WORDS = Features("bold", "link", "ul")


class GetHelpPage(RoutablePageMixin, SitePage):
    """The directory of services, and a page for each."""

    intro = RichTextField(features=Features("bold", "link"), blank=True)

    is_fixture = True
    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.lead_panels, FieldPanel("intro"), SitePage.review_panel]

    class Meta:
        verbose_name = "get help page"

    def serve(self, request, *args, **kwargs):
        return self.finish(request, super().serve(request, *args, **kwargs))

    @path("")
    def directory(self, request):
        shell = shell_for(request)
        emergency = shell.emergency
        now = timezone.localtime()
        everything, topics = facts_of_all(now)
        filters = Filters(shell.query, topics, everything)
        chosen = next((topic for topic in topics if topic.key == filters.on.get("topic")), None)
        left = sorted(filters.left(), key=lambda facts: facts.kind != Service.Kind.CRISIS)
        paginator = Paginator([facts.pk for facts in left], ON_ONE_PAGE)
        page = paginator.get_page(shell.query.get("page"))
        crisis = [facts for facts in everything if facts.kind == Service.Kind.CRISIS and facts.always]
        # Those of the topic first; within that in the order of the records, which puts local ones first.
        crisis.sort(key=lambda facts: (filters.on.get("topic") not in facts.topics, facts.pk))
        wanted = {*page, *(facts.pk for facts in crisis)}
        found = {service.pk: service for service in shown().filter(pk__in=wanted)}
        response = self.render(
            request,
            context_overrides={
                "filters": filters,
                "moment": now,
                "services": [found[pk] for pk in page if pk in found],
                "paging": page,
                "night": night_line(chosen, emergency) if chosen else None,
                "crisis_lines": [card_of(found[facts.pk], emergency) for facts in crisis if facts.pk in found],
            },
        )
        # Words somebody typed or chose are held nowhere.
        return keep_nothing(response) if shell.query else response

    @path("find/", name="find")
    @path("find/<slug:code>/", name="find_step")
    def find(self, request, code=""):
        step = step_at(code, shell_for(request).emergency)
        response = self.render(request, context_overrides={"step": step}, template="referrals/finder_step.html")
        # A copy would say that somebody asked.
        return keep_nothing(response)

    @path("<slug:slug>/", name="service")
    def service(self, request, slug):
        service = shown().filter(slug=slug).first()
        if service is None:
            raise Http404
        shell_for(request).up = self
        return self.render(request, context_overrides={"service": service}, template="referrals/service.html")


class PractitionersPage(SitePage):
    """Where teachers, nurses and housing officers start."""

    body = StreamField(StoryBlock(), blank=True)
    sources = StreamField([("source", SourceBlock())], blank=True)

    is_fixture = True
    max_count = 1
    subpage_types = ["referrals.GuidePage"]
    content_panels = [*SitePage.lead_panels, FieldPanel("body"), FieldPanel("sources"), SitePage.review_panel]

    class Meta:
        verbose_name = "practitioners’ page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = (
            GuidePage.objects.child_of(self).live().select_related("topic", "neutral_address").order_by("path")
        )
        return context


class GuidePage(SitePage):
    """How to refer somebody: the same shape for each kind of worry, so that a practitioner finds the line at once."""

    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    short = StreamField(
        [("steps", StepsBlock()), ("prose", ProseBlock()), ("callout", CalloutBlock())],
        blank=True,
        verbose_name="in short",
    )
    who_can_use = RichTextField("who can use this", features=WORDS, blank=True)
    when_to_use = RichTextField("when to use it", features=WORDS, blank=True)
    when_999 = RichTextField("when to call 999 instead", features=WORDS, blank=True)
    speak_first = RichTextField("speak to someone first", features=WORDS, blank=True)
    consent = RichTextField(features=WORDS, blank=True)
    asked = StreamField([("checks", ChecksBlock())], blank=True, verbose_name="what you will be asked")
    form = models.ForeignKey(
        Service,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The record that holds the form’s address. Change the address there.",
    )
    form_note = RichTextField("about the form", features=WORDS, blank=True)
    next_steps = StreamField([("timeline", TimelineBlock()), ("prose", ProseBlock())], blank=True)
    disagree = RichTextField("if you disagree or hear nothing", features=WORDS, blank=True)
    contacts = StreamField([("services", ServicesBlock())], blank=True)
    more = StreamField(StoryBlock(), blank=True)
    sources = StreamField([("source", SourceBlock())], blank=True)

    search_kind = _("Guide")
    parent_page_types = ["referrals.PractitionersPage"]
    subpage_types = []
    content_panels = [
        *SitePage.lead_panels,
        FieldPanel("topic"),
        FieldPanel("when_999"),
        FieldPanel("short"),
        MultiFieldPanel(
            [FieldPanel("who_can_use"), FieldPanel("when_to_use"), FieldPanel("speak_first")], heading="Before"
        ),
        FieldPanel("consent"),
        FieldPanel("asked"),
        MultiFieldPanel([FieldPanel("form"), FieldPanel("form_note")], heading="The form"),
        FieldPanel("next_steps"),
        FieldPanel("disagree"),
        FieldPanel("contacts"),
        FieldPanel("more"),
        FieldPanel("sources"),
        SitePage.review_panel,
    ]

    class Meta:
        verbose_name = "referral guide"
