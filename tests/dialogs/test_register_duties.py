"""Duties that the register begins: who has them, and what a changed record does to them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.duties.duty import Duty
from dialogs.duties.register import synced
from dialogs.effects import Forget, Remind, Say, Unlink
from dialogs.incoming import Opened, Pressed, Woke
from dialogs.insured import Linked
from dialogs.respond import respond
from dialogs.session import Session
from tests.people import person
from tests.worlds import NOON, world

TODAY = date(2026, 11, 22)


def begun(today=TODAY, **changed):
    """List what the register begins for one person."""
    people = [Linked(person(**changed), "self")]
    return [(one.kind, one.since) for one in synced(Session(), people, today).duties]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2013-01-10", [("passport_14", "2027-01-10")]),
        ("2012-11-22", [("passport_14", "2026-11-22")]),
        ("2012-08-24", [("passport_14", "2026-08-24")]),
        ("2012-08-23", [("passport_20", "2032-08-23")]),
        ("2006-08-24", [("passport_20", "2026-08-24")]),
        ("2006-08-23", [("passport_45", "2051-08-23")]),
        ("2012-02-29", [("passport_20", "2032-02-29")]),
        ("1981-08-24", [("passport_45", "2026-08-24")]),
        ("1981-08-23", []),
        ("1950-01-01", []),
    ],
)
def test_the_next_birthday_of_the_passport_while_the_old_one_is_good(born, expected):
    found = begun(born_on=date.fromisoformat(born))
    assert found == [(kind, date.fromisoformat(day)) for kind, day in expected]


def test_a_foreigner_has_the_end_of_the_right_and_no_passport_of_russia():
    end = date(2027, 3, 31)
    assert begun(right_until=end, document_kind="residence_permit") == [("right", end)]
    assert begun(right_until=None, document_kind="residence_permit") == []
    assert begun(right_until=TODAY - timedelta(days=61)) == []


def linked(**changed):
    """Give a world in which one person is proven."""
    return replace(world(), people=(Linked(person(**changed), "self"),))


def test_who_is_linked_is_reminded_and_who_is_parted_from_is_not():
    known = linked(born_on=date(1982, 3, 7))
    turn = respond(Session(), Opened(), known)
    assert [one.name for one in turn.effects if isinstance(one, Remind)] == ["duty:1"]
    parted = respond(turn.session, Pressed("U:1:1"), known)
    assert Unlink(1) in parted.effects
    assert Forget("duty:1") in parted.effects
    assert parted.session.duties == ()


def test_the_record_is_looked_at_again_on_waking():
    """The permit has been prolonged meanwhile: nothing is said of the old end."""
    session = respond(Session(), Opened(), linked(right_until=date(2026, 12, 25))).session
    prolonged = replace(
        linked(right_until=date(2029, 12, 25)),
        now=NOON.replace(month=11, day=25),
    )
    turn = respond(session, Woke("duty:1"), prolonged)
    assert not [one for one in turn.effects if isinstance(one, Say)]
    (again,) = [one for one in turn.effects if isinstance(one, Remind)]
    assert again.at.date() == date(2029, 11, 25)


def test_what_was_stopped_stays_so_and_what_was_done_begins_anew_with_a_new_date():
    people = [Linked(person(right_until=date(2027, 3, 31)), "self")]
    later = [Linked(person(right_until=date(2029, 3, 31)), "self")]
    (duty,) = synced(Session(), people, TODAY).duties

    def after(state, known):
        return synced(Session(duties=(replace(duty, state=state),), noted=1), known, TODAY)

    assert after("stopped", later).duties[0].state == "stopped"
    assert after("done", people).duties[0].state == "done"
    assert after("done", later).duties[0].state == "running"


def test_what_was_typed_is_not_touched_by_the_register():
    typed = Duty(1, "name", TODAY, TODAY, TODAY)
    session = Session(duties=(typed,), noted=1)
    assert synced(session, [], TODAY) is session
