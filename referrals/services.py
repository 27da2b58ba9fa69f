"""The seam through which other floors show services: ask for a topic, get cards."""

from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Value, When

from referrals.cards import card_of
from referrals.models.service import Check, Service


def shown():
    """Return the services that readers may see, each with the day it was last checked."""
    last = Check.objects.filter(service=OuterRef("pk")).order_by().values("service").annotate(day=Max("checked_on"))
    return (
        Service.objects.filter(live=True)
        .exclude(status=Service.Status.ENDED)
        .annotate(last_checked=last.values("day"))
        .select_related("organization", "main_topic")
    )


crisis_first = Case(When(kind=Service.Kind.CRISIS, then=Value(0)), default=Value(1), output_field=IntegerField())


def services_for(topic, emergency, limit=None):
    """Return cards of the services about a topic: the one to ring first, then crisis lines, then those it is most for."""
    leads = Service.lead_for.through.objects.filter(service=OuterRef("pk"), topic=topic)
    mainly = Case(When(main_topic=topic, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = (
        shown().filter(topics=topic).alias(leads=Exists(leads)).order_by("-leads", crisis_first, mainly, "pk")[:limit]
    )
    return [card_of(service, emergency) for service in found]
