import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import Error as DatabaseFault
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from safeguarding_site.blocks import FooterLinkBlock
from safeguarding_site.editing.link_texts import find_fault

CONTENT = Path(__file__).resolve().parent.parent / "content"

a_phone_number = RegexValidator(
    r"^[0-9][0-9 ]*[0-9]$", "Write the number in digits and spaces, for example 01952 385385."
)
# A code of its own: Django puts its general message over any error called "invalid".
an_https_address = URLValidator(["https"], message="Write the whole address, starting with https://", code="not_https")


def national(field):
    """Return the panel of a number that is the same in the whole country: a slip there would be the worst of all."""
    return FieldPanel(field, permission="superuser")


@cache
def read_content(name):
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


@register_setting(icon="home", order=100)
class SiteSettings(BaseGenericSetting):
    name = models.CharField("name of the site", max_length=60, default="Safer Telford & Wrekin")
    partnership = models.CharField(max_length=100, default="Telford and Wrekin Safeguarding Partnership")
    footer_heading = models.CharField(max_length=60, blank=True)
    footer_text = models.CharField(max_length=250, blank=True, help_text="Who you are, in one or two sentences.")
    footer_links = StreamField(
        [("link", FooterLinkBlock())], blank=True, verbose_name="links at the foot of every page"
    )
    exit_url = models.URLField(
        "where “Leave this page” goes",
        default="https://www.bbc.co.uk/weather",
        validators=[an_https_address],
        help_text="A site that nobody would ask about. Not a search engine: it may show what was searched before. "
        "On which pages the exit stands is chosen at the pages, under Settings.",
    )
    contact_email = models.EmailField(
        "contact e-mail", blank=True, help_text="For mistakes on the site. Shown at the foot of every page."
    )
    security_contact = models.EmailField(
        blank=True, help_text="Where researchers report a weakness of the site. Shown in /.well-known/security.txt."
    )
    demonstration = models.BooleanField(
        "this is a demonstration",
        default=True,
        help_text="While this is on, every page says so and asks search engines not to list it. "
        "Switch it off on the day the partnership adopts the site.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("partnership")], heading="Name"),
        MultiFieldPanel([FieldPanel("exit_url")], heading="Quick exit"),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("security_contact")], heading="Contact"),
        MultiFieldPanel(
            [FieldPanel("footer_heading"), FieldPanel("footer_text"), FieldPanel("footer_links")],
            heading="Footer",
        ),
        FieldPanel("demonstration"),
    ]

    class Meta:
        verbose_name = "site settings"

    def clean(self):
        ours = {host.removeprefix("www.") for host in settings.ALLOWED_HOSTS}
        if (urlsplit(self.exit_url).hostname or "").removeprefix("www.") in ours:
            raise ValidationError({"exit_url": "This is our own site. Choose a page of another one."})

    # What this process last read, for what must answer while the database is down.
    _last_good = None

    @classmethod
    def current(cls):
        SiteSettings._last_good = cls.objects.first() or cls()
        return SiteSettings._last_good

    @classmethod
    def remembered(cls):
        """Return the settings without asking the database: the last ones read, else the defaults."""
        return SiteSettings._last_good or cls()


@register_setting(icon="warning", order=110)
class EmergencyFacts(BaseGenericSetting):
    """The few numbers that stand on every page, error pages included.

    Their sources stand in content/emergency.toml. Every other number is a service record.
    """

    emergency = models.CharField("emergency number", max_length=20, validators=[a_phone_number])
    silent_digits = models.CharField(
        "digits for a silent call",
        max_length=4,
        validators=[a_phone_number],
        help_text="Works on mobiles only, and only after the call is answered.",
    )
    textphone = models.CharField(max_length=20, validators=[a_phone_number])
    relay_prefix = models.CharField("Relay UK prefix", max_length=20, validators=[a_phone_number])
    text_keyword = models.CharField("word to text for registering", max_length=20)
    police = models.CharField("police, not an emergency", max_length=20, validators=[a_phone_number])
    police_name = models.CharField(max_length=60)
    family_connect = models.CharField("Family Connect", max_length=20, validators=[a_phone_number])
    family_connect_hours = models.CharField("hours", max_length=100)
    family_connect_child_option = models.CharField("option for a child", max_length=2)
    family_connect_adult_option = models.CharField("option for an adult", max_length=2)
    family_connect_confirmed = models.CharField(
        "year last confirmed",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^20\d\d$", "A year, such as 2026.")],
    )
    duty_team = models.CharField("Emergency Duty Team", max_length=20, validators=[a_phone_number])
    duty_team_hours = models.CharField("hours", max_length=100)
    duty_team_confirmed = models.CharField(
        "year last confirmed",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^20\d\d$", "A year, such as 2026.")],
    )

    panels = [
        HelpPanel("These numbers stand on every page. Ring a number before you change it here."),
        MultiFieldPanel(
            [
                FieldRowPanel([national("emergency"), national("silent_digits")]),
                FieldRowPanel([national("textphone"), national("text_keyword")]),
            ],
            heading="Emergency",
        ),
        MultiFieldPanel(
            [FieldRowPanel([national("police"), FieldPanel("police_name")]), national("relay_prefix")],
            heading="Police",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("family_connect"), FieldPanel("family_connect_confirmed")]),
                FieldPanel("family_connect_hours"),
                FieldRowPanel([FieldPanel("family_connect_child_option"), FieldPanel("family_connect_adult_option")]),
            ],
            heading="Family Connect",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("duty_team"), FieldPanel("duty_team_confirmed")]),
                FieldPanel("duty_team_hours"),
            ],
            heading="Emergency Duty Team",
        ),
    ]

    class Meta:
        verbose_name = "emergency numbers"
        verbose_name_plural = "emergency numbers"

    # What this process last read, for the pages that must answer while the database is down.
    _last_good = None

    @classmethod
    def built_in(cls):
        return cls(**read_content("emergency.toml"))

    @classmethod
    def remembered(cls):
        """Return the numbers without asking the database: the last ones read, else those the site came with."""
        return EmergencyFacts._last_good or cls.built_in()

    @classmethod
    def current(cls):
        """Return the numbers as they stand now; while the database is down, the remembered ones."""
        try:
            EmergencyFacts._last_good = cls.objects.first() or cls.built_in()
        except DatabaseFault:
            return cls.remembered()
        return EmergencyFacts._last_good


