"""One page of the finder, as its template shows it. Nothing of it is held anywhere, and its address says nothing."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from referrals.finder.choose import Found, services_of
from referrals.finder.graph import Graph, longest
from referrals.models.finder import HOW, FinderAnswer, FinderCode, FinderSettings


@dataclass
class Answer:
    text: str
    note: str
    address: str
    danger: bool = False


@dataclass
class Step:
    title: str
    heading: str
    place: str = ""
    help: str = ""
    first: bool = False
    answers: list = field(default_factory=list)
    ending: object = None
    how: str = ""
    found: Found | None = None


def step_at(code, emergency):
    """Return the step with a code, or the first one where there is none. No step costs more than three queries."""
    if not code:
        settings = FinderSettings.objects.select_related("first_question").first()
        if settings is None or settings.first_question is None:
            return Step(title=_("Find help"), heading=_("Find help"), first=True)
        return question_step(settings.first_question, first=True, intro=settings.intro)
    # An ending comes with its other codes, which lead on from it.
    known = FinderCode.objects.filter(Q(code=code) | Q(ending__codes__code=code)).distinct()
    codes = {found.code: found for found in known.select_related("question", "ending__topic")}
    if code not in codes:
        raise Http404
    found = codes[code]
    if found.question:
        return question_step(found.question)
    if found.ending.asks_how and not found.how:
        return how_step(found.ending, {other.how: other.code for other in codes.values()})
    how = found.how if found.ending.asks_how else ""
    return Step(
        title=_("Find help – answer"),
        place=_("Answer"),
        heading=found.ending.heading,
        ending=found.ending,
        how=how,
        found=services_of(found.ending, how, emergency),
    )


def question_step(question, first=False, intro=""):
    answers = all_answers()
    place = place_of(answers, question.key)
    own = [answer for answer in answers if answer.question_id == question.pk]
    leads = [answer.leads_to for answer in own]
    codes = FinderCode.objects.filter(
        Q(question__in=[pk for kind, pk in leads if kind == "question"])
        | Q(ending__in=[pk for kind, pk in leads if kind == "ending"]),
        how="",
    )
    codes = {("question", code.question_id) if code.question_id else ("ending", code.ending_id): code for code in codes}
    return Step(
        title=_("Find help – %s") % place.lower(),
        place=place,
        heading=question.text,
        help=" ".join(filter(None, [question.help, intro])),
        first=first,
        answers=[
            Answer(answer.text, answer.note, codes[answer.leads_to].code, bool(answer.ending and answer.ending.danger))
            for answer in own
            if answer.leads_to in codes
        ],
    )


def how_step(ending, codes):
    settings = FinderSettings.current()
    place = place_of(all_answers(), ending.key)
    return Step(
        title=_("Find help – %s") % place.lower(),
        place=place,
        heading=settings.how,
        help=settings.how_help,
        answers=[Answer(getattr(settings, how), "", codes[how]) for how in HOW if how in codes],
    )


def all_answers():
    return list(FinderAnswer.objects.select_related("ending").order_by("sort_order", "pk"))


def place_of(answers, key):
    """Return how far a step is, which is all that its title says."""
    graph = Graph()
    for answer in answers:
        graph.answers.setdefault(("question", answer.question_id), []).append((answer.text, answer.leads_to))
        if answer.ending and answer.ending.asks_how:
            graph.asks_how.add(answer.leads_to)
    before = graph.length(longest(graph, key, graph.before))
    after = graph.length(longest(graph, key, graph.after))
    return _("Step %(step)d of %(steps)d") % {"step": before, "steps": before + after - 1}
