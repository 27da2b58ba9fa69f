"""The seam through which other floors show services: ask for a topic, get cards."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When

from referrals.cards import card_of
from referrals.models.service import Service


def shown():
    """Return the services that readers may see, with what their cards need."""
    found = Service.objects.filter(live=True).exclude(status=Service.Status.ENDED)
    return found.select_related("organization", "main_topic")


closed_last = Case(When(status=Service.Status.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
crisis_first = Case(When(kind=Service.Kind.CRISIS, then=Value(0)), default=Value(1), output_field=IntegerField())


def leads(topic):
    """Return the condition that a service is the one to ring first for the topic."""
    return Exists(Service.lead_for.through.objects.filter(service=OuterRef("pk"), topic=topic))


def services_for(topic, emergency, limit=None):
    """Return cards of the services about a topic: the one to ring first, then crisis lines, then those it is most for."""
    mainly = Case(When(main_topic=topic, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = (
        shown()
        .filter(topics=topic)
        .alias(leads=leads(topic))
        .order_by(closed_last, "-leads", crisis_first, mainly, "pk")[:limit]
    )
    return [card_of(service, emergency) for service in found]


def night_line(topic, emergency):
    """Return (card, whether it is for this topic) of the line to ring at two in the morning, or None.

    The one to ring first comes first, then crisis lines; where a topic has none, a crisis line that is for anyone.
    """
    of_topic = Exists(Service.topics.through.objects.filter(service=OuterRef("pk"), topic=topic))
    report_last = Case(When(kind=Service.Kind.REPORT, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = (
        shown()
        .filter(answers_at_any_hour=True, status=Service.Status.ACTIVE)
        .annotate(of_topic=of_topic)
        .alias(leads=leads(topic))
        .order_by(report_last, "-of_topic", "-leads", crisis_first, "pk")
    )
    for service in found[:20]:
        if service.of_topic or (service.kind == Service.Kind.CRISIS and "everyone" in service.audiences):
            return card_of(service, emergency), service.of_topic
    return None
