"""Weekly totals for editors: one more search, and whether it found nothing. Nothing else is known of it."""

import logging

from django.db import DatabaseError, InterfaceError
from django.db.models import F

from safeguarding_site.models.search import SearchWeek
from safeguarding_site.weeks import add_to_this_week

logger = logging.getLogger(__name__)


def count_search(found_something):
    """Add one to this week. A database that cannot is logged, and stops nobody."""
    more = {"searches": F("searches") + 1, "without_result": F("without_result") + int(not found_something)}
    try:
        add_to_this_week(SearchWeek, more)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("A search was not counted: %s", type(error).__name__)
