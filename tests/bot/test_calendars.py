"""The calendar file: one event on the last day, two alarms, and nobody's name in it."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from bot.calendars import Calendars, drawn
from bot.texts import read_words
from dialogs.duties.duty import Duty
from dialogs.incoming import Said
from tests.bot.citizens import Citizen
from tests.bot.turning import running, turns_on

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
RU = read_words("ru")


def duty(kind="name", **changed):
    """Make a duty of 31 January."""
    usual = {"since": date(2026, 1, 31), "noted_on": NOW.date(), "told_on": NOW.date()}
    return Duty(1, kind, **{**usual, **changed})


def event(content):
    """Read a file back as calendars do."""
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return found


def test_the_event_is_the_last_day_by_number_with_alarms_a_week_and_a_day_before():
    found = event(drawn(duty(), RU, NOW, "one"))
    assert found.decoded("dtstart") == date(2026, 2, 28)
    alarms = [alarm.decoded("trigger") for alarm in found.walk("VALARM")]
    assert alarms == [timedelta(days=-6, hours=-14), timedelta(hours=-14)]
    assert found["summary"] == "Смена фамилии или имени: последний день"


def test_a_person_of_the_register_is_not_named_in_a_file_that_leaves_us():
    content = drawn(duty("passport_20", insured=7, about="daughter"), RU, NOW, "one")
    assert "дочь" in content.decode().replace("\r\n ", "")
    assert b"7" not in content.split(b"SUMMARY")[1].split(b"\r\n")[0]


def test_what_has_no_last_day_has_no_file():
    assert drawn(duty("passport_14"), RU, NOW, "one") is None


async def test_only_the_chat_that_the_duty_belongs_to_gets_its_file(store, clock):
    """The date corrected, the event keeps its name, so that a calendar moves it."""
    async with running(turns_on(store, clock)) as turns:
        anna, bert = Citizen(turns, store, clock), Citizen(turns, store, clock, "bert")
        await anna.does(Said("вчера получила новый паспорт"))
        await bert.does(Said("привет"))
        calendars = Calendars(store, {"ru": RU}, clock)
        first = await calendars.document("web", "anna", "calendar-1")
        assert first
        assert await calendars.document("web", "bert", "calendar-1") is None
        assert await calendars.document("web", "anna", "calendar-2") is None
        assert await calendars.document("web", "anna", "application-1") is None
        await anna.does(Said("получила паспорт 3 ноября"))
        again = await calendars.document("web", "anna", "calendar-1")
    assert event(first)["uid"] == event(again)["uid"]
    assert event(first)["dtstart"] != event(again)["dtstart"]
