"""The ladder: on which days a duty speaks, whenever it is told of and however late one wakes."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.decency import on
from dialogs.duties.duty import Duty
from dialogs.duties.ladder import ahead, term_of
from dialogs.effects import Missed, Remind, Say
from dialogs.incoming import Pressed, Said, Woke
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from dialogs.talk_events import RepresentativeJoined, RepresentativeLeft
from dialogs.zones import KNOWN
from tests.forms import FORMS
from tests.worlds import NOON, world

DAY = timedelta(days=1)


def days(duty):
    """List the days of a ladder with the names of its rungs."""
    return [(rung.name, rung.day.isoformat()) for rung in ahead(duty)]


def told(kind, since, noted):
    """Make a duty told of on a day."""
    noted = date.fromisoformat(noted)
    return Duty(1, kind, date.fromisoformat(since), noted, noted)


def test_the_whole_ladder_of_a_month():
    assert days(told("name", "2026-08-31", "2026-08-31")) == [
        ("week", "2026-09-07"),
        ("soon", "2026-09-23"),
        ("eve", "2026-09-29"),
        ("last", "2026-09-30"),
        ("after", "2026-10-01"),
    ]


def test_the_line_after_waits_for_the_legal_end_of_the_term():
    assert days(told("name", "2026-01-31", "2026-01-31"))[-2:] == [
        ("last", "2026-02-28"),
        ("after", "2026-03-03"),
    ]


@pytest.mark.parametrize(
    ("noted", "left"),
    [
        ("2026-09-14", ["soon", "eve", "last", "after"]),  # the week would crowd the seventh day
        ("2026-09-22", ["eve", "last", "after"]),
        ("2026-09-28", ["last", "after"]),
        ("2026-09-29", ["last", "after"]),
        ("2026-09-30", ["after"]),
        ("2026-10-02", []),
    ],
)
def test_rungs_that_would_crowd_one_another_fold(noted, left):
    assert [name for name, _ in days(told("name", "2026-08-31", noted))] == left


def test_a_change_that_is_still_ahead_begins_on_its_day():
    assert days(told("address", "2026-12-05", "2026-11-22"))[0] == ("start", "2026-12-05")


def test_what_is_put_off_comes_back_on_its_day_and_not_before():
    duty = replace(told("name", "2026-08-31", "2026-08-31"), again_on=date(2026, 9, 25))
    assert days(duty)[0] == ("again", "2026-09-25")
    assert [name for name, _ in days(duty)] == ["again", "eve", "last", "after"]


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_what_is_done_or_stopped_has_no_rungs(state):
    assert not ahead(replace(told("name", "2026-08-31", "2026-08-31"), state=state))


KINDS = ["name", "document", "address", "insurer", "newborn", "passport_20", "right", "window"]
WHEN = st.dates(date(2024, 1, 1), date(2033, 10, 1))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(KINDS), WHEN, st.integers(0, 500))
def test_a_ladder_climbs_and_never_speaks_before_it_was_told(kind, since, later):
    """Every rung has a day of its own after the last word; only the last comes after the term."""
    noted = since + DAY * later
    duty = Duty(1, kind, since, noted, noted)
    rungs = ahead(duty)
    on_days = [rung.day for rung in rungs]
    assert on_days == sorted(set(on_days))
    assert all(day > noted for day in on_days)
    term = term_of(duty)
    if term and kind not in {"right", "window"}:
        late = [rung for rung in rungs if rung.day > term.last]
        assert {rung.name for rung in late} <= {"after"}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(KNOWN)),
    st.lists(st.integers(1, 40 * 24), max_size=12),
    st.booleans(),
)
def test_nobody_is_written_to_twice_a_day_nor_at_night_however_the_program_stands_still(
    zone, pauses, is_led
):
    """Ticks at any hours, restarts, a representative in between: the ladder holds."""
    now = NOON
    session = Session(zone=zone)
    session, effects = happen(session, Said("поменяла фамилию сегодня"), world(now))
    rows = {}
    note(rows, effects)
    spoken = []
    if is_led:
        session, _ = happen(session, RepresentativeJoined("Анна"), world(now))
    for number, pause in enumerate(pauses):
        now += timedelta(hours=pause)
        if is_led and number == len(pauses) // 2:
            session, _ = happen(session, RepresentativeLeft(), world(now))
        for name, due_at in [row for row in rows.items() if row[1] <= now]:
            del rows[name]
            was_led = session.led_by
            session, effects = happen(session, Woke(name, due_at), world(now))
            session, _ = load(json.loads(json.dumps(dump(session))), FORMS)
            note(rows, effects)
            if [one for one in effects if isinstance(one, Say)]:
                assert not was_led
                spoken.append(now.astimezone(ZoneInfo(zone)))
    assert all(time(9) <= moment.time() < time(20) for moment in spoken)
    assert len({moment.date() for moment in spoken}) == len(spoken)
    assert len(spoken) <= 5
    duty = session.duties[0]
    assert [duty.reminder] * bool(ahead(duty)) == list(rows)


def happen(session, event, known):
    """Let something happen; what it comes to, and what it wants of the world."""
    turn = respond(session, event, known)
    return turn.session, turn.effects


def note(rows, effects):
    """Keep the rows as the database does."""
    for one in effects:
        match one:
            case Remind(name, at):
                rows[name] = at.astimezone(NOON.tzinfo)


def test_a_downtime_of_weeks_is_one_message_that_is_true_today_and_the_missed_are_counted():
    session, effects = happen(Session(), Said("поменяла фамилию сегодня"), world())
    late = datetime(2026, 12, 21, 3, 0, tzinfo=NOON.tzinfo)
    (row,) = [one for one in effects if isinstance(one, Remind)]
    session, effects = happen(session, Woke(row.name, row.at), world(late))
    assert [(one.name, f"{one.at:%d %H:%M}") for one in effects] == [("duty:1", "21 09:00")]
    session, effects = happen(session, Woke("duty:1"), world(late.replace(hour=9)))
    missed, said, following = effects
    assert missed == Missed("duty", 2)
    assert "завтра, 22 декабря 2026" in said.text
    assert said.template.name == "duty_eve"
    assert f"{following.at:%d %H:%M}" == "22 10:00"


def test_after_months_nothing_is_said_any_more():
    session, _ = happen(Session(), Said("поменяла фамилию сегодня"), world())
    late = datetime(2027, 6, 1, 12, 0, tzinfo=NOON.tzinfo)
    session, effects = happen(session, Woke("duty:1"), world(late))
    assert [type(one) for one in effects] == [Missed]


def test_a_double_alarm_says_nothing_the_second_time():
    session, _ = happen(Session(), Said("поменяла фамилию сегодня"), world())
    morning = datetime(2026, 11, 29, 10, 0, tzinfo=NOON.tzinfo)
    session, first = happen(session, Woke("duty:1"), world(morning))
    session, second = happen(session, Woke("duty:1"), world(morning))
    assert [one for one in first if isinstance(one, Say)]
    assert not [one for one in second if isinstance(one, Say)]


@pytest.mark.parametrize("zone", sorted(KNOWN))
def test_the_usual_hour_is_ten_in_the_morning_in_every_zone_of_russia(zone):
    moment = on(date(2026, 12, 1), Session(zone=zone), world())
    assert moment.utcoffset() == ZoneInfo(zone).utcoffset(moment.replace(tzinfo=None))
    assert f"{moment:%Y-%m-%d %H:%M}" == "2026-12-01 10:00"


def test_a_change_of_zone_moves_the_reminder():
    session, _ = happen(Session(), Said("поменяла фамилию сегодня"), world())
    session, effects = happen(session, Pressed("L:Asia/Kamchatka"), world())
    (moved,) = [one for one in effects if isinstance(one, Remind)]
    assert f"{moved.at.astimezone(NOON.tzinfo):%d %H:%M}" == "29 01:00"
