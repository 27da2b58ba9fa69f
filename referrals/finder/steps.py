"""One page of the finder, as its template shows it. Nothing of it is held anywhere, and its address says nothing."""

from dataclasses import dataclass, field

from django.http import Http404
from django.utils.translation import gettext as _

from referrals.finder.choose import Found, services_of
from referrals.finder.graph import longest
from referrals.models.finder import HOW, FinderCode, FinderSettings, finder_graph


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
    help: str = ""
    first: bool = False
    answers: list = field(default_factory=list)
    ending: object = None
    how: str = ""
    found: Found | None = None


def step_at(code, emergency):
    """Return the step with a code, or the first one where there is none."""
    settings = FinderSettings.current()
    if not code:
        question = settings.first_question
        return (
            question_step(question, settings)
            if question
            else Step(title=_("Find help"), heading=_("Find help"), first=True)
        )
    found = FinderCode.objects.select_related("question", "ending__topic").filter(code=code.lower()).first()
    if found is None:
        raise Http404
    if found.question:
        return question_step(found.question, settings)
    if found.ending.asks_how and not found.how:
        return how_step(found.ending, settings)
    how = found.how if found.ending.asks_how else ""
    return Step(
        title=_("Find help – answer"),
        heading=found.ending.heading,
        ending=found.ending,
        how=how,
        found=services_of(found.ending, how, emergency),
    )


def title_of(graph, key):
    before = graph.length(longest(graph, key, graph.before))
    after = graph.length(longest(graph, key, graph.after))
    return _("Find help – step %(step)d of %(steps)d") % {"step": before, "steps": before + after - 1}


def question_step(question, settings):
    answers = list(question.answers.select_related("ending").order_by("sort_order", "pk"))
    codes = {}
    leads = [answer.next_question_id for answer in answers], [answer.ending_id for answer in answers]
    of_next = FinderCode.objects.filter(how="", question__in=filter(None, leads[0]))
    of_next |= FinderCode.objects.filter(how="", ending__in=filter(None, leads[1]))
    for code in of_next:
        codes["question", code.question_id] = codes["ending", code.ending_id] = code.code
    first = question.pk == settings.first_question_id
    return Step(
        title=title_of(finder_graph(), question.key),
        heading=question.text,
        help=" ".join(filter(None, [question.help, settings.intro if first else ""])),
        first=first,
        answers=[
            Answer(answer.text, answer.note, codes[answer.leads_to], bool(answer.ending and answer.ending.danger))
            for answer in answers
            if answer.leads_to in codes
        ],
    )


def how_step(ending, settings):
    codes = dict(FinderCode.objects.filter(ending=ending).values_list("how", "code"))
    return Step(
        title=title_of(finder_graph(), ending.key),
        heading=settings.how,
        help=settings.how_help,
        answers=[Answer(getattr(settings, how), "", codes[how]) for how in HOW if how in codes],
    )
