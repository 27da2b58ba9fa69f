"""Opening hours: said in words, and asked of a moment. Times are those of the clock on the wall in London.

A time of the record is a wall-clock time, so the clock change needs no arithmetic: 9 o'clock is 9 o'clock.
"""

import re
from datetime import time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
DAYS = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
]
KEYS = [key for key, _ in DAYS]
NAMES = dict(DAYS)
MIDNIGHT = time(0)


def clock(moment):
    """Return a time as people say it: 9am, 10.30pm, midnight, noon."""
    if moment == MIDNIGHT:
        return "midnight"
    if moment == time(12):
        return "noon"
    hour = moment.hour % 12 or 12
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def day_names(days):
    """Return days as people say them: "Monday to Friday", "weekends", "every day", "Monday and Wednesday"."""
    places = sorted(KEYS.index(day) for day in set(days))
    if len(places) == 7:
        return "every day"
    if places == [5, 6]:
        return "weekends"
    runs = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    said = []
    for run in runs:
        first, last = NAMES[KEYS[run[0]]], NAMES[KEYS[run[-1]]]
        if len(run) > 2:
            said.append(f"{first} to {last}")
        else:
            said += [NAMES[KEYS[place]] for place in run]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]


def in_words(hours):
    """Return a record's hours as one sentence without a full stop; empty when nothing is known."""
    if not hours:
        return ""
    parts = []
    if hours.get("always"):
        parts.append("day and night, every day")
    else:
        for opening in hours.get("times") or []:
            if opening.get("days") and opening.get("opens") and opening.get("closes") is not None:
                span = f"{clock(opening['opens'])} to {clock(opening['closes'])}"
                parts.append(f"{day_names(opening['days'])}, {span}")
        if parts and hours.get("bank_holidays") == "closed":
            parts.append("closed on bank holidays")
    if hours.get("note"):
        parts.append(hours["note"])
    sentence = "; ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def find_fault(times):
    """Return what is wrong with the rows of a week, as (row, sentence), or None.

    A row that closes at midnight or earlier in the day than it opens is refused: say it as two rows.
    """
    taken = {day: [] for day in KEYS}
    for place, opening in enumerate(times or []):
        opens, closes = opening.get("opens"), opening.get("closes")
        if not opening.get("days") or opens is None or closes is None:
            return place, "Fill in the days, when it opens and when it closes."
        start, end = minutes(opens), minutes(closes) or 24 * 60
        if end <= start:
            return (
                place,
                "It closes before it opens. For a night, write two rows: up to midnight, and from midnight on.",
            )
        for day in opening["days"]:
            if any(start < other_end and other_start < end for other_start, other_end in taken[day]):
                return place, f"{NAMES[day]} overlaps with a row above."
            taken[day].append((start, end))
    return None


def for_script(hours):
    """Return hours as static/js/hours.js reads them, or nothing when they are not known well enough.

    "always", or the first letter of what is known of bank holidays and a row each: "u|12345:540-1020;6:600-720"
    (Monday is 1, minutes of the day; 1440 is midnight at its end).
    """
    if not hours:
        return ""
    if hours.get("always"):
        return "always"
    rows = []
    for opening in hours.get("times") or []:
        if not opening.get("days") or opening.get("opens") is None or opening.get("closes") is None:
            continue  # a draft that is not finished
        days = "".join(str(KEYS.index(day) + 1) for day in sorted(opening["days"], key=KEYS.index))
        start, end = minutes(opening["opens"]), minutes(opening["closes"]) or 24 * 60
        rows.append(f"{days}:{start}-{end}")
    return f"{(hours.get('bank_holidays') or 'unknown')[0]}|{';'.join(rows)}" if rows else ""


def minutes(moment):
    return moment.hour * 60 + moment.minute


@cache
def bank_holidays_of(year):
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def bank_holidays(today):
    """Return for the script the last day it is told about, half a year ahead, and the bank holidays until then."""
    last = today + timedelta(days=183)
    known = bank_holidays_of(today.year) | bank_holidays_of(last.year)
    return [last.isoformat(), *sorted(day.isoformat() for day in known if today <= day <= last)]


def is_open(opening, moment):
    """Say whether hours in the script's form are open at an aware moment: True, False, or None when nobody knows."""
    if opening == "always":
        return True
    if not opening:
        return None
    known, rows = opening.split("|")
    local = moment.astimezone(LONDON)
    if local.date() in bank_holidays_of(local.year) and known != "o":
        return False if known == "c" else None
    day, now = str(local.weekday() + 1), minutes(local)
    for row in rows.split(";"):
        days, start, end = re.fullmatch(r"(\d+):(\d+)-(\d+)", row).groups()
        if day in days and int(start) <= now < int(end):
            return True
    return False
