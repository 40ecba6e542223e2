"""Every kind of term on every day of ten years, against an oracle written in another way."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule

from dialogs.duties.duty import Duty
from dialogs.duties.ladder import term_of
from dialogs.terms import KNOWN_UNTIL
from tests.dialogs.test_terms import EVERY_DAY, works

MONTHLY = ("name", "document", "address", "insurer")


def term(kind, since):
    """Count a term as the duties do."""
    return term_of(Duty(1, kind, since, since, since))


def next_working(day):
    """Walk on to a day that the decrees' own lists call working."""
    return next(moment.date() for moment in rrule(DAILY, dtstart=day) if works(moment.date()))


@pytest.mark.parametrize("kind", MONTHLY)
def test_a_month_agrees_with_the_oracle_on_every_day(kind):
    for day in EVERY_DAY[:-62]:
        counted = term(kind, day)
        assert counted.last == day + relativedelta(months=+1)
        assert counted.legal == next_working(counted.last)
        assert counted.is_provisional == (counted.legal.year > KNOWN_UNTIL.year)


def test_the_thirty_days_of_a_newborn_are_never_moved():
    for day in EVERY_DAY:
        *_, last = rrule(DAILY, dtstart=day, count=31)
        counted = term("newborn", day)
        assert counted.last == counted.legal == last.date()
        assert not counted.is_provisional


@pytest.mark.parametrize("kind", ["passport_20", "passport_45"])
def test_the_old_passport_is_good_for_ninety_days_after_the_birthday(kind):
    for day in EVERY_DAY:
        *_, last = rrule(DAILY, dtstart=day, count=91)
        counted = term(kind, day)
        assert counted.last == counted.legal == last.date()


def test_what_the_law_gives_no_last_day_has_none():
    assert all(term("passport_14", day) is None for day in EVERY_DAY)


def test_a_foreigners_right_ends_on_its_own_day_whatever_day_that_is():
    for day in EVERY_DAY:
        counted = term("right", day)
        assert counted.last == counted.legal == day


@pytest.mark.parametrize("year", range(2024, 2034))
def test_the_window_ends_on_the_first_of_november_of_its_year_and_is_never_moved(year):
    counted = term("window", date(year, 1, 1))
    assert counted.last == counted.legal == date(year, 11, 1)


@pytest.mark.parametrize(
    ("event", "last", "legal"),
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
    ],
)
@pytest.mark.parametrize("kind", MONTHLY)
def test_the_examples_of_the_law_hold_for_every_duty_of_a_month(kind, event, last, legal):
    counted = term(kind, date.fromisoformat(event))
    assert (counted.last.isoformat(), counted.legal.isoformat()) == (last, legal)


def test_a_term_that_a_decree_may_still_move_says_so():
    assert not term("name", date(2027, 11, 15)).is_provisional
    assert term("name", date(2027, 11, 30)).is_provisional == (
        next_working(date(2027, 12, 30)) > KNOWN_UNTIL
    )
    assert term("name", date(2027, 12, 1)).is_provisional
    assert term("name", date(2027, 12, 1)).last == date(2028, 1, 1)
    assert timedelta(0) < term("name", date(2027, 12, 1)).legal - date(2028, 1, 1)
