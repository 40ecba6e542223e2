"""An application as representatives read it: each answer with its mask, origin and check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from bot.desk.masking import masked_document, masked_enp, masked_phone, masked_snils
from bot.desk.visit import Visit
from bot.naming import mentioned
from dialogs.fields import (
    Address,
    BirthCertificate,
    DocumentNumber,
    Doubt,
    Email,
    Enp,
    Field,
    Phone,
    Snils,
)
from dialogs.form import Form, Step, fit, path
from dialogs.judging import objection
from dialogs.session import Draft
from dialogs.wording import form_title, shown, title
from dialogs.words import Words
from dialogs.world import World
from storage.application_lists import Entry
from storage.applications import Paper

Soundness: TypeAlias = Literal["", "sound", "doubtful"]
"""What our own checks say of an answer: nothing, that it holds, that it wants a look."""

_HIDDEN: Final = "•••"
_SOON: Final = 1  # days


def _hidden(_text: str) -> str:
    return _HIDDEN


_MASKS: Final[Mapping[type[Field], Callable[[str], str]]] = {
    Enp: lambda text: masked_enp(text.replace(" ", "")),
    Snils: masked_snils,
    DocumentNumber: masked_document,
    BirthCertificate: masked_document,
    Phone: masked_phone,
    Email: _hidden,
    Address: _hidden,
}
"""Kinds of answers by which a person can be found or used; the rest is shown."""

_CHECKED: Final = (Enp, Snils)
"""Kinds whose own digits tell whether they were typed right."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer.

    ``mask`` stands in its place until somebody says what for; ``source`` is «photo» or
    «typed»; ``remark`` says what looks wrong; ``photos`` are names of kept files.
    """

    step: str
    title: str
    text: str = field(repr=False)
    mask: str
    source: str
    soundness: Soundness
    remark: str
    photos: Sequence[str] = ()


def name_of_form(words: Words, form: str) -> str:
    """Name an application's form, also one that is no more."""
    return form_title(words, form) if words.has(f"{form}.title") else form


def shortened(about: str) -> str:
    """Name a person in a list: «Константин Ё.»."""
    surname, _, rest = about.partition(" ")
    return f"{rest.split(' ')[0]} {surname[:1]}." if rest else f"{surname[:1]}."


def term(visit: Visit, entry: Entry) -> tuple[str, str]:
    """Tell how long there is to the term, in words and by a colour; both empty without one."""
    if entry.due_on is None:
        return "", ""
    left = (entry.due_on - visit.now.astimezone(visit.desk.zone).date()).days
    if left < 0:
        return visit.words("desk.application.late", count=-left), "alert"
    if left == 0:
        return visit.words("desk.application.today"), "warn"
    return visit.words("desk.application.left", count=left), "warn" if left <= _SOON else "good"


def draft_of(paper: Paper, form: Form) -> Draft:
    """Read the answers by today's form."""
    answers = paper.answers
    if paper.version != form.version:
        answers, _ = fit(form, paper.version, answers)
    return Draft(form.id, form.version, 0, answers)


def facts(visit: Visit, paper: Paper) -> list[Fact]:
    """Write the answers of an application, in the order of its questions."""
    filed_at = paper.application.moves[0].at
    world = visit.desk.world(filed_at)  # it is judged as on the day when it was filed
    form = world.forms.get(paper.application.form)
    if form is None:
        return []
    draft = draft_of(paper, form)
    return [
        _fact(visit.words, form, step, draft, paper, replace(world, forms={form.id: form}))
        for step in path(form, draft.answers)
        if step.id in draft.answers
    ]


def _fact(words: Words, form: Form, step: Step, draft: Draft, paper: Paper, world: World) -> Fact:
    value, text = draft.answers[step.id], shown(words, form, step, draft, world)
    against = objection(draft, step, world, words)
    hide = _MASKS.get(type(step.field)) if value is not None else None
    soundness: Soundness = ""
    if against:
        soundness = "doubtful"
    elif value is not None and isinstance(step.field, _CHECKED):
        soundness = "sound"
    return Fact(
        step=step.id,
        title=title(words, form, step),
        text=text,
        mask=hide(text) if hide else "",
        source=paper.sources.get(step.id, "typed"),
        soundness=soundness,
        remark=_remark(words, against.id, is_doubt=isinstance(against, Doubt)) if against else "",
        photos=sorted(mentioned(value)),
    )


def _remark(words: Words, what: str, *, is_doubt: bool) -> str:
    key = f"doubt.{what}"
    return words(key) if is_doubt and words.has(key) else words("desk.application.doubtful.about")
