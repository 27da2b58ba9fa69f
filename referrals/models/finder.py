"""The guided finder: questions, their answers, and the endings they lead to.

Saved is published. A question is checked against all others when it is saved, and what was checked is what readers get;
with drafts, two that fit nothing but each other could be published apart. Every version is kept and can be brought back.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, RevisionMixin

from referrals.finder.graph import Graph, faults_of
from referrals.models.service import Service
from referrals.models.short_address import LETTERS
from safeguarding_site.models import Topic

# How a reader can get in touch: the first letters are stored, the words are an editor's (FinderSettings).
HOW = ["phone", "quiet", "person", "later"]
SIGNS = LETTERS + "23456789"
LENGTH = 4


class FinderForm(WagtailAdminModelForm):
    """Refuses what would lead a reader nowhere, in a circle, or on too long a way, and says which."""

    def clean(self):
        cleaned = super().clean()
        answers = self.formsets.get("answers")
        if answers is not None and not answers.is_valid():
            return cleaned  # told on its row already
        graph = finder_graph()
        key = self.instance.key
        rows = []
        if answers is None:
            graph.asks_how.discard(key)
            graph.asks_how |= {key} if cleaned.get("ask_how") and not cleaned.get("danger") else set()
        else:
            gone = answers.deleted_forms
            rows = [row for row in answers.forms if row not in gone and row.cleaned_data.get("text")]
            graph.answers[key] = [(row.instance.text, row.instance.leads_to) for row in rows]
        graph.words[key] = cleaned.get("name") or ""
        for sentence, at_fault in faults_of(graph, key):
            row = next((row for row in rows if at_fault and row.instance.leads_to == at_fault), None)
            if row:
                row.add_error("next_question", sentence)
            self.add_error(None, sentence)
        return cleaned


class FinderQuestion(RevisionMixin, ClusterableModel):
    """One question of the finder, with the answers to choose from."""

    name = models.CharField(
        max_length=80,
        unique=True,
        help_text="For editors. Readers do not see it: several questions may read “Who is it about?”",
    )
    text = models.CharField("question", max_length=80, help_text="In plain words: “Who is it about?”")
    help = models.CharField("a line under it", max_length=200, blank=True)

    base_form_class = FinderForm
    panels = [
        FieldPanel("name"),
        FieldPanel("text"),
        FieldPanel("help"),
        InlinePanel("answers", heading="Answers", label="Answer", min_num=2, max_num=12),
    ]

    class Meta:
        verbose_name = "finder question"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def key(self):
        return ("question", self.pk)

    @property
    def answers_in_short(self):
        return ", ".join(answer.text for answer in self.answers.all())

    answers_in_short.fget.short_description = "answers"

    @property
    def led_to_in_short(self):
        return ", ".join(f"“{answer.text}”" for answer in self.led_to_by.all()) or (
            "It is the first" if self.starts.exists() else "Nothing leads here"
        )

    led_to_in_short.fget.short_description = "comes after"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        FinderCode.keep(question=self)


class FinderEnding(RevisionMixin, ClusterableModel):
    """Where the finder ends: the services to turn to, and what to say to them."""

    name = models.CharField(max_length=80, unique=True, help_text="For editors. Readers do not see it.")
    heading = models.CharField(max_length=80, help_text="The first words a reader sees here.")
    text = models.TextField("a few sentences", blank=True, help_text="An empty line begins a new paragraph.")
    say = models.TextField(
        "what to say when they answer", blank=True, help_text="In the reader’s own words, one sentence on each line."
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="When none of the services below is there any more, readers get the line for this topic.",
    )
    danger = models.BooleanField(
        "danger now", default=False, help_text="Begins with 999 and 55. Nothing more is asked before it."
    )
    ask_how = models.BooleanField(
        "ask how they can get in touch safely",
        default=True,
        help_text="Asks one more question, and picks the services that can be reached in that way.",
    )

    base_form_class = FinderForm
    panels = [
        FieldPanel("name"),
        FieldPanel("heading"),
        FieldPanel("text"),
        FieldPanel("say"),
        MultiFieldPanel([FieldPanel("danger"), FieldPanel("ask_how")], heading="Before it"),
        FieldPanel("topic"),
        InlinePanel(
            "places",
            heading="Services",
            label="Service",
            max_num=8,
            help_text="Best first. Readers see up to three of them: the first that can be reached in the way they chose.",
        ),
    ]

    class Meta:
        verbose_name = "finder ending"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def key(self):
        return ("ending", self.pk)

    @property
    def asks_how(self):
        return self.ask_how and not self.danger

    @property
    def say_lines(self):
        return [line.strip() for line in self.say.splitlines() if line.strip()]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        for how in ["", *HOW]:
            FinderCode.keep(ending=self, how=how)


class FinderAnswer(Orderable):
    """An answer to choose, and what comes next."""

    question = ParentalKey(FinderQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField("answer", max_length=80)
    note = models.CharField("a line under it", max_length=120, blank=True)
    next_question = models.ForeignKey(
        FinderQuestion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_to_by",
        verbose_name="leads to the question",
    )
    ending = models.ForeignKey(
        FinderEnding,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_to_by",
        verbose_name="or to the ending",
    )

    panels = [
        FieldPanel("text"),
        FieldPanel("note"),
        FieldRowPanel(
            [FieldPanel("next_question", widget=forms.Select), FieldPanel("ending", widget=forms.Select)],
        ),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_question=None) ^ models.Q(ending=None), name="an_answer_leads_to_one_place"
            )
        ]

    def __str__(self):
        return self.text

    @property
    def leads_to(self):
        """Return the key of what comes next, or nothing."""
        if self.next_question_id:
            return ("question", self.next_question_id)
        return ("ending", self.ending_id) if self.ending_id else None

    def clean(self):
        if bool(self.next_question_id) == bool(self.ending_id):
            wrong = "leads to two places" if self.ending_id else "leads nowhere"
            raise ValidationError(
                {"next_question": f"“{self.text}” {wrong}. Choose the question or the ending that comes next."}
            )


class FinderPlace(Orderable):
    """The place of a service in an ending."""

    ending = ParentalKey(FinderEnding, on_delete=models.CASCADE, related_name="places")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="finder_places")

    panels = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["ending", "service"], name="a_service_once_in_an_ending")]


class FinderCode(models.Model):
    """The end of the address of a step. Made by chance on each site, so that it tells nothing of what stands there."""

    code = models.CharField(max_length=8, unique=True)
    question = models.ForeignKey(FinderQuestion, null=True, on_delete=models.CASCADE, related_name="codes")
    ending = models.ForeignKey(FinderEnding, null=True, on_delete=models.CASCADE, related_name="codes")
    how = models.CharField(max_length=6, blank=True)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.code

    @classmethod
    def keep(cls, **step):
        """Give a step its code, if it has none yet: a code stays for good, for the sake of Back and of bookmarks."""
        while not cls.objects.filter(**step).exists():
            code = get_random_string(LENGTH, SIGNS)
            if not code.isdecimal():
                cls.objects.get_or_create(code=code, defaults=step)


@register_setting(icon="help", order=120)
class FinderSettings(BaseGenericSetting):
    """Where the finder starts, and the question that it asks before most endings."""

    first_question = models.ForeignKey(
        FinderQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="starts"
    )
    intro = models.CharField("a line on the first page", max_length=200, blank=True)
    how = models.CharField("the question how", max_length=80, default="How can you get in touch safely?")
    how_help = models.CharField("a line under it", max_length=200, blank=True)
    phone = models.CharField("answer: by phone", max_length=80, default="I can talk on the phone")
    quiet = models.CharField("answer: without speaking", max_length=80, default="I can write, but not speak")
    person = models.CharField("answer: in person", max_length=80, default="I want to meet someone in person")
    later = models.CharField("answer: at a safe time", max_length=80, default="Only at a time that is safe for me")

    panels = [
        FieldPanel("first_question", widget=forms.Select),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ["how", "how_help", *HOW]],
            heading="How to get in touch",
            help_text="Asked last, before each ending that wants to know. Each answer has its own services.",
        ),
    ]

    class Meta:
        verbose_name = "finder"

    @classmethod
    def current(cls):
        return cls.objects.first() or cls()


def finder_graph():
    """Return the finder as it stands, in three queries."""
    graph = Graph()
    for question in FinderQuestion.objects.values_list("pk", "name"):
        graph.words["question", question[0]] = question[1]
        graph.answers["question", question[0]] = []
    for ending in FinderEnding.objects.all():
        graph.words[ending.key] = ending.name
        if ending.asks_how:
            graph.asks_how.add(ending.key)
    for answer in FinderAnswer.objects.order_by("sort_order", "pk"):
        graph.answers["question", answer.question_id].append((answer.text, answer.leads_to))
    return graph
