"""What a release does to drafts: what still fits is kept, what does not is told once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.effects import Say
from dialogs.fields import Choice, PastDate, Text
from dialogs.form import Step, next_step
from dialogs.forms import FORMS
from dialogs.incoming import Outdated, Pressed, Said
from dialogs.respond import respond
from dialogs.snapshot import dump, load
from tests.dialogs.people import JUNE, Person, answers_to
from tests.forms import REIMBURSEMENT
from tests.worlds import ALL_FORMS, world

SNAPSHOTS = sorted((Path(__file__).parent.parent / "snapshots").glob("*.json"))

OLD = {
    "consent": "1",
    "begun": 1,
    "draft": {
        "form": "reimbursement",
        "version": 1,
        "number": 1,
        "answers": {"who": "child", "date": "2026-06-01", "child_name": "Маша", "note": None},
        "asked": "receipts",
        "parts": {"receipts": ["f1"]},
        "amends": "",
    },
    "offered": [["x", "Отмена"]],
}
"""A draft from before «date» was called «treated_on»."""


@pytest.mark.parametrize("file", SNAPSHOTS, ids=lambda file: file.stem)
def test_a_session_of_an_older_release_loads_with_nothing_lost(file):
    """Sessions as they were stored stay readable; a change that breaks one needs an upgrade."""
    stored = json.loads(file.read_text("utf-8"))
    session, lost = load(stored, FORMS)
    assert lost == []
    assert dump(session) == stored


@pytest.mark.parametrize("file", SNAPSHOTS, ids=lambda file: file.stem)
def test_a_draft_of_an_older_release_can_be_finished(file):
    """Whoever comes back after a release finds the question and gets to the receipt."""
    session, _ = load(json.loads(file.read_text("utf-8")), FORMS)
    (draft,) = session.drafts()
    person = Person(FORMS[draft.form], JUNE, session)
    while person.asked:
        answers = answers_to(person.asked)
        assert any(person.answer(person.asked, answer) for answer in answers), person.asked.id
    assert draft.answers.items() <= person.submit().answers.items()


def test_every_form_has_a_snapshot():
    """No form is released without a stored session that later releases are held to."""
    stored = [load(json.loads(file.read_text("utf-8")), FORMS)[0] for file in SNAPSHOTS]
    assert {draft.form for session in stored for draft in session.drafts()} == set(FORMS)


def test_a_renamed_step_keeps_its_answer():
    """An upgrade carries answers over; nobody notices."""
    session, lost = load(OLD, ALL_FORMS)
    assert lost == []
    assert session.draft
    assert session.draft.version == REIMBURSEMENT.version
    assert session.draft.answers == {
        "who": "child",
        "treated_on": "2026-06-01",
        "child_name": "Маша",
        "note": None,
    }
    assert session.draft.parts == {"receipts": ["f1"]}


def test_an_added_step_is_asked_in_its_place():
    """Those who were past it are asked it next; the rest of their answers stand."""
    city = Step("city", Text())
    form = replace(REIMBURSEMENT, version=3, steps=(REIMBURSEMENT.steps[0], city, *_after_first()))
    session, lost = load(OLD, {form.id: form})
    assert lost == []
    assert session.draft
    assert next_step(form, session.draft.answers) == city


def test_a_removed_step_takes_its_answer_along_and_is_told_once():
    """The person hears that something was dropped, when it happens and never again."""
    steps = tuple(step for step in REIMBURSEMENT.steps if step.id != "child_name")
    form = replace(REIMBURSEMENT, version=3, steps=steps)
    session, lost = load(OLD, {form.id: form})
    assert lost == [Outdated("reimbursement", ("child_name",))]
    assert session.draft
    assert set(session.draft.answers) == {"who", "treated_on", "note"}
    assert load(dump(session), {form.id: form}) == (session, [])


def test_an_answer_that_fits_no_more_is_asked_again():
    """A choice that is no longer offered is dropped alone."""
    who = Step("who", Choice("me", "ward"))
    form = replace(REIMBURSEMENT, version=3, steps=(who, *_after_first()))
    session, lost = load(OLD, {form.id: form})
    assert lost == [Outdated("reimbursement", ("who",))]
    assert session.draft
    assert next_step(form, session.draft.answers) == who


def test_a_step_that_was_asked_and_is_gone_gives_way_to_the_next():
    """What is typed to a vanished question is not taken for another; the next one is asked."""
    steps = (REIMBURSEMENT.steps[0], Step("treated_on", PastDate()), Step("note", Text()))
    form = replace(REIMBURSEMENT, version=3, steps=steps)
    session, lost = load(OLD, {form.id: form})
    told = [*_heard(session, lost[0], form)]
    session = respond(session, Said("это всё"), _world(form)).session
    assert session.draft
    assert session.draft.asked == "note"
    assert len(told) == 1


def test_a_question_that_the_path_no_longer_passes_gives_way_to_the_next():
    """An answer that is dropped may take the open question with it; nobody is stuck."""
    who = Step("who", Choice("me", "ward"))
    form = replace(REIMBURSEMENT, version=3, steps=(who, *_after_first()))
    session, lost = load(OLD | {"draft": OLD["draft"] | {"asked": "child_name"}}, {form.id: form})
    session = respond(session, lost[0], _world(form)).session
    session = respond(session, Pressed("old"), _world(form)).session
    session = respond(session, Said("Маша"), _world(form)).session
    assert session.draft
    assert session.draft.asked == "who"


def test_a_form_that_is_gone_takes_its_draft_along():
    """The person is told, and everything else goes on."""
    session, lost = load(OLD, FORMS)
    assert lost == [Outdated("reimbursement")]
    assert session.draft is None
    assert [*_heard(session, lost[0], FORMS["loss"])]


def test_the_choices_under_the_last_question_outlive_the_news():
    """Who presses a number right after a release is understood."""
    session, _ = load(OLD, ALL_FORMS)
    after = respond(session, Outdated("reimbursement", ("note",)), world(JUNE, ALL_FORMS)).session
    assert after.offered == session.offered
    assert respond(after, Pressed("x"), world(JUNE, ALL_FORMS)).session.draft == session.draft


def _after_first():
    return REIMBURSEMENT.steps[1:]


def _world(form):
    return world(JUNE, {form.id: form})


def _heard(session, event, form):
    effects = respond(session, event, _world(form)).effects
    return (effect.text for effect in effects if isinstance(effect, Say))
