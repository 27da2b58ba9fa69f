"""Weekly totals for editors: one more search, and whether it found nothing. Nothing else is known of it."""

import logging
from datetime import timedelta

from django.db import DatabaseError, InterfaceError
from django.db.models import F
from django.utils import timezone

from safeguarding_site.models.search import SearchWeek

logger = logging.getLogger(__name__)


def count_search(found_something):
    """Add one to this week. A database that cannot is logged, and stops nobody."""
    today = timezone.localdate()
    week = today - timedelta(days=today.weekday())
    more = {"searches": F("searches") + 1, "without_result": F("without_result") + int(not found_something)}
    try:
        if not SearchWeek.objects.filter(week=week).update(**more):
            # The first of a week. Of two first ones the second finds the row of the other.
            SearchWeek.objects.bulk_create([SearchWeek(week=week)], ignore_conflicts=True)
            SearchWeek.objects.filter(week=week).update(**more)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("A search was not counted: %s", type(error).__name__)
