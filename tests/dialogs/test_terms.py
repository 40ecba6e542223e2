"""Terms end when the law says; the tables are those of the domain's description."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from dialogs.terms import (
    KNOWN_UNTIL,
    is_provisional,
    is_working,
    month_after,
    shifted,
    window_is_open,
    working_days_after,
)

DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2033, 12, 31)
EVERY_DAY = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]

# What the law never changes, and what each year's decree moved, as the decrees list it.
HOLIDAYS = {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
MOVED_OFF = {
    2024: {(4, 29), (4, 30), (5, 10), (12, 30), (12, 31)},
    2025: {(5, 2), (5, 8), (6, 13), (11, 3), (12, 31)},
    2026: {(1, 9), (3, 9), (5, 11), (12, 31)},
    2027: {(2, 22), (5, 3), (5, 10), (6, 14), (11, 5), (12, 31)},
}
MOVED_ON = {2024: {(4, 27), (11, 2), (12, 28)}, 2025: {(11, 1)}, 2027: {(2, 20)}}


def works(day):
    """Read the calendar off the tables above."""
    here = (day.month, day.day)
    if here in MOVED_ON.get(day.year, ()):
        return True
    off = HOLIDAYS | MOVED_OFF.get(day.year, set())
    return day.isoweekday() < 6 and here not in off


WORKING = [day for day in EVERY_DAY if works(day)]


def test_the_calendar_is_that_of_the_law_and_the_decrees():
    assert [day for day in EVERY_DAY if is_working(day)] == WORKING


@pytest.mark.parametrize(("year", "days"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)])
def test_a_year_has_as_many_working_days_as_its_decree(year, days):
    assert sum(is_working(day) for day in EVERY_DAY if day.year == year) == days


@pytest.mark.parametrize(
    ("event", "same_number", "moved"),
    [
        ("2026-01-30", "2026-02-28", "2026-03-02"),
        ("2026-01-31", "2026-02-28", "2026-03-02"),
        ("2024-01-31", "2024-02-29", "2024-02-29"),
        ("2026-08-31", "2026-09-30", "2026-09-30"),
        ("2025-12-08", "2026-01-08", "2026-01-12"),
        ("2026-04-09", "2026-05-09", "2026-05-12"),
        ("2026-10-04", "2026-11-04", "2026-11-05"),
        ("2027-01-20", "2027-02-20", "2027-02-20"),
        ("2027-01-22", "2027-02-22", "2027-02-24"),
        ("2026-12-31", "2027-01-31", "2027-02-01"),
    ],
)
def test_a_month_ends_on_its_number_and_a_day_off_moves_it_on(event, same_number, moved):
    end = month_after(date.fromisoformat(event))
    assert (end.isoformat(), shifted(end).isoformat()) == (same_number, moved)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-10-30", 5, "2025-11-07"),
        ("2025-12-29", 5, "2026-01-15"),
        ("2026-04-29", 5, "2026-05-07"),
        ("2026-12-25", 5, "2027-01-12"),
        ("2027-02-18", 5, "2027-02-26"),
        ("2026-11-22", 3, "2026-11-25"),
        ("2026-11-22", 0, "2026-11-22"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, count, end):
    assert working_days_after(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_a_month_after_is_the_last_day_of_the_next_month_not_past_the_number():
    """Found by walking day by day instead of by counting."""
    for day in EVERY_DAY:
        candidates = [day + DAY * number for number in range(1, 32)]
        following = [one for one in candidates if one.month == day.month % 12 + 1]
        assert month_after(day) == max(one for one in following if one.day <= day.day)


@pytest.mark.parametrize("count", [1, 3, 10, 22])
def test_terms_agree_with_the_list_of_working_days(count):
    for day in EVERY_DAY[:-60:7]:
        after = [one for one in WORKING if one > day]
        assert working_days_after(day, count) == after[count - 1]
        assert shifted(day) == (day if works(day) else after[0])


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2026-01-01", True),
        ("2026-10-31", True),
        ("2026-11-01", True),  # a Sunday, and still the last day
        ("2026-11-02", False),
        ("2026-12-31", False),
        ("2027-01-01", True),
    ],
)
def test_the_insurer_is_changed_by_wish_until_the_first_of_november(day, is_open):
    assert window_is_open(date.fromisoformat(day)) == is_open


def test_a_year_whose_decree_is_not_known_is_provisional():
    assert not is_provisional(KNOWN_UNTIL)
    assert is_provisional(KNOWN_UNTIL + DAY)
    assert date(2027, 12, 31) == KNOWN_UNTIL


def test_nothing_is_loaded_before_a_term_is_counted():
    """The calendar takes a tenth of a second that a start without terms must not pay."""
    loaded = "import sys, dialogs.terms; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
