"""An extract that was applied for is issued with its approval, to whoever is proven in the chat."""

from dataclasses import replace

import pytest

from bot.demonstration import invented
from dialogs.effects import Issue, Say
from dialogs.incoming import Moved
from dialogs.insured import Linked
from dialogs.respond import respond
from dialogs.session import Session
from tests.worlds import ALL_FORMS, NOON, world

ANNA, BORIS = (
    replace(one, id=place) for place, one in enumerate(invented(NOON.date(), "00000")[:2], 1)
)
BORN = ANNA.born_on.isoformat()


def approved(answers, form="extract", state="approved", people=(ANNA,)):
    """Decide an application; list what is to be issued."""
    linked = tuple(Linked(one, "self") for one in people)
    here = replace(world(forms=ALL_FORMS), people=linked)
    event = Moved("4821-7390-5", form, state, answers=answers)
    turn = respond(Session(), event, here)
    assert isinstance(turn.effects[0], Say)
    return [effect.insured for effect in turn.effects if isinstance(effect, Issue)]


@pytest.mark.parametrize(
    ("answers", "issued"),
    [
        ({"enp": ANNA.enp, "born_on": BORN}, [1]),
        ({"enp": BORIS.enp, "born_on": BORN}, []),  # the number says who is meant
        ({"enp": None, "born_on": BORN}, [1]),
        ({"enp": None, "born_on": "1900-01-01"}, []),
        ({}, []),
    ],
)
def test_it_is_issued_to_whom_the_answers_name(answers, issued):
    assert approved(answers) == issued


def test_nothing_is_issued_where_nobody_is_proven_or_two_may_be_meant():
    assert approved({"enp": ANNA.enp}, people=()) == []
    twin = replace(BORIS, born_on=ANNA.born_on)
    assert approved({"enp": None, "born_on": BORN}, people=(ANNA, twin)) == []


@pytest.mark.parametrize(("form", "state"), [("loss", "approved"), ("extract", "completed")])
def test_no_other_decision_issues_anything(form, state):
    assert approved({"enp": ANNA.enp}, form, state) == []
