"""People who fill in forms: they answer as people do, and notice what is refused."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogs.buttons import encode
from dialogs.effects import File, Say
from dialogs.filling import CONSENT, DOUBTED
from dialogs.form import Form, Step
from dialogs.incoming import Attached, FileSent, Incoming, Pressed, Said
from dialogs.meanings import Change, Choose, Edit, Keep, Skip, Submit
from dialogs.respond import respond
from dialogs.session import Draft, Session
from dialogs.snapshot import dump, load
from dialogs.turn import Turn
from dialogs.world import World
from tests.worlds import ALL_FORMS, NOON, world

SKIPPED = "skipped"
JUNE = datetime(2026, 6, 15, 12, 0, tzinfo=NOON.tzinfo)  # the insurer may be changed by wish
_NAMES = ("Иванова Мария Петровна", "ли виктор", "Smith John", "Петрова Анна без отчества")
_DOCUMENTS = ("4510 123456", "II-АБ № 123456", "82 № 1234567", "2-аб 654321")
_DAYS = ("вчера", "10.06.2026", "1 мая 2026", "20.05.2020", "01.01.1999")

SAID = {
    "name": _NAMES,
    "old_name": _NAMES,
    "filer_name": _NAMES,
    "born_on": ("05.03.1985", "05.03.2015", "20.05.2009", "1 июня 2026", "29.02.2008"),
    "born_in": ("Самара", "г. Душанбе"),
    "document": _DOCUMENTS,
    "filer_document": _DOCUMENTS,
    "certificate": ("II-АБ № 123456", "iv-мю 765432"),
    "enp": ("6449020886006380", "9956410842000123", "9998 8997 4800 0072"),
    "snils": ("112-233-445 95", "нет"),
    "phone": ("8 912 345-67-89", "+375 29 123-45-67"),
    "email": ("ivanova@example.ru", "p.petrov@example.com"),
    "address": ("Самара, ул. Садовая, д. 5", "село Отрадное Самарской области"),
    "insurer": ("согаз", "Наша страховая"),
    "issuer": ("ГУ МВД по Самарской области",),
    "stay_until": ("31.12.2030", "1 мая 2027"),
    "changed_on": _DAYS,
    "moved_on": _DAYS,
    "issued_on": _DAYS,
    "certificate_on": _DAYS,
    "child_name": ("Маша", "Пётр"),
    "treated_on": _DAYS,
    "note": ("очень ждём",),
}
"""What people say to each step that is answered in words; not all of it fits everybody."""


def answers_to(step: Step) -> tuple[str, ...]:
    """List what may be answered: a choice, words, or the sign of having skipped it."""
    choices = () if step.field.collects else step.field.choices()
    said = choices or SAID.get(step.id, ("photo",))
    return (*said, SKIPPED) if step.optional else said


@dataclass
class Person:
    """One person and one conversation, restarted after every turn.

    ``last`` holds by step what was answered last and taken.
    """

    form: Form
    now: datetime = JUNE
    session: Session = field(default_factory=lambda: Session(consent=CONSENT))
    last: dict[str, str] = field(default_factory=dict)
    told: list[Say] = field(default_factory=list)
    filed: File | None = None

    def __post_init__(self):
        """Open the form, or go on with the draft of it."""
        drafts = self.session.drafts()
        resume = f"G:{self.form.id}:{drafts[0].number}" if drafts else f"f:{self.form.id}"
        self.happen(Pressed(resume))

    @property
    def world(self) -> World:
        """The world in which the person lives."""
        return world(self.now, ALL_FORMS)

    @property
    def draft(self) -> Draft:
        """The draft that is open."""
        assert self.session.draft is not None
        return self.session.draft

    @property
    def asked(self) -> Step | None:
        """The step whose question is open; None at the review."""
        return self.form.step(self.draft.asked)

    def is_asked(self) -> bool:
        """Tell whether it is a question of this form that is open."""
        draft = self.session.draft
        is_open = draft is not None and draft.form == self.form.id and not self.session.led_by
        return is_open and self.asked is not None

    def happen(self, incoming: Incoming) -> Turn:
        """Let something happen, and forget everything but the JSON."""
        turn = respond(self.session, incoming, self.world)
        self.session, lost = load(json.loads(json.dumps(dump(turn.session))), ALL_FORMS)
        assert (self.session, lost) == (turn.session, [])
        self.told += [effect for effect in turn.effects if isinstance(effect, Say)]
        self.filed = next((one for one in turn.effects if isinstance(one, File)), self.filed)
        return turn

    def answer(self, step: Step, answer: str) -> bool:
        """Answer a step; tell whether the answer was taken."""
        before = self.draft.answers
        here = (self.form.id, self.draft.number, step.id)
        if step.field.collects and answer != SKIPPED:
            self.happen(Attached((FileSent(answer, "image/jpeg", 1000),)))
            self.press(Choose(*here, step.field.choices()[0]))
        elif answer == SKIPPED:
            self.press(Skip(*here))
        elif step.field.choices():
            self.press(Choose(*here, answer))
        else:
            self.happen(Said(answer))
        if DOUBTED in self.draft.parts:
            self.press(Keep(*here))
        is_taken = self.draft.answers != before or self.asked != step
        if is_taken:
            self.last[step.id] = answer
        return is_taken

    def press(self, meaning) -> Turn:
        """Press a button."""
        return self.happen(Pressed(encode(meaning)))

    def edit(self, step: Step) -> None:
        """Ask to answer a step anew."""
        self.press(Edit(self.form.id, self.draft.number, step.id))

    def change(self) -> None:
        """Ask what can be changed."""
        self.press(Change(self.form.id, self.draft.number, 1))

    def submit(self) -> File:
        """File the application."""
        self.press(Submit(self.form.id, self.draft.number))
        assert self.filed is not None
        return replace(self.filed, amends="")
