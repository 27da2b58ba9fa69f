"""What editors keep for search, and the weekly totals. What readers type is in none of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from safeguarding_site.models.topic import Topic

a_path = RegexValidator(
    r"^/([\w-]+/)+$", "Write the address on this site from its first slash to its last, for example /get-help/shout/."
)


def lines_of(text):
    """Return the lines of a text that hold something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def refuse_dead_end(address):
    """Raise unless readers can find something at the address."""
    from safeguarding_site.search.library import current_library  # it reads these models

    if address and address not in current_library().by_address:
        raise ValidationError({"address": "Readers find nothing at this address."})


class WordsPeopleUse(models.Model):
    """How people say what our pages call by another name: everyday words, slang, misspellings, whole sentences."""

    class Kind(models.TextChoices):
        NAME = "name", "Another name"
        PHRASE = "phrase", "What people say"
        SLANG = "slang", "Slang"
        MISSPELLING = "misspelling", "Misspelling"
        HEADLINE = "headline", "From the news"
        JARGON = "jargon", "Trade words"

    canonical = models.CharField("what our pages call it", max_length=100)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PHRASE)
    terms = models.TextField(
        "what people type",
        help_text="One a line. Capitals, apostrophes, hyphens and small slips make no difference. These are readers’ words, "
        "not ours: they are never shown to others.",
    )
    whole_query_only = models.TextField(
        "only if nothing else is typed",
        blank=True,
        help_text="Words that mean something else in most sentences, such as “snow”. One a line.",
    )
    urgent = models.BooleanField(
        default=False, help_text="Put emergency and crisis lines above the results for these words."
    )
    address = models.CharField(
        "leads to",
        max_length=200,
        blank=True,
        validators=[a_path],
        help_text="Only if it is not the page about the topic: the address on this site, such as /stay-safe-online/.",
    )
    note = models.CharField(max_length=250, blank=True, help_text="Seen by editors only.")
    changed_at = models.DateTimeField(auto_now=True)

    panels = [
        FieldPanel("canonical"),
        FieldPanel("topic"),
        FieldPanel("kind"),
        FieldPanel("terms"),
        FieldPanel("whole_query_only"),
        FieldPanel("urgent"),
        FieldPanel("address"),
        FieldPanel("note"),
    ]

    class Meta:
        ordering = ["canonical", "pk"]
        verbose_name = "words people use"
        verbose_name_plural = "words people use"

    def __str__(self):
        return f"{self.canonical} ({self.get_kind_display().lower()})"

    def clean(self):
        refuse_dead_end(self.address)


def crisis_line_choices():
    from safeguarding_site.search.library import current_library  # it reads these models

    lines = [document for document in current_library().documents if document.key]
    return sorted(((line.key, line.title) for line in lines), key=lambda choice: choice[1])


class DangerRuleForm(WagtailAdminModelForm):
    lines = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Lines to show",
        help_text="In this order; what you tick now comes last. With none ticked, or none of them left, the crisis lines "
        "of the topic.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A list of boxes comes back in the order it was shown in: those ticked stand first, in theirs.
        names = dict(crisis_line_choices())
        ticked = [(key, names.pop(key, f"{key} (not shown to readers now)")) for key in self.instance.lines]
        self.fields["lines"].choices = [*ticked, *names.items()]


class DangerRule(models.Model):
    """Which emergency and crisis lines stand above the results, for which words."""

    name = models.CharField(max_length=80, help_text="For editors.")
    words = models.TextField(
        blank=True,
        help_text="One a line. A line of several words is found in their order with up to two others in between. "
        "Endings and small slips make no difference.",
    )
    not_words = models.TextField(
        "but not these", blank=True, help_text="One a line: sayings that hold such words and mean no harm."
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    whole_topic = models.BooleanField(
        "for every search about the topic", default=False, help_text="Also when none of the words above is there."
    )
    lines = models.JSONField(default=list, blank=True)
    sort_order = models.PositiveSmallIntegerField(
        "place", default=0, help_text="Where several rules fit, the lines of the lowest come first."
    )
    changed_at = models.DateTimeField(auto_now=True)

    base_form_class = DangerRuleForm
    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("words"), FieldPanel("not_words")], heading="When it applies"),
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("whole_topic")], heading="Topic"),
        FieldPanel("lines"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        if not isinstance(self.lines, list) or not all(isinstance(key, str) for key in self.lines):
            raise ValidationError({"lines": "Choose from the list."})
        if self.whole_topic and not self.topic:
            raise ValidationError({"topic": "Say which topic."})
        if not self.whole_topic and not lines_of(self.words):
            raise ValidationError({"words": "Write the words, or choose a whole topic."})


class EditorsPick(models.Model):
    """A result that editors put first for certain words."""

    words = models.TextField(
        help_text="One search a line. It counts when a reader types these words and nothing else of weight."
    )
    address = models.CharField(
        max_length=200, validators=[a_path], help_text="The address on this site, such as /get-help/shout/."
    )
    sort_order = models.PositiveSmallIntegerField("place", default=0)
    changed_at = models.DateTimeField(auto_now=True)

    panels = [FieldPanel("words"), FieldPanel("address"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = "editors’ pick"
        verbose_name_plural = "editors’ picks"

    def __str__(self):
        return f"{', '.join(lines_of(self.words))[:60]}: {self.address}"

    def clean(self):
        refuse_dead_end(self.address)


class SearchWeek(models.Model):
    """How many searches a week saw, and how many of them found nothing. No words, no readers."""

    week = models.DateField(unique=True, help_text="Its Monday.")
    searches = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-week"]

    def __str__(self):
        return f"Week of {self.week:%-d %B %Y}"
