"""A service as templates show it: plain words, numbers resolved, nothing left to look up."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from referrals import hours
from referrals.contacts import RELAYS
from referrals.models.service import CHECKED_KNOWN_FOR, Service, YesNo

RELAY_NAMES = dict(RELAYS)


@dataclass
class Card:
    slug: str
    name: str
    purpose: str
    kind: str
    kind_label: str
    url: str = ""
    phone: str = ""
    phone_label: str = ""
    hours: str = ""
    script_hours: str = ""
    cost: str = ""
    other: list = field(default_factory=list)
    checked_on: date | None = None
    check_is_old: bool = False
    closed: bool = False


def number_of(phone, emergency):
    return getattr(emergency, phone["team_number"]) if phone.get("team_number") else phone.get("number") or ""


def hours_of(phone, emergency):
    """Return a telephone's hours in words; those of a team number stand with it."""
    said = hours.in_words(phone.get("hours"))
    return said or (getattr(emergency, f"{phone['team_number']}_hours", "") if phone.get("team_number") else "")


def kind_label(service, has_phone):
    if service.kind == Service.Kind.ADVICE and has_phone:
        return "Advice line"
    if service.kind == Service.Kind.CRISIS and not has_phone:
        return "Crisis service"
    return service.get_kind_display()


def card_of(service, emergency):
    """Return the card of a service, with its first telephone on the plate and its other ways in words."""
    phones = [child.value for child in service.contacts if child.block_type == "phone"]
    first = phones[0] if phones else None
    opened = hours_of(first, emergency) if first else ""
    ways = []
    for child in service.contacts:
        if child.block_type != "phone" and not opened:
            opened = hours.in_words(child.value.get("hours"))
        if child.block_type == "text":
            ways.append(child.value.get("instruction") or "")
        elif child.block_type == "webchat":
            ways.append("Webchat")
        elif child.block_type == "form":
            ways.append(child.value.get("name") or "Online form")
    relays = {RELAY_NAMES[relay] for phone in phones for relay in phone.get("relay") or [] if relay in RELAY_NAMES}
    checked = service.last_checked
    closed = service.status == Service.Status.CLOSED
    cost = service.cost
    if service.stays_off_bill == YesNo.YES:
        cost = (
            f"{cost}, and they say that it does not show on the bill" if cost else "Does not show on the bill, they say"
        )
    return Card(
        slug=service.slug,
        name=service.name,
        purpose=service.purpose,
        kind=service.kind,
        kind_label=kind_label(service, bool(first)),
        url=service.url,
        phone=number_of(first, emergency) if first else "",
        phone_label=(first.get("label") or "") if first else "",
        hours=opened,
        script_hours="" if closed else service.opening,
        cost=cost,
        other=[way for way in ways if way] + sorted(relays),
        checked_on=checked,
        check_is_old=bool(checked and timezone.localdate() - checked > CHECKED_KNOWN_FOR),
        closed=closed,
    )


def detail_of(service, emergency):
    """Return every way to get in touch: (kind, the value to show, where it leads, hours, notes)."""
    found = []
    for child in service.contacts:
        value = child.value
        said = hours.in_words(value.get("hours")) if "hours" in value else ""
        if child.block_type == "phone":
            notes = [value.get("label") or ""]
            notes += [f"With {RELAY_NAMES[relay]}" for relay in value.get("relay") or [] if relay in RELAY_NAMES]
            notes += [f"In {language}" for language in value.get("languages") or []]
            found.append(("phone", number_of(value, emergency), "", hours_of(value, emergency), notes))
        elif child.block_type == "text":
            digits = "".join((value.get("number") or "").split())
            found.append(("text", value.get("instruction") or "", f"sms:{digits}", said, []))
        elif child.block_type == "webchat":
            url = value.get("url") or ""
            found.append(("webchat", url, url, said, []))
        elif child.block_type == "email":
            address = value.get("address") or ""
            found.append(("email", address, f"mailto:{address}", said, []))
        elif child.block_type == "form":
            url = value.get("url") or ""
            dated = f"Version of {value['dated']:%-d %B %Y}" if value.get("dated") else ""
            found.append(("form", value.get("name") or url, url, "", [value.get("version") or "", dated]))
        else:
            found.append(("in_person", value.get("address") or "", "", said, []))
    return [(kind, shown, leads, said, [note for note in notes if note]) for kind, shown, leads, said, notes in found]
