"""Laws over every conversation, tried on random walks."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demonstration import invented
from dialogs.buttons import LONGEST, decode
from dialogs.effects import Say
from dialogs.incoming import Attached, Opened, Pressed, Said, Unreadable
from dialogs.insured import Linked
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from tests.dialogs.people import Person
from tests.dialogs.walks import earnest, events, is_harmless, walks
from tests.forms import FORMS
from tests.worlds import ALL_FORMS, NOON, knowledge, world

THEIRS = (Attached, Opened, Pressed, Said, Unreadable)
ANNA = replace(invented(NOON.date(), "00000")[0], id=1)
DESK = knowledge().organisation.desk
WORLD = replace(
    world(),
    people=(Linked(ANNA, "self"),),
    sends_codes=True,
    vouches=True,
    reads_photos=True,
    desk=DESK,
)


@settings(max_examples=500, deadline=None)
@given(st.lists(events(FORMS), min_size=25, max_size=40))
def test_any_walk_survives_a_restart_at_every_turn(walk):
    """Whatever happens, nothing raises, nothing is lost, and every button can be pressed."""
    session = Session()
    for event in walk:
        session, effects = _turn(session, event)
        assert (session, []) == load(json.loads(json.dumps(dump(session))), FORMS)
        for say in (effect for effect in effects if isinstance(effect, Say)):
            assert say.text.strip()
            for button in say.buttons:
                assert len(button.code.encode()) <= LONGEST
                assert button.code.isascii()
                topics = WORLD.library.topics[session.language]
                assert decode(button.code, topics, FORMS, WORLD.words) is not None
                assert button.label.strip()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(ALL_FORMS.values())), st.data())
def test_a_walk_through_a_form_survives_whatever_happens_in_between(form, data):
    """A person restarted at every turn answers in earnest; strays never break or lose a draft."""
    person = Person(form)
    for questions, stray in data.draw(walks(form), "walk"):
        for _ in range(questions):
            if person.is_asked():
                person.answer(person.asked, data.draw(earnest(person.asked)))
        known = {draft.number: draft.answers for draft in person.session.drafts()}
        person.happen(stray)
        if is_harmless(stray):
            now = {draft.number: draft.answers for draft in person.session.drafts()}
            assert {number: now.get(number) for number in known} == known


@settings(max_examples=200, deadline=None)
@given(st.lists(events(FORMS), max_size=15), st.integers(0, 20))
def test_a_choice_by_number_or_label_is_the_press_of_its_button(walk, place):
    """The whole assistant is usable without buttons: the label does what the button does."""
    session = Session()
    for event in walk:
        session, _ = _turn(session, event)
    if session.led_by or not session.offered:
        return
    button = session.offered[place % len(session.offered)]
    by_button = _turn(session, Pressed(button.code))
    labels = [one.label for one in session.offered]
    if labels.count(button.label) == 1:
        assert _turn(session, Said(button.label)) == by_button
    if session.draft is None:
        number = session.offered.index(button) + 1
        assert _turn(session, Said(str(number))) == by_button


@settings(max_examples=200, deadline=None)
@given(st.lists(events(FORMS), max_size=15))
def test_while_a_representative_leads_the_assistant_is_silent(walk):
    """From taking over to giving back the assistant says nothing of its own."""
    session = Session(led_by="Анна")
    for event in walk:
        session, effects = _turn(session, event)
        if not session.led_by:
            return
        if isinstance(event, THEIRS):
            assert not [effect for effect in effects if isinstance(effect, Say)]


def _turn(session, event):
    turn = respond(session, event, WORLD)
    return turn.session, turn.effects
