from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogs.dates import DateWords, Written, anniversary, days_ago, read_written, resolve

WORDS = DateWords(
    months={"марта": 3, "июня": 6, "июля": 7, "сентября": 9},
    ago={"сегодня": 0, "вчера": 1, "неделю назад": 7},
    fillers=frozenset({"г", "го"}),
)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5.3.24", Written(5, 3, "24")),
        ("5 марта", Written(5, 3)),
        ("5-го МАРТА 2024 г.", Written(5, 3, "2024")),
        ("2024-03-05", Written(5, 3, "2024")),
        ("5 сентебря", Written(5, 9)),
        ("5 июня", Written(5, 6)),
        ("99.99.99", Written(99, 99, "99")),
        ("5 июня июля", None),
        ("5_3_24", None),
        ("5.3", Written(5, 3)),
        ("5.3.24 марта", None),
        ("в четверг", None),
        ("", None),
    ],
)
def test_day_month_and_year_are_told_apart(text, written):
    assert read_written(text, WORDS) == written


@pytest.mark.parametrize(
    ("written", "lean", "day"),
    [
        (Written(5, 3, "24"), "past", date(2024, 3, 5)),
        (Written(5, 3, "27"), "past", date(1927, 3, 5)),
        (Written(5, 3, "27"), "future", date(2027, 3, 5)),
        (Written(25, 12, "26"), "past", date(2026, 12, 25)),
        (Written(22, 11), "past", date(2026, 11, 22)),
        (Written(23, 11), "past", date(2025, 11, 23)),
        (Written(22, 11), "future", date(2026, 11, 22)),
        (Written(21, 11), "future", date(2027, 11, 21)),
        (Written(29, 2), "past", date(2024, 2, 29)),
        (Written(29, 2), "future", date(2028, 2, 29)),
        (Written(30, 2), "past", None),
        (Written(29, 2, "2023"), "past", None),
        (Written(1, 13), "future", None),
        (Written(1, 1, "0000"), "past", None),
    ],
)
def test_a_year_left_out_is_the_nearest_on_the_side_that_is_meant(written, lean, day):
    assert resolve(written, TODAY, lean) == day


@given(st.dates(date(1900, 1, 1), TODAY))
def test_a_day_and_month_alone_never_lie_ahead_of_today(day):
    found = resolve(Written(day.day, day.month), TODAY, "past")

    assert found
    assert found <= TODAY
    assert (found.day, found.month) == (day.day, day.month)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_whole_date_comes_back_however_it_was_written(day):
    assume(day.year != 2100 or day.month == 1)
    for pattern in ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %m %Y", "%d%m%Y"):
        written = read_written(day.strftime(pattern), WORDS)
        assert written
        assert resolve(written, TODAY, "past") == day


@pytest.mark.parametrize(
    ("text", "ago"),
    [("Сегодня!", 0), ("вчера", 1), ("неделю назад.", 7), ("вчера днём", None), ("", None)],
)
def test_a_word_for_a_day_is_counted_back(text, ago):
    assert days_ago(text, WORDS) == ago


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 120))
def test_an_anniversary_is_no_earlier_than_its_day(day, years):
    full = anniversary(day, years)

    assert full.year == day.year + years
    assert full - day.replace(year=full.year, day=min(day.day, 28)) <= timedelta(days=3)
