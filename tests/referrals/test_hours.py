"""Opening hours: in words, at a moment, and refused when they make no sense."""

from datetime import UTC, date, datetime, time

import pytest

from referrals.hours import bank_holidays, clock, day_names, find_fault, for_script, in_words, is_open

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
NINE_TO_FIVE = {"times": [{"days": WEEKDAYS, "opens": time(9), "closes": time(17)}]}


@pytest.mark.parametrize(
    ("moment", "words"),
    [(time(9), "9am"), (time(16, 30), "4.30pm"), (time(0), "midnight"), (time(12), "noon"), (time(12, 5), "12.05pm")],
)
def test_a_time_is_said_as_people_say_it(moment, words):
    assert clock(moment) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (WEEKDAYS, "Monday to Friday"),
        (["sat", "sun"], "weekends"),
        ([*WEEKDAYS, "sat", "sun"], "every day"),
        (["wed"], "Wednesday"),
        (["mon", "tue"], "Monday and Tuesday"),
        (["mon", "tue", "wed", "thu", "sat"], "Monday to Thursday and Saturday"),
    ],
)
def test_days_are_said_as_people_say_them(days, words):
    assert day_names(days) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"always": True}, "Day and night, every day"),
        (NINE_TO_FIVE, "Monday to Friday, 9am to 5pm"),
        ({**NINE_TO_FIVE, "bank_holidays": "closed"}, "Monday to Friday, 9am to 5pm; closed on bank holidays"),
        ({"note": "see their website for times"}, "See their website for times"),
        ({"times": [{"days": ["mon"], "opens": time(17), "closes": time(0)}]}, "Monday, 5pm to midnight"),
        ({}, ""),
        (None, ""),
        ({"times": [{"days": [], "opens": None, "closes": None}]}, ""),
    ],
)
def test_hours_are_stated_in_words(hours, words):
    assert in_words(hours) == words


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"days": ["mon"], "opens": time(17), "closes": time(9)}], "closes before it opens"),
        (
            [
                {"days": WEEKDAYS, "opens": time(9), "closes": time(17)},
                {"days": ["fri"], "opens": time(16), "closes": time(20)},
            ],
            "Friday overlaps",
        ),
        ([{"days": [], "opens": time(9), "closes": time(17)}], "Fill in the days"),
        ([{"days": ["mon"], "opens": time(9), "closes": None}], "Fill in the days"),
    ],
)
def test_hours_that_make_no_sense_are_refused(rows, sentence):
    assert sentence in find_fault(rows)[1]


def test_hours_that_follow_each_other_are_fine():
    rows = [
        {"days": ["mon"], "opens": time(9), "closes": time(12)},
        {"days": ["mon"], "opens": time(12), "closes": time(0)},
    ]
    assert find_fault(rows) is None


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        # Summer time ended on 25 October 2026: nine in the morning is 08:00 UTC before, 09:00 UTC after.
        (datetime(2026, 10, 23, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 23, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 26, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 26, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 12, 0, tzinfo=UTC), False),
    ],
)
def test_open_is_right_across_the_clock_change(moment, answer):
    assert is_open(for_script(NINE_TO_FIVE), moment) is answer


def test_unknown_hours_are_neither_open_nor_closed():
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert is_open(for_script({"note": "See their website"}), moment) is None
    assert is_open("", moment) is None
    assert is_open("always", moment) is True


def test_the_script_is_told_days_minutes_and_what_is_known_of_bank_holidays():
    assert for_script({"always": True}) == "always"
    assert for_script({**NINE_TO_FIVE, "bank_holidays": "closed"}) == "c|12345:540-1020"
    assert for_script({"times": [{"days": ["sun"], "opens": time(17), "closes": time(0)}]}) == "u|7:1020-1440"
    assert for_script({"note": "See their website"}) == ""
    assert for_script(None) == ""


def test_a_bank_holiday_is_open_closed_or_not_known_as_the_record_says():
    christmas = datetime(2026, 12, 25, 12, tzinfo=UTC)
    assert is_open(for_script({**NINE_TO_FIVE, "bank_holidays": "closed"}), christmas) is False
    assert is_open(for_script({**NINE_TO_FIVE, "bank_holidays": "open"}), christmas) is True
    assert is_open(for_script({**NINE_TO_FIVE, "bank_holidays": "unknown"}), christmas) is None


def test_the_bank_holidays_near_a_day_are_those_of_england():
    last, *known = bank_holidays(date(2026, 12, 20))
    assert last == "2027-06-21"
    assert known[:4] == ["2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01"]
    assert "2027-08-30" not in known
