"""Laws over what may travel where personal data may not: nothing of a person is «general»."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import forms
from dialogs.clearance import kind_of
from dialogs.effects import Conceal, Effect, Say, Speak
from dialogs.fields import IssueDate, PastDate
from dialogs.incoming import Attached, FileSent, RepresentativeSaid, Said, Vouched
from dialogs.plain import digits
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.wording import shown
from tests.dialogs.people import Person
from tests.dialogs.test_walks import ANNA, WORLD
from tests.dialogs.walks import earnest, walks
from tests.player import Player
from tests.proofs import PEOPLE
from tests.worlds import ALL_FORMS, world

SCRIPTS = sorted((Path(__file__).parent.parent / "transcripts").glob("*.txt"))
_SHORTEST = 4  # characters; less than that is found in any text by chance
_OURS = "\n".join(
    text for words in world().words.values() for plural in words.texts.values() for text in plural
)
"""Every text there is: what people type may be what we gave as an example."""
_STAFF = {"Анна", "Борис"}  # representatives, whom citizens are told by name


def typed(session: Session, now) -> set[str]:
    """Write everything personal that a conversation holds, as stored and as shown."""
    secrets: set[str] = set()
    known = world(now, ALL_FORMS)
    for draft in session.drafts():
        for step in ALL_FORMS[draft.form].steps:
            value = draft.answers.get(step.id)
            if not step.field.personal or step.field.collects or value is None:
                continue  # names of files are ours
            if isinstance(step.field, PastDate | IssueDate) and step.id != "born_on":
                continue  # a day like any other: today's may stand in any text
            form = ALL_FORMS[draft.form]
            secrets.add(shown(known.words[session.language], form, step, draft, known))
            if isinstance(value, dict):
                secrets |= {str(part) for part in value.values() if part}
    if session.proving:
        secrets |= set(session.proving.answers.values())
    return {one for one in secrets if len(one) >= _SHORTEST} - _STAFF


def of_register(people) -> set[str]:
    """Write what the register tells of people."""
    secrets: set[str] = set()
    for one in people:
        secrets |= {one.surname, one.given, one.patronymic, one.enp}
        secrets |= {one.phone, f"{one.born_on:%d.%m.%Y}", one.document}
    return {secret for secret in secrets if len(secret) >= _SHORTEST} - _STAFF


def leaks(effect: Effect, secrets: set[str]) -> set[str]:
    """Name the secrets that a general text holds, its buttons and its template included."""
    if not isinstance(effect, Say | Speak) or effect.data != "general":
        return set()
    shown = [effect.text]
    if isinstance(effect, Say):
        shown += [effect.note, *(one.label for one in effect.buttons)]
        shown += effect.template.values if effect.template else ()
    text = "\n".join(shown).casefold()
    numbers = [digits(line) for line in text.splitlines()]
    return {
        secret
        for secret in secrets
        if secret.casefold() in text
        or (len(digits(secret)) > 6 and any(digits(secret) in line for line in numbers))
    }


@dataclass
class Watching(Player):
    """A player that looks whether what is general holds anything of a person."""

    secrets: set[str] = field(default_factory=lambda: of_register(PEOPLE))
    leaked: set[str] = field(default_factory=set)
    general: int = 0

    def _restart(self, session):
        super()._restart(session)
        self.secrets |= typed(session, self.now)

    def _write(self, effect):
        self.leaked |= leaks(effect, self.secrets)
        self.general += isinstance(effect, Say) and effect.data == "general"
        return super()._write(effect)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_general_text_of_a_transcript_holds_anything_of_a_person(script):
    """Neither what was typed as a personal answer, nor what the register tells of anybody."""
    watching = Watching()
    watching.play(script.read_text("utf-8"))
    assert not watching.leaked
    assert watching.general


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(forms.FORMS.values())), st.data())
def test_no_general_text_on_a_walk_holds_a_personal_answer(form, data):
    """Whatever happens on the way through a form, what was answered comes back marked."""
    person = Person(form)
    for questions, stray in data.draw(walks(form), "walk"):
        for _ in range(questions):
            if person.is_asked():
                person.answer(person.asked, data.draw(earnest(person.asked)))
                _check(person)
        person.happen(stray)
        _check(person)


def _check(person: Person) -> None:
    secrets = {one for one in typed(person.session, person.now) if one not in _OURS}
    assert not [leaks(said, secrets) for said in person.told if leaks(said, secrets)]
    person.told.clear()


@dataclass
class Withheld(Person):
    """A person in a messenger in which personal data may not travel."""

    @property
    def world(self):
        """Live where such data are withheld."""
        return replace(super().world, withholds=True, reads_photos=True)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(forms.FORMS.values())), st.data())
def test_where_personal_data_are_withheld_no_answer_of_the_kind_is_taken(form, data):
    """However often it is typed or sent: the question stays, and comes again marked."""
    person = Withheld(form)
    while person.is_asked() and not person.asked.field.personal:
        person.answer(person.asked, data.draw(earnest(person.asked)))
    if not person.is_asked():
        return  # refused on the way
    step, before = person.asked, person.draft
    sent = Attached((FileSent("f1", "image/jpeg", 9),), data.draw(earnest(step)))
    for event in (Said(data.draw(earnest(step))), sent, Vouched("+79123456789")):
        turn = person.happen(event)
        assert person.draft == before
        asked = [one.data for one in turn.effects if isinstance(one, Say)]
        assert asked[-1:] == ["personal"]
        concealed = [one for one in turn.effects if isinstance(one, Conceal)]
        assert bool(concealed) == isinstance(event, Said)


@pytest.mark.parametrize("form", forms.FORMS.values(), ids=lambda form: form.id)
def test_every_question_that_asks_for_personal_data_is_marked(form):
    """Names, days, documents, places, phones and photos are asked for as personal."""
    for step in form.steps:
        chosen = {"who", "what", "ground", "way", "abode", "insurer_there", "has_certificate"}
        kinds = {"document_kind", "filer_document_kind", "filer_role"}
        assert step.field.personal == (step.id not in chosen | kinds), step.id


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Здравствуйте! Приходите в офис с паспортом до 18:00.", "general"),
        ("Ваш полис 9949 0208 3600 0029 действует.", "personal"),
        ("Паспорт 4510 123456 принят.", "personal"),
        (f"{ANNA.given}, заявление принято.", "personal"),
        (f"Дата рождения {ANNA.born_on:%d.%m.%Y}, верно?", "personal"),
        ("Пишу на ivanova@example.ru.", "personal"),
    ],
)
def test_words_of_a_representative_are_judged_by_what_they_hold(text, kind):
    """Numbers and proven people are noticed; the rest goes as it is."""
    assert kind_of(text, WORLD) == kind
    turn = respond(Session(led_by="Анна"), RepresentativeSaid("Анна", text), WORLD)
    assert [one.data for one in turn.effects if isinstance(one, Speak)] == [kind]


def test_a_file_of_a_representative_travels_as_a_document_whatever_it_shows():
    """Each is a message of its own, the words with the first; nobody here can look into it."""
    event = RepresentativeSaid("Анна", "Вот бланки", ("photo:file-1", "paper:file-2"))
    turn = respond(Session(led_by="Анна"), event, WORLD)
    assert [
        (one.text, one.document, one.data) for one in turn.effects if isinstance(one, Speak)
    ] == [
        ("Вот бланки", "photo:file-1", "document"),
        ("", "paper:file-2", "document"),
    ]
