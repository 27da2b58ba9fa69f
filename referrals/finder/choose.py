"""Which services an ending shows: those its editor named that can be reached in the way the reader can.

Read from the records each time, so that a service that has gone, closed or lost its webchat is right here as well.
"""

from dataclasses import dataclass, field

from referrals.cards import Card, card_of, detail_of
from referrals.directory import SILENT
from referrals.models.service import Service
from referrals.services import night_line, shown

SHOWN = 3
KINDS = {"phone": {"phone"}, "quiet": SILENT, "person": {"in_person"}}
ANY_TIME = {"email", "form"}  # written now, read when they can


@dataclass
class Choice:
    """A service on an ending: its card, and the ways to reach it that fit."""

    card: Card
    who_for: str
    what_happens: str
    ways: list = field(default_factory=list)


@dataclass
class Found:
    choices: list = field(default_factory=list)
    fits: bool = True  # whether they can be reached in the way that was asked for
    withdrawn: bool = False  # none of the services named is there any more
    night: Card | None = None


def fits(service, how):
    """Return whether a service can be reached in a way; whichever it is, when the ending does not ask."""
    if how == "later":
        return service.answers_at_any_hour or bool(ANY_TIME & set(service.ways))
    return how not in KINDS or bool(KINDS[how] & set(service.ways))


def choice_of(service, how, emergency):
    ways = detail_of(service, emergency)
    if how in KINDS:
        ways = [way for way in ways if way[0] in KINDS[how]] or ways
    return Choice(card_of(service, emergency), service.who_for, service.what_happens, ways)


def without_repeats(choices):
    """Leave out whoever is reached at numbers and addresses that stand above already."""
    kept, seen = [], set()
    for choice in choices:
        ways = {(kind, said) for kind, said, *_ in choice.ways}
        if not ways or ways - seen:
            kept.append(choice)
            seen |= ways
    return kept


def services_of(ending, how, emergency):
    """Return what an ending shows to somebody who can get in touch in a way."""
    open_ones = shown().filter(status=Service.Status.ACTIVE)
    named = list(open_ones.filter(finder_places__ending=ending).order_by("finder_places__sort_order", "pk"))
    if not named:
        line = night_line(ending.topic, emergency)
        return Found([Choice(line[0], "", "", detail_of_slug(line[0].slug, emergency))] if line else [], withdrawn=True)
    fitting = [service for service in named if fits(service, how)]
    if how == "later":
        fitting.sort(key=lambda service: not service.answers_at_any_hour)
    chosen = without_repeats([choice_of(service, how, emergency) for service in fitting or named])[:SHOWN]
    found = Found(chosen, fits=bool(fitting))
    slugs = {choice.card.slug for choice in chosen}
    named_shown = [service for service in named if service.slug in slugs]
    if ending.asks_how and not (found.fits and any(service.answers_at_any_hour for service in named_shown)):
        found.night = line_at_any_hour(named, open_ones, how if how == "quiet" else "phone", slugs, emergency)
    return found


def line_at_any_hour(named, open_ones, how, slugs, emergency):
    """Return the card of who answers in the middle of the night: of those named, else a crisis line for anyone."""
    anyone = open_ones.filter(kind=Service.Kind.CRISIS, answers_at_any_hour=True).order_by("pk")
    for service in [*named, *(service for service in anyone if "everyone" in service.audiences)]:
        if service.slug not in slugs and service.answers_at_any_hour and fits(service, how):
            return card_of(service, emergency)
    return None


def detail_of_slug(slug, emergency):
    return detail_of(shown().get(slug=slug), emergency)
