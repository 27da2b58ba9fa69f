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
ANSWERS = {"phone": {"phone"}, "quiet": {"text", "webchat"}}  # somebody is at the other end


@dataclass
class Choice:
    """A service on an ending: its card, and the ways to reach it that fit."""

    card: Card
    who_for: str = ""
    what_happens: str = ""
    ways: list = field(default_factory=list)


@dataclass
class Found:
    choices: list = field(default_factory=list)
    fits: bool = True  # whether they can be reached in the way that was asked for
    withdrawn: bool = False  # none of the services named is there any more
    night: Choice | None = None


def answers_at_night(service, how="phone"):
    """Return whether somebody answers in the middle of the night, by phone or in writing."""
    return any(
        child.block_type in ANSWERS[how]
        # The Emergency Duty Team's hours stand with its number, in words.
        and ((child.value.get("hours") or {}).get("always") or child.value.get("team_number") == "duty_team")
        for child in service.contacts
    )


def fits(service, how):
    """Return whether a service can be reached in a way; whichever it is, when the ending does not ask."""
    if how == "later":
        return answers_at_night(service) or answers_at_night(service, "quiet") or bool(ANY_TIME & set(service.ways))
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
        return Found([choice_of_card(line[0])] if line else [], withdrawn=True)
    fitting = [service for service in named if fits(service, how)]
    if how == "later":
        fitting.sort(key=lambda service: not answers_at_night(service))
    chosen = without_repeats([choice_of(service, how, emergency) for service in fitting or named])[:SHOWN]
    found = Found(chosen, fits=bool(fitting))
    if ending.asks_how:
        by = "quiet" if how == "quiet" else "phone"
        slugs = {choice.card.slug for choice in chosen}
        if not any(service.slug in slugs and answers_at_night(service, by) for service in named):
            found.night = at_night(named, open_ones, by, slugs, emergency)
    return found


def choice_of_card(card):
    ways = [("phone", card.phone, "", card.hours, [])] if card.phone else []
    return Choice(card, ways=ways)


def at_night(named, open_ones, by, slugs, emergency):
    """Return who answers in the middle of the night: of those named, else a crisis line for anyone."""
    crisis = open_ones.filter(kind=Service.Kind.CRISIS).order_by("pk")
    for service in [*named, *(service for service in crisis if "everyone" in service.audiences)]:
        if service.slug not in slugs and answers_at_night(service, by):
            choice = choice_of(service, by, emergency)
            choice.ways = [way for way in choice.ways if way[0] in ANSWERS[by]]
            return choice
    return None
