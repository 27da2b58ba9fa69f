"""Counts by week: one number more, and nothing of who brought it."""

from datetime import timedelta

from django.utils import timezone


def week_of(day):
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def add_to_this_week(model, more, **whose):
    """Add to a row of this week: `more` is {field: expression}, `whose` what the row is for beside the week."""
    whose["week"] = week_of(timezone.localdate())
    rows = model.objects.filter(**whose)
    if not rows.update(**more):
        # The first of a week. Of two first ones the second finds the row of the other.
        model.objects.bulk_create([model(**whose)], ignore_conflicts=True)
        rows.update(**more)