class Alert(models.Model):
    """A short message on every page, between two moments. It cannot be forgotten there: the end is compulsory."""

    class Level(models.TextChoices):
        NOTE = "note", "Note: good to know"
        WARNING = "warning", "Warning: something is wrong or closed"
        DANGER = "danger", "Danger: people may be harmed"

    LONGEST = timedelta(days=90)

    level = models.CharField(max_length=10, choices=Level.choices, default=Level.NOTE)
    text = models.CharField(max_length=200, help_text="One or two short sentences. Say what to do.")
    link_text = models.CharField(max_length=60, blank=True)
    link_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="page to link to"
    )
    starts_at = models.DateTimeField("from", default=timezone.now)
    ends_at = models.DateTimeField("until", help_text="It goes away by itself at this time.")

    panels = [
        FieldPanel("level"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("link_text"), PageChooserPanel("link_page")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        ordering = ["-starts_at"]

    def __str__(self):
        return self.text

    def clean(self):
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Choose a time after the alert starts."})
        if self.ends_at and self.ends_at <= timezone.now():
            raise ValidationError({"ends_at": "This time has passed. Choose one to come."})
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at > self.LONGEST:
            raise ValidationError({"ends_at": "An alert stays for 90 days at most. For longer, write it into a page."})
        if bool(self.link_text) != bool(self.link_page_id):
            raise ValidationError({"link_text": "A link needs both words and a page."})
        fault = find_fault(self.link_text) if self.link_text else ""
        if fault:
            raise ValidationError({"link_text": fault})

    @classmethod
    def showing(cls):
        now = timezone.now()
        urgent_first = models.Case(
            models.When(level=cls.Level.DANGER, then=0), models.When(level=cls.Level.WARNING, then=1), default=2
        )
        return (
            cls.objects.filter(starts_at__lte=now, ends_at__gt=now)
            .select_related("link_page__neutral_address")
            .order_by(urgent_first, "-starts_at")
        )


class FactQuerySet(models.QuerySet):
    def still_open(self):
        """Return what needs a person now: all that is missing or disputed, and what is due for another look."""
        states = FactToCheck.State
        due = models.Q(state=states.WILL_CHANGE, check_by__lte=timezone.localdate())
        return self.filter(models.Q(state__in=[states.MISSING, states.CONFLICT]) | due)


class FactToCheck(models.Model):
    """Something nobody has told us yet, that sources disagree on, or that will go out of date."""

    class State(models.TextChoices):
        MISSING = "missing", "Missing"
        CONFLICT = "conflict", "Sources disagree"
        WILL_CHANGE = "will-change", "Will go out of date"
        SETTLED = "settled", "Settled"

    # Empty for a row made by hand: only null may stand twice in a unique column.
    key = models.SlugField(unique=True, null=True, editable=False)  # noqa: DJ001
    title = models.CharField("what", max_length=120)
    state = models.CharField(max_length=12, choices=State.choices, default=State.MISSING)
    how = models.TextField("how to settle it", blank=True, help_text="Whom to ask, and for what.")
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="facts_to_check",
        help_text="The page it concerns.",
    )
    check_by = models.DateField("check again by", null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = FactQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("state"),
        FieldPanel("how"),
        PageChooserPanel("page"),
        FieldPanel("check_by"),
    ]

    class Meta:
        ordering = ["sort_order", "check_by"]
        verbose_name = "fact to check"
        verbose_name_plural = "facts to check"

    def __str__(self):
        return self.title


class LoadedContent(models.Model):
    """A piece of the content the site came with that has been loaded once, and is the editors' from then on."""

    name = models.CharField(max_length=255, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name
