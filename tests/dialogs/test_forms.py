"""Laws of every form there is, tried on people who answer, err and change their minds."""

from itertools import product

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from bot.check.answers import LONGEST_BUTTON
from dialogs import judging, wording
from dialogs.buttons import LONGEST, encode
from dialogs.form import path, relevant
from dialogs.forms import FORMS
from dialogs.incoming import Said
from dialogs.meanings import Agree, Change, Choose, Discard, Edit, Keep, Skip, Submit, Why
from dialogs.session import Draft
from tests.dialogs.people import SKIPPED, Person, answers_to
from tests.worlds import ALL_FORMS, world

forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
any_form = st.sampled_from(list(FORMS.values()))
_TRIES = 25  # answers to one question before a person gives up


@settings(max_examples=60, deadline=None)
@given(any_form, st.data())
def test_editing_any_answer_at_any_point_is_the_same_as_having_answered_so(form, data):
    """What is filed follows from the final answers alone, not from the way to them."""
    person = Person(form)
    changes = data.draw(st.lists(st.integers(0, 12), max_size=4), "answers before each change")
    for before in changes:
        _answer_some(person, data, before)
        known = [step for step in path(form, person.draft.answers) if step.id in person.last]
        if known:
            step = data.draw(st.sampled_from(known), "changed")
            person.edit(step)
            person.answer(step, data.draw(st.sampled_from(answers_to(step)), step.id))
    _answer_some(person, data)
    filed = person.submit()
    clean = Person(form)
    while clean.asked:
        assert clean.answer(clean.asked, person.last[clean.asked.id]), clean.asked.id
    assert clean.submit() == filed


@settings(max_examples=60, deadline=None)
@given(any_form, st.data())
def test_a_change_of_mind_twice_loses_nothing(form, data):
    """Another choice and back again: nothing is asked that had been answered."""
    person = Person(form)
    _answer_some(person, data)
    before = person.draft.answers
    choices = [step for step in path(form, before) if len(step.field.choices()) > 1]
    step = data.draw(st.sampled_from(choices), "changed")
    for answer in (data.draw(st.sampled_from(answers_to(step)), "to"), person.last[step.id]):
        person.edit(step)
        person.answer(step, answer)
    assert person.asked is None
    assert relevant(form, person.draft.answers) == relevant(form, before)


@settings(max_examples=60, deadline=None)
@given(any_form, st.data())
def test_what_a_field_took_it_accepts_again_after_a_release(form, data):
    """What is kept of any answer is what the field of its step knows as one of its own."""
    person = Person(form)
    _answer_some(person, data)
    for step in path(form, person.draft.answers):
        answer = person.draft.answers[step.id]
        assert step.field.accepts(answer) or (step.optional and answer is None), step.id


@settings(max_examples=40, deadline=None)
@given(any_form, st.sampled_from(["ru", "en"]), st.data())
def test_a_form_can_be_finished_by_numbers_and_words_alone(form, language, data):
    """Wherever a choice or a skip is offered, its number does what its button does."""
    person = Person(form)
    person.happen(Said("English" if language == "en" else "русский"))
    while step := person.asked:
        by_words = [one for one in answers_to(step) if one != SKIPPED]
        offered = wording.choices(person.world.words[language], form, step, person.draft)
        codes = [button.code for button in person.session.offered[: len(offered)]]
        assert codes == [button.code for button in offered]
        if step.optional and not step.field.choices():
            person.happen(Said("1"))
            assert person.draft.answers[step.id] is None, step.id
        elif step.optional:
            skip = Skip(form.id, person.draft.number, step.id)
            person.happen(Said(str(codes.index(encode(skip)) + 1)))
        elif step.field.choices():
            place = data.draw(st.integers(1, len(step.field.choices())), step.id)
            person.happen(Said(str(place)))
            if person.asked == step and not _settle(person, data):
                reject()
        elif not person.answer(step, data.draw(st.sampled_from(by_words), step.id)):
            _settle(person, data)
    person.happen(Said("1"))
    assert person.filed


@forms
def test_every_step_is_asked_of_somebody(form):
    """No question is there in vain."""
    asked = {step.id for answers in _all_choices(form) for step in path(form, answers)}
    assert asked == {step.id for step in form.steps}


@forms
def test_conditions_look_only_at_earlier_steps(form):
    """Whether a step is asked is known when its turn comes."""
    for answers in _all_choices(form):
        earlier: set[str] = set()
        for step in form.steps:
            looked = _Looked({name: answers[name] for name in earlier})
            step.when(looked)
            assert looked.at <= earlier, step.id
            earlier.add(step.id)


@forms
def test_an_answer_rests_only_on_earlier_steps(form):
    """What makes an answer void is asked before it."""
    earlier: set[str] = set()
    for step in form.steps:
        assert set(step.field.follows) <= earlier
        earlier.add(step.id)


@forms
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_question_has_its_words_and_labels_that_fit(form, language):
    """Texts are there in both languages, labels fit the narrowest channel, and so do codes."""
    words = world().words[language]
    draft = Draft(form.id, form.version, 999_999_999)
    for step in form.steps:
        scoped = wording.FormWords(words, form.id)
        key = f"{form.id}.{step.id}"
        assert scoped.has(key), key
        labels = [wording.title(words, form, step)]
        labels += [scoped(f"{key}.choice.{value}") for value in step.field.choices()]
        assert all(0 < len(label) <= LONGEST_BUTTON for label in labels), labels
        assert len(set(labels)) == len(labels), labels
        here = (form.id, draft.number, step.id)
        meanings = [Edit(*here), Keep(*here), Skip(*here), Why(*here)]
        meanings += [Choose(*here, value) for value in step.field.choices()]
        assert all(len(encode(meaning).encode()) <= LONGEST for meaning in meanings)
    about = (form.id, draft.number)
    for meaning in (Agree(*about), Submit(*about), Discard(*about), Change(*about, 9)):
        assert len(encode(meaning).encode()) <= LONGEST


@forms
def test_titles_of_a_form_tell_its_answers_apart(form):
    """The review and the list of changes never show two lines of one name."""
    for words in world().words.values():
        titles = [wording.title(words, form, step) for step in form.steps]
        assert len(set(titles)) == len(titles), titles


def test_judging_again_without_a_change_finds_nothing():
    """An answer that was taken is not doubted later for itself."""
    person = Person(ALL_FORMS["loss"])
    for answer in ("lost", "me", "Иванова Мария Петровна", "05.03.1985", "passport"):
        assert person.asked
        person.answer(person.asked, answer)
    step = person.form.step("born_on")
    words = person.world.words["ru"]
    settled, again = judging.settle(person.draft, person.draft, step, person.world, words)
    assert (settled, again) == (person.draft, ())


class _Looked(dict):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers):
        super().__init__(answers)
        self.at = set()

    def get(self, name, default=None):
        self.at.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.at.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.at.add(name)
        return super().__contains__(name)


def _all_choices(form):
    """Answer every choice in every way; what is not a choice has some answer."""
    choices = [step.field.choices() or ("some",) for step in form.steps]
    for values in product(*choices):
        yield dict(zip((step.id for step in form.steps), values, strict=True))


def _answer_some(person, data, count=1000):
    """Answer so many questions, or all of them."""
    for _ in range(count):
        if person.asked is None:
            return
        _settle(person, data)


def _settle(person, data):
    """Answer the open question until an answer is taken; a person has no endless patience."""
    step = person.asked
    for _ in range(_TRIES):
        if person.answer(step, data.draw(st.sampled_from(answers_to(step)), step.id)):
            return True
    return reject()
