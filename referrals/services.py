"""The services that readers are sent to, from one file, until they become records that editors keep."""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "content" / "services.toml"


@dataclass(frozen=True)
class Service:
    slug: str
    name: str
    organization: str
    purpose: str
    kind: str  # crisis, advice, information or report
    phone: str = ""
    phone_from: str = ""  # the field of EmergencyFacts that holds the number, instead of `phone`
    text: str = ""
    webchat: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""
    cost: str = ""
    other: str = ""
    topics: list = field(default_factory=list)
    lead_for: list = field(default_factory=list)
    confirmed: str = ""

    @property
    def kind_label(self):
        labels = {"crisis": "Crisis line", "advice": "Advice line", "information": "Information", "report": "Report it"}
        if self.kind == "advice" and not self.phone:
            return "Advice"
        return labels[self.kind]


@cache
def read_services():
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["service"]
    return [Service(**row) for row in rows]


def with_number(service, emergency):
    """Return the service with the number, and its hours, that stand among the emergency facts: written down once."""
    if not service.phone_from:
        return service
    hours = service.hours or getattr(emergency, f"{service.phone_from}_hours")
    return replace(service, phone=getattr(emergency, service.phone_from), hours=hours)


def all_services(emergency):
    """Return every service, in the order of the file."""
    return [with_number(service, emergency) for service in read_services()]


def services_for(topic_key, emergency):
    """Return the services about a topic: the one to ring first, then crisis lines, then those it matters most to."""

    def rank(service):
        return (topic_key not in service.lead_for, service.kind != "crisis", service.topics.index(topic_key))

    return sorted((service for service in all_services(emergency) if topic_key in service.topics), key=rank)


def services_mainly_for(topic_key, emergency):
    """Return the services whose first topic this is: in a list of all, each stands once."""
    return [service for service in services_for(topic_key, emergency) if service.topics[0] == topic_key]
