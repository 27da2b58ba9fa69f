"""Opening hours: said in words, and asked of a moment. Times are those of the clock on the wall in London.

A time of the record is a wall-clock time, so the clock change needs no arithmetic: 9 o'clock is 9 o'clock.
"""

from datetime import time
from zoneinfo import ZoneInfo

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
        end = 24 * 60 if closes == MIDNIGHT else closes.hour * 60 + closes.minute
        start = opens.hour * 60 + opens.minute
        if end <= start:
            return place, "It closes before it opens. For a night, write two rows: up to midnight, and from midnight on."
        for day in opening["days"]:
            if any(start < other_end and other_start < end for other_start, other_end in taken[day]):
                return place, f"{NAMES[day]} overlaps with a row above."
            taken[day].append((start, end))
    return None


def is_open(hours, moment):
    """Say whether it is open at an aware moment: True, False, or None when the record does not say."""
    if not hours:
        return None
    if hours.get("always"):
        return True
    if not hours.get("times"):
        return None
    local = moment.astimezone(LONDON)
    now = local.hour * 60 + local.minute
    for opening in hours["times"]:
        start = opening["opens"].hour * 60 + opening["opens"].minute
        end = 24 * 60 if opening["closes"] == MIDNIGHT else opening["closes"].hour * 60 + opening["closes"].minute
        if KEYS[local.weekday()] in opening["days"] and start <= now < end:
            return True
    return False
