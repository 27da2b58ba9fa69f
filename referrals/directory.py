"""The directory's filters: what a reader may ask for, in the query string, and what is left when they do.

Values that are unknown are left aside and said; a value that would lead to nothing is not offered.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from referrals.hours import is_open
from referrals.models.service import AREAS, AUDIENCES, Service, YesNo
from referrals.services import shown
from safeguarding_site.models import Topic

BY = [
    ("phone", "Phone"),
    ("text", "Text message"),
    ("webchat", "Webchat"),
    ("online", "Online"),
    ("in-person", "In person"),
]
WAYS = {
    "phone": {"phone"},
    "text": {"text"},
    "webchat": {"webchat"},
    "online": {"form", "email"},
    "in-person": {"in_person"},
}
SILENT = {"text", "webchat", "form", "email"}
LONGEST = 100  # letters of a search word that are looked at


@dataclass(frozen=True)
class Facts:
    """What a filter needs to know of a service, without loading it."""

    pk: int
    kind: str
    words: str
    topics: frozenset
    audiences: frozenset
    ways: frozenset
    area: str
    free: bool
    open: bool
    always: bool


def plain(text):
    """Return words to compare: small, the phone's curly apostrophe straight, without other signs."""
    return " ".join(re.sub(r"[^\w'\s]", " ", text.casefold().replace("’", "'")).split())


def facts_of_all(moment):
    """Return the facts of every service shown at a moment, and the topics they are about, in two queries."""
    of_service, topics = {}, {}
    places = Service.topics.through.objects.order_by("topic__sort_order", "topic__name")
    for service, *topic in places.values_list("service_id", "topic_id", "topic__key", "topic__name"):
        of_service.setdefault(service, set()).add(topic[1])
        topics.setdefault(topic[1], Topic(pk=topic[0], key=topic[1], name=topic[2]))
    rows = (
        shown()
        .order_by("name")
        .values_list(
            "pk",
            "kind",
            "name",
            "purpose",
            "audiences",
            "ways",
            "area",
            "call_is_free",
            "cost",
            "opening",
            "status",
            "answers_at_any_hour",
        )
    )
    facts = [
        Facts(
            pk=pk,
            kind=kind,
            words=plain(f"{name} {purpose}"),
            topics=frozenset(of_service.get(pk, ())),
            audiences=frozenset(audiences),
            ways=frozenset(ways),
            area=area,
            free=free == YesNo.YES or (free != YesNo.NO and cost.casefold().startswith("free")),
            open=status == Service.Status.ACTIVE and bool(is_open(opening, moment)),
            always=status == Service.Status.ACTIVE and always,
        )
        for pk, kind, name, purpose, audiences, ways, area, free, cost, opening, status, always in rows
    ]
    return facts, list(topics.values())


TESTS = {
    "topic": lambda facts, value: value in facts.topics,
    "for": lambda facts, value: value in facts.audiences or "everyone" in facts.audiences,
    "by": lambda facts, value: bool(facts.ways & WAYS[value]),
    "area": lambda facts, value: facts.area == value,
    "quiet": lambda facts, value: bool(facts.ways & SILENT),
    "free": lambda facts, value: facts.free,
    "open": lambda facts, value: facts.open,
    "q": lambda facts, value: all(word in facts.words for word in value.split()),
}


class Filters:
    """The filters of one request: which are on, which were not understood, and what they leave."""

    def __init__(self, query, topics, everything):
        self.everything = everything
        self.choices = {
            "topic": [(topic.key, topic.name) for topic in topics],
            "for": AUDIENCES,
            "by": BY,
            "area": AREAS,
            "quiet": [("yes", _("Without speaking"))],
            "free": [("yes", _("Free"))],
            "open": [("now", _("Phone open now"))],
        }
        self.on = {}
        self.unknown = []
        for name, choices in self.choices.items():
            value = query.get(name, "")
            if value in dict(choices):
                self.on[name] = value
            elif value:
                self.unknown.append(name)
        word = plain(query.get("q", "")[:LONGEST])
        if word:
            self.on["q"] = word
        self.unknown += sorted(set(query) - {*self.choices, "q", "page"})[:5]

    def left(self, **changes):
        """Return the services that pass the filters that are on, with some changed ("" switches one off)."""
        tests = {name: value for name, value in {**self.on, **changes}.items() if value}
        return [facts for facts in self.everything if all(TESTS[name](facts, value) for name, value in tests.items())]

    def address(self, **changes):
        """Return the query string for the filters that are on, with some changed."""
        values = {name: value for name, value in {**self.on, **changes}.items() if value}
        return "?" + urlencode(values) if values else "./"

    def groups(self):
        """Return the filters to offer: (name, [(value, label, how many it leaves, whether it is on)])."""
        offered = []
        for name, choices in self.choices.items():
            values = [
                (value, label, len(self.left(**{name: value})), self.on.get(name) == value) for value, label in choices
            ]
            values = [row for row in values if row[2] or row[3]]
            if values:
                offered.append((name, values))
        return offered

    def tags(self):
        """Return the filters that are on: (label, the address without it)."""
        return [
            (dict(self.choices[name])[value] if name in self.choices else f"“{value}”", self.address(**{name: ""}))
            for name, value in self.on.items()
        ]
