from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.fields import Doubt, FutureDate, IssueDate, PastDate, Problem
from tests.dialogs.fields.asked import asking, read


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5.3.24", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("05/03/2024", "2024-03-05"),
        ("5-3-2024", "2024-03-05"),
        ("5 3 2024", "2024-03-05"),
        ("05,03,2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("050324", "2024-03-05"),
        ("05032024", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("5 марта 2024", "2024-03-05"),
        ("5 МАРТА 2024 года", "2024-03-05"),
        ("5 марта 24 г.", "2024-03-05"),
        ("5-го марта 2024", "2024-03-05"),
        ("5 мар 2024", "2024-03-05"),
        ("5 сентебря 2024", "2024-09-05"),
        ("с 5 марта 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Mar 5th, 2024", "2024-03-05"),
        ("the 5th of March 2024", "2024-03-05"),
        ("٠٥.٠٣.٢٠٢٤", "2024-03-05"),
        ("5 марта", "2026-03-05"),
        ("22 ноября", "2026-11-22"),
        ("23 ноября", "2025-11-23"),
        ("29 февраля", "2024-02-29"),
        ("05.03", "2026-03-05"),
        ("5.3.87", "1987-03-05"),
        ("31.12.27", "1927-12-31"),
        ("сегодня", "2026-11-22"),
        ("сёдня", "2026-11-22"),
        ("Вчера.", "2026-11-21"),
        ("позавчера", "2026-11-20"),
        ("неделю назад", "2026-11-15"),
        ("yesterday", "2026-11-21"),
        ("The day before yesterday", "2026-11-20"),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_date_is_read_in_all_the_ways_people_write_it(language, typed, day):
    assert read(PastDate(), typed, language) == day


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "date"),
        ("5", "date"),
        ("март", "date"),
        ("март 2024", "date"),
        ("03.2024", "date"),
        ("5.3.124", "date"),
        ("5.3.24 12:30", "date"),
        ("5 марта апреля", "date"),
        ("давно", "date"),
        ("не помню 5.3.24", "date"),
        ("5+3+2024", "date"),
        ("1234567", "date"),
        ("112-233-445 95", "date"),
        ("31.02.2024", "date.none"),
        ("29.02.2023", "date.none"),
        ("0.3.2024", "date.none"),
        ("03/25/2024", "date.none"),
        ("5.3.0000", "date.none"),
        ("23.11.2026", "future"),
        ("25.12.26", "future"),
        ("завтра", "future"),
        ("31.12.1899", "date.long_ago"),
    ],
)
def test_what_is_no_past_day_is_refused_with_its_reason(typed, problem):
    assert read(PastDate(), typed) == Problem(problem)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("21.11.2025", Problem("date.long_ago")),
        ("22.11.2025", "2025-11-22"),
    ],
)
def test_an_age_limit_counts_full_years(typed, read_as):
    assert read(PastDate(years=1), typed) == read_as


def test_no_year_is_guessed_where_it_must_be_written():
    assert read(PastDate(with_year=True), "5 марта") == Problem("date.year")
    assert read(PastDate(with_year=True), "5 марта 24") == "2024-03-05"
    assert read(PastDate(with_year=True), "вчера") == "2026-11-21"


def test_yesterday_is_counted_from_the_day_of_the_turn():
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=ZoneInfo("Europe/Moscow"))

    assert read(PastDate(), "вчера", now=new_year) == "2026-12-31"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("22.11.2026", "2026-11-22"),
        ("31.12.27", "2027-12-31"),
        ("до 31 декабря 2027", "2027-12-31"),
        ("5 марта", "2027-03-05"),
        ("29 февраля", "2028-02-29"),
        ("завтра", "2026-11-23"),
        ("21.11.2026", Problem("past")),
        ("вчера", Problem("past")),
        ("31.12.2099", Problem("date.far")),
        ("31.04.2027", Problem("date.none")),
    ],
)
def test_a_term_to_come_is_not_past(typed, read_as):
    assert read(FutureDate(), typed) == read_as


@pytest.mark.parametrize(
    ("typed", "birth", "read_as"),
    [
        ("04.03.2001", "1987-03-05", Problem("passport.age")),
        ("05.03.2001", "1987-03-05", Doubt("2001-03-05", "passport.old")),
        ("04.03.1987", "1987-03-05", Problem("issued.before_birth")),
        ("10.04.2007", "1987-03-05", "2007-04-10"),
        ("10.04.2007", "1970-03-05", Doubt("2007-04-10", "passport.old")),
        ("10.04.2015", "1970-03-05", "2015-04-10"),
        # Twenty years were full 90 days ago: the old passport was good until today.
        ("10.10.2020", "2006-08-24", "2020-10-10"),
        ("10.10.2020", "2006-08-23", Doubt("2020-10-10", "passport.old")),
        ("23.11.2026", "1987-03-05", Problem("future")),
        ("5 марта", "1987-03-05", Problem("date.year")),
        ("04.03.2001", None, "2001-03-04"),
        ("04.03.2001", "nonsense", "2001-03-04"),
    ],
)
def test_the_issue_of_a_passport_is_judged_by_the_birth_date(typed, birth, read_as):
    assert read(IssueDate("born_on", passport=True), typed, born_on=birth) == read_as


def test_the_issue_of_another_document_only_follows_the_birth():
    field = IssueDate("born_on")

    assert read(field, "04.03.2025", born_on="2025-03-05") == Problem("issued.before_birth")
    assert read(field, "20.03.2025", born_on="2025-03-05") == "2025-03-20"


@pytest.mark.parametrize("stored", [None, 5, "", "20240305", "2024-W10-2", "2024-02-30", "5.3.24"])
def test_only_a_day_as_it_is_kept_is_accepted_from_a_draft(stored):
    assert PastDate().accepts("2024-03-05")
    assert not PastDate().accepts(stored)


def test_a_day_is_shown_with_its_month_in_words():
    assert PastDate().show("2024-03-05", asking()) == "5 марта 2024\u202fг."
    assert PastDate().show("2024-03-05", asking("en")) == "March 5, 2024"
