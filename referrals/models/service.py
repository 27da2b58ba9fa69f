from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from referrals.addresses import an_outside_address, find_address
from referrals.contacts import ContactsBlock
from referrals.hours import for_script
from safeguarding_site.editing.link_texts import find_fault
from safeguarding_site.models import Topic
from safeguarding_site.rich_text import strings

AUDIENCES = [
    ("everyone", "Anyone"),
    ("children", "Children"),
    ("young-people", "Young people"),
    ("parents", "Parents and carers"),
    ("women", "Women"),
    ("men", "Men"),
    ("lgbt", "LGBT+ people"),
    ("older-people", "Older people"),
    ("deaf", "Deaf people"),
    ("survivors", "Survivors and victims"),
    ("own-behaviour", "People worried about their own behaviour"),
    ("practitioners", "Practitioners"),
]
AREAS = [
    ("telford-and-wrekin", "Telford and Wrekin"),
    ("shropshire-telford-and-wrekin", "Shropshire, Telford and Wrekin"),
    ("west-mercia", "West Mercia"),
    ("england", "England"),
    ("england-and-wales", "England and Wales"),
    ("england-wales-northern-ireland", "England, Wales and Northern Ireland"),
    ("great-britain", "Great Britain"),
    ("uk", "The whole United Kingdom"),
]
# "Taking referrals" is a fact of a day; after this it is a guess, and the site says "ask" again.
REFERRALS_KNOWN_FOR = timedelta(days=42)
CHECKED_KNOWN_FOR = timedelta(days=183)
# /get-help/find/ is the finder.
TAKEN_SLUGS = {"find"}


class YesNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


def tick(field):
    """Return the panel of a many-to-many field as boxes: a list box loses all choices to one plain click."""
    return FieldPanel(field, widget=forms.CheckboxSelectMultiple)


class ServiceForm(WagtailAdminModelForm):
    audiences = forms.MultipleChoiceField(
        choices=AUDIENCES, widget=forms.CheckboxSelectMultiple, required=False, label="For"
    )

    def clean(self):
        cleaned = super().clean()
        if "action-publish" in self.data and cleaned.get("question"):
            self.add_error("question", "Settle this, and empty the field, before you publish. Until then save a draft.")
        return cleaned


