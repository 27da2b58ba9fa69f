import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from safeguarding_site.blocks import SourceBlock, StoryBlock
from safeguarding_site.editing.link_texts import find_fault, find_faults
from safeguarding_site.editing.panels import FactsToCheckPanel, QuickExitPanel
from safeguarding_site.page_links import known_pages
from safeguarding_site.safety.headers import ONLY_HERE
from safeguarding_site.shell import shell_for


class FixturePermissionTester(PagePermissionTester):
    """Keeps a page of the public contract where it is: its address is printed on posters and built into other sites."""

    def can_delete(self, ignore_bulk=False):
        return False

    def can_unpublish(self):
        return False

    def can_move(self):
        return False


def forget_pages_after(response):
    """Have the thread forget this page's links once it is rendered: the next page in it names others."""

    def forget(response):
        known_pages.set(None)  # and return nothing: what a callback returns replaces the response

    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(forget)
    return response


def words_of(title):
    """Return the words of a title that say something, in small letters."""
    return {word for word in re.findall(r"\w+", title.lower()) if len(word) > 3}


class SitePage(Page):
    """What every page of the site has in common: a promise in one sentence, safety, and when it was last reviewed."""

    class QuickExit(models.TextChoices):
        __empty__ = "As the page above this one"
        ON = "on", "On, here and on the pages below"
        OFF = "off", "Off, here and on the pages below"

    private_page_options = []  # a public site: nothing to log in to, and two queries a page fewer
    is_fixture = False  # True: nobody deletes, unpublishes or moves it by accident
    stands_on_root = False
    in_search = True
    search_kind = _("Page")

    summary = models.CharField(
        max_length=200, blank=True, help_text="One sentence under the title: what the reader gets here."
    )
    quick_exit = models.CharField(
        "“Leave this page”",
        max_length=3,
        choices=QuickExit.choices,
        blank=True,
        help_text="Off only where nobody reads who may be in danger.",
    )
    neutral_title = models.CharField(
        max_length=60,
        blank=True,
        help_text="For a page that somebody may have to hide. It then stands in the browser’s tab and history in place "
        "of the real title, for example “Help and support, part 2”. Links then lead to a short address that tells "
        "nothing either. The heading on the page stays as it is.",
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last read the whole page and found it right."
    )
    reviewed_by = models.CharField("reviewed by (team)", max_length=100, blank=True)
    review_due = models.DateField("next review by", null=True, blank=True)

    review_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("reviewed_by")]),
            FieldPanel("review_due"),
        ],
        heading="Review",
        help_text="Readers see this at the foot of the page. Saving a page is not a review.",
    )
    safety_panel = MultiFieldPanel(
        [QuickExitPanel(), FieldPanel("quick_exit"), FieldPanel("neutral_title")], heading="Safety of readers"
    )
    # No schedule is offered until something carries it out.
    settings_panels = [safety_panel, CommentPanel()]
    lead_panels = [FactsToCheckPanel(), *Page.content_panels, FieldPanel("summary")]

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("search_text")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        shell = shell_for(request)
        shell.page = self
        known_pages.set(shell.pages)
        return super().get_context(request, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        return self.finish(request, super().serve(request, *args, **kwargs))

    def finish(self, request, response):
        """Do what is due after every answer. A page with sub-routes calls it itself: Wagtail's mixin passes serve by."""
        if shell_for(request).exit_on and not response.has_header("Cache-Control"):
            response[ONLY_HERE] = "1"
        return forget_pages_after(response)

    def serve_preview(self, request, mode_name):
        return forget_pages_after(super().serve_preview(request, mode_name))

    @property
    def exit_choice(self):
        return self.quick_exit

    @property
    def tab_title(self):
        return self.neutral_title or self.seo_title or self.title

    def search_text(self):
        """Return what the search index holds of the page: a line for each piece, so that an extract can end with one."""
        pieces = []
        for field in self._meta.fields:
            if isinstance(field, StreamField | RichTextField) and field.name != "sources":
                pieces += field.get_searchable_content(getattr(self, field.name))
        return "\n".join(piece for piece in pieces if piece)

    def get_view_restrictions(self):
        return self.view_restrictions.none()

    @classmethod
    def can_create_at(cls, parent):
        # The root above the home page is Wagtail's: a page there would belong to no site.
        return super().can_create_at(parent) and parent.is_root() == cls.stands_on_root

    @property
    def is_overdue(self):
        return bool(self.review_due and self.review_due < timezone.localdate())

    @property
    def shares_its_neutral_title(self):
        pages = (kind.objects.filter(neutral_title__iexact=self.neutral_title) for kind in SitePage.__subclasses__())
        return any(found.exclude(pk=self.pk).exists() for found in pages)

    def permissions_for_user(self, user):
        if self.is_fixture:
            return FixturePermissionTester(user, self)
        return super().permissions_for_user(user)

    def clean(self):
        super().clean()
        today = timezone.localdate()
        errors = {}
        if self.title and (unclear := find_fault(self.title)):
            errors["title"] = f"In menus and lists the title is a link. {unclear}"
        for field in self._meta.fields:
            if isinstance(field, RichTextField) and (unclear := find_faults(getattr(self, field.name) or "")):
                errors[field.name] = unclear
        if self.reviewed_on and self.reviewed_on > today:
            errors["reviewed_on"] = "This day has not come yet. Give the day the page was last reviewed."
        if self.reviewed_on and not self.reviewed_by:
            errors["reviewed_by"] = "Say which team reviewed it."
        if self.reviewed_on and self.review_due and self.review_due <= self.reviewed_on:
            errors["review_due"] = "Choose a day after the last review."
        if telling := words_of(self.title) & words_of(self.neutral_title):
            errors["neutral_title"] = f"“{min(telling)}” stands in the real title too. Choose words that tell nothing."
        elif self.neutral_title and self.shares_its_neutral_title:
            errors["neutral_title"] = "Another page has this neutral title. People could not tell their tabs apart."
        if (
            self.is_fixture
            and self.pk
            and self.slug != type(self).objects.values_list("slug", flat=True).get(pk=self.pk)
        ):
            errors["slug"] = "Posters and other sites point to this address. It stays as it is."
        if self.is_fixture and self.expire_at:
            errors["expire_at"] = (
                "This page is always there: other pages and posters lead to it. Leave the expiry empty."
            )
        if errors:
            raise ValidationError(errors)


class InformationPage(SitePage):
    """A page of plain information: who we are, privacy, accessibility."""

    is_fixture = models.BooleanField(default=False, editable=False)
    body = StreamField(StoryBlock(), blank=True)
    sources = StreamField([("source", SourceBlock())], blank=True)

    content_panels = [
        *SitePage.lead_panels,
        FieldPanel("body"),
        FieldPanel("sources"),
        SitePage.review_panel,
    ]
    subpage_types = []

    class Meta:
        verbose_name = "information page"
