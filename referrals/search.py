"""Services among the search results, and the crisis lines above them."""

from referrals.cards import card_of
from referrals.models.service import Service
from referrals.services import shown
from safeguarding_site.search.sources import Document, state_row


class ServiceSource:
    models = [Service]

    def __init__(self):
        self.made, self.numbers = {}, None

    def readable(self):
        return shown().order_by()

    def state(self):
        return [
            state_row(Service.objects.all(), "services", "last_published_at", live=True),
            state_row(shown(), "services shown", "last_published_at"),
        ]

    def documents(self):
        topics, leads = {}, {}
        for through, found in ((Service.topics.through, topics), (Service.lead_for.through, leads)):
            for service, key in through.objects.values_list("service_id", "topic__key"):
                found.setdefault(service, set()).add(key)
        rows = self.readable().values_list(
            "pk", "slug", "name", "kind", "status", "main_topic__key", "answers_at_any_hour", "last_published_at"
        )
        labels = dict(Service.Kind.choices)
        found = []
        for pk, slug, name, kind, status, main_topic, any_hour, changed_at in rows:
            active = status == Service.Status.ACTIVE
            found.append(
                Document(
                    self,
                    pk,
                    name,
                    f"/get-help/{slug}/",
                    labels[kind],
                    topics=frozenset(topics.get(pk, ())),
                    main_topic=main_topic or "",
                    is_crisis_line=active and kind == Service.Kind.CRISIS,
                    any_hour=active and any_hour,
                    leads=frozenset(leads.get(pk, ())) if active else frozenset(),
                    changed_at=changed_at,
                    key=slug if active else "",
                )
            )
        return found

    def cards(self, documents, emergency):
        """Return the cards, from memory for what has not changed: hours and numbers cost more than the search itself."""
        numbers = tuple(getattr(emergency, field.attname) for field in emergency._meta.fields)
        if numbers != self.numbers:
            self.made, self.numbers = {}, numbers
        missing = [document for document in documents if (document.pk, document.changed_at) not in self.made]
        if missing:
            moments = {document.pk: document.changed_at for document in missing}
            for service in self.readable().filter(pk__in=moments):
                self.made[service.pk, moments[service.pk]] = self.card(service, emergency)
        made = {document: self.made.get((document.pk, document.changed_at)) for document in documents}
        return {document: card for document, card in made.items() if card}

    def card(self, service, emergency):
        card = card_of(service, emergency)
        return {
            "kind": card.kind_label,
            "text": card.purpose,
            "phone": card.phone,
            "hours": card.hours,
            "other": card.other,
            "closed": card.closed,
        }


service_source = ServiceSource()