class Service(
    WorkflowMixin, DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    """A service or form that readers are sent to: the one place for its number, address and hours."""

    class Kind(models.TextChoices):
        CRISIS = "crisis", "Crisis line"
        ADVICE = "advice", "Advice"
        INFORMATION = "information", "Information"
        REPORT = "report", "Report it"

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        CLOSED = "closed", "Closed for now"
        ENDED = "ended", "Ended"

    class Referrals(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        ASK = "ask", "Ask them"

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        "short address",
        max_length=80,
        unique=True,
        help_text="Its address on this site and on posters. It stays when the name changes.",
    )
    organization = models.ForeignKey(
        "referrals.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    purpose = models.CharField(max_length=150, help_text="One sentence: what it is for.")
    what_happens = models.TextField(
        "what happens when you get in touch",
        blank=True,
        help_text="Who answers, what they ask, whether you must give your name.",
    )
    who_for = models.CharField(
        "who it is for", max_length=150, blank=True, help_text="In a sentence, if not for anyone."
    )
    kind = models.CharField("kind of line", max_length=12, choices=Kind.choices, default=Kind.ADVICE)
    main_topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    topics = ParentalManyToManyField(Topic, related_name="services", blank=True)
    lead_for = ParentalManyToManyField(
        Topic,
        related_name="+",
        blank=True,
        verbose_name="first on",
        help_text="Topics for which this is the one to ring.",
    )
    audiences = models.JSONField("for", default=list, blank=True)
    area = models.CharField("service area", max_length=40, choices=AREAS, default="uk")
    cost = models.CharField(max_length=60, blank=True)
    call_is_free = models.CharField(max_length=8, choices=YesNo.choices, default=YesNo.UNKNOWN)
    stays_off_bill = models.CharField(
        "says it stays off the bill", max_length=8, choices=YesNo.choices, default=YesNo.UNKNOWN
    )
    anonymous = models.CharField("without giving a name", max_length=8, choices=YesNo.choices, default=YesNo.UNKNOWN)
    contacts = StreamField(ContactsBlock(), blank=True, verbose_name="ways to get in touch")
    url = models.URLField("website", blank=True, validators=[an_outside_address])
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    taking_referrals = models.CharField(max_length=4, choices=Referrals.choices, default=Referrals.ASK)
    taking_referrals_on = models.DateField("as of", null=True, blank=True)
    confidential_address = models.BooleanField(
        default=False,
        help_text="A refuge, for example. No address or postcode may then stand anywhere in this record. Earlier versions "
        "are cleaned when you save; backups keep them until their time is up.",
    )
    confirmed = models.CharField("year last confirmed by others", max_length=4, blank=True, editable=False)
    question = models.TextField("question to settle", blank=True, help_text="Seen by editors only.")
    # What a filter asks of the ways to get in touch, kept beside them so that the database can answer.
    ways = models.JSONField(default=list, editable=False)
    answers_at_any_hour = models.BooleanField(default=False, editable=False)
    opening = models.TextField(blank=True, editable=False)
    last_checked = models.DateField(null=True, editable=False)

    base_form_class = ServiceForm
    panels = [
        FieldPanel("question"),
        MultiFieldPanel(
            [
                TitleFieldPanel("name", targets=["slug"]),
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("organization"),
                FieldPanel("purpose"),
                FieldPanel("url"),
            ],
            heading="What it is",
        ),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("who_for"), FieldPanel("audiences"), FieldPanel("area")], heading="For whom"
        ),
        MultiFieldPanel([FieldPanel("main_topic"), tick("topics"), tick("lead_for")], heading="Topics"),
        FieldPanel("contacts"),
        FieldPanel("what_happens"),
        MultiFieldPanel(
            [
                FieldPanel("cost"),
                FieldRowPanel([FieldPanel("call_is_free"), FieldPanel("stays_off_bill"), FieldPanel("anonymous")]),
            ],
            heading="Cost and traces",
        ),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("taking_referrals"), FieldPanel("taking_referrals_on")]),
                FieldPanel("confidential_address"),
            ],
            heading="State",
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("purpose"),
        index.SearchField("who_for"),
        index.SearchField("what_happens"),
        index.SearchField("contacts"),
        index.RelatedFields("organization", [index.SearchField("name")]),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.FilterField("live"),
        index.FilterField("status"),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def reference(self):
        """Return what a reader quotes in a message about this record: it gives away neither name nor topic.

        In digits: letters can spell a word, and be misheard.
        """
        return f"S-{self.pk}" if self.pk else ""

    @property
    def is_shown(self):
        """Whether readers may see it at all."""
        return self.live and self.status != self.Status.ENDED

    def with_content_json(self, content):
        """Keep the day of the last check when a version is published: checks are apart from edits."""
        service = super().with_content_json(content)
        service.last_checked = Service.objects.filter(pk=self.pk).values_list("last_checked", flat=True).first()
        return service

    def clean(self):
        super().clean()
        if self.slug and self.slug.lower() in TAKEN_SLUGS:
            raise ValidationError({"slug": f"/get-help/{self.slug}/ is a page of its own. Choose another address."})
        if not isinstance(self.audiences, list) or set(map(str, self.audiences)) - set(dict(AUDIENCES)):
            raise ValidationError({"audiences": "Choose from the list whom it is for."})
        if self.name and (unclear := find_fault(self.name)):
            raise ValidationError({"name": f"Where the service is shown, its name is a link. {unclear}"})
        if self.expire_at:
            raise ValidationError({"expire_at": "Set the status to “Ended” instead: pages may show it until then."})
        if self.taking_referrals != self.Referrals.ASK and not self.taking_referrals_on:
            raise ValidationError({"taking_referrals_on": "Say of which day this is true."})
        if self.taking_referrals_on and self.taking_referrals_on > timezone.localdate():
            raise ValidationError({"taking_referrals_on": "This day has not come yet."})
        if self.confidential_address:
            self.refuse_an_address()

    def refuse_an_address(self):
        """Raise on the field that holds a street address or a postcode, of whatever kind the field is."""
        for field in self._meta.fields:
            value = getattr(self, field.name)
            if isinstance(field, StreamField):
                if any(child.block_type == "in_person" for child in value):
                    raise ValidationError({field.name: "A confidential service has no address: remove “In person”."})
                value = list(value.raw_data)
            elif not isinstance(field, models.CharField | models.TextField | models.JSONField):
                continue
            for text in strings(value):
                found = find_address(text) if not text.startswith("https://") else ""
                if found:
                    raise ValidationError({field.name: f"“{found}” looks like an address. This one is confidential."})

    def save(self, *args, **kwargs):
        self.ways = sorted({child.block_type for child in self.contacts})
        self.answers_at_any_hour = any(
            child.block_type in ("phone", "text") and (child.value.get("hours") or {}).get("always")
            for child in self.contacts
        )
        phones = (child.value for child in self.contacts if child.block_type == "phone")
        self.opening = next((for_script(phone.get("hours")) for phone in phones), "")
        super().save(*args, **kwargs)
        if self.confidential_address:
            self.scrub_revisions()

    def scrub_revisions(self):
        """Take addresses out of earlier versions. Backups keep them until their time is up (docs/running.md)."""
        for revision in self.revisions.all():
            content = scrub(revision.content)
            if content != revision.content:
                revision.content = content
                revision.save(update_fields=["content"])

    @property
    def takes_referrals_now(self):
        """Return "yes", "no" or "ask": what is known today, which an old answer is not."""
        known = self.taking_referrals_on and timezone.localdate() - self.taking_referrals_on <= REFERRALS_KNOWN_FOR
        return self.taking_referrals if known else self.Referrals.ASK

    def get_preview_template(self, request, mode_name):
        return "referrals/service.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "service": self}


def scrub(value):
    """Return a copy of stored content with every street address and postcode replaced by a dash."""
    if isinstance(value, str):
        if value.startswith("https://"):
            return value
        while found := find_address(value):
            value = value.replace(found, "–")
        return value
    if isinstance(value, dict):
        return {key: scrub(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [scrub(inner) for inner in value]
    return value


class Check(models.Model):
    """Somebody looked whether the record is true. Apart from edits: saving a record is no check."""

    class How(models.TextChoices):
        RANG = "rang", "Rang them"
        WROTE = "wrote", "Wrote to them"
        WEBSITE = "website", "Looked at their website"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField("checked on", default=timezone.localdate)
    how = models.CharField(max_length=8, choices=How.choices)
    team = models.CharField("by which team", max_length=80)

    panels = [FieldPanel("service"), FieldPanel("checked_on"), FieldPanel("how"), FieldPanel("team")]

    class Meta:
        ordering = ["-checked_on", "-pk"]

    def __str__(self):
        return f"{self.service}, {self.checked_on:%-d %B %Y}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        tell_service_its_last_check(self.service_id)

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        tell_service_its_last_check(self.service_id)
        return deleted

    def clean(self):
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": "This day has not come yet. Give the day it was checked."})


def tell_service_its_last_check(pk):
    """Keep the day beside the record, so that a card shows it wherever the record comes from."""
    last = Check.objects.filter(service=pk).aggregate(day=models.Max("checked_on"))["day"]
    Service.objects.filter(pk=pk).update(last_checked=last)
