"""Judging answers: what a field makes of them, what the form says, and whether they still hold."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs import wording
from dialogs.fields import Asking, Doubt, More, Problem, Reading
from dialogs.form import Step, path
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.session import Draft
from dialogs.words import Words
from dialogs.world import World

ASIDE = "!"
"""The part of a draft that holds answers set aside, each with those on which it rests."""


def read(draft: Draft, step: Step, incoming: Incoming, world: World, words: Words) -> Reading:
    """Let the field of a step read what happened, and the form judge it."""
    asking = _asking(draft, step, world, words)
    return _judged(step, step.field.read(incoming, asking), asking)


def chosen(draft: Draft, step: Step, value: str, world: World, words: Words) -> Reading:
    """Let the field of a step read the press of a choice, and the form judge it."""
    asking = _asking(draft, step, world, words)
    return _judged(step, step.field.chosen(value, asking), asking)


def settle(
    before: Draft, after: Draft, changed: Step, world: World, words: Words
) -> tuple[Draft, tuple[Step, ...]]:
    """Set aside the answers that a changed one has made wrong or doubtful.

    Those set aside earlier that hold beside it come back, so a change of mind loses nothing.
    A doubt that was there before is not raised again: it has been kept. Returns the steps
    that are to be answered again, too.
    """
    form = world.forms[after.form]
    unsettled = tuple(
        step
        for step in path(form, after.answers)
        if step.id in after.answers
        and step.id != changed.id
        and (_is_void(before, after, step) or _is_worse(before, after, step, world, words))
    )
    aside = _aside(after)
    aside |= {step.id: _with_company(before, step) for step in unsettled}
    aside.pop(changed.id, None)
    kept = {name: value for name, value in after.answers.items() if name not in aside}
    settled = replace(after, answers=kept)
    for step in form.steps:
        settled = _brought_back(settled, step, aside, world, words)
    parts = {name: part for name, part in after.parts.items() if name != ASIDE}
    left = {name: one for name, one in aside.items() if name not in settled.answers}
    again = tuple(step for step in unsettled if step.id in left)
    return replace(settled, parts={**parts, ASIDE: left} if left else parts), again


def _aside(draft: Draft) -> dict[str, Json]:
    aside = draft.parts.get(ASIDE)
    return dict(aside) if isinstance(aside, dict) else {}


def _with_company(draft: Draft, step: Step) -> Json:
    """Keep an answer together with those on which it rests."""
    return [draft.answers[step.id], [draft.answers.get(name) for name in step.field.follows]]


def _brought_back(
    draft: Draft, step: Step, aside: Mapping[str, Json], world: World, words: Words
) -> Draft:
    match aside.get(step.id):
        case [value, company] if company == [draft.answers.get(one) for one in step.field.follows]:
            tried = replace(draft, answers={**draft.answers, step.id: value})
            fits = step.field.accepts(value) and objection(tried, step, world, words) is None
            return tried if fits else draft
    return draft


def _is_void(before: Draft, after: Draft, step: Step) -> bool:
    """Tell whether another answer, on which this one rests, has been changed."""
    return any(
        name in before.answers and before.answers[name] != after.answers.get(name)
        for name in step.field.follows
    )


def _is_worse(before: Draft, after: Draft, step: Step, world: World, words: Words) -> bool:
    reading = objection(after, step, world, words)
    return reading is not None and reading != objection(before, step, world, words)


def objection(draft: Draft, step: Step, world: World, words: Words) -> Problem | Doubt | None:
    """Judge a stored answer anew; None when there is nothing against it."""
    value = draft.answers.get(step.id)
    if value is None:
        return None
    asking = _asking(draft, step, world, words)
    reading = _judged(step, step.field.again(value, asking), asking)
    return reading if isinstance(reading, Problem | Doubt) else None


def _judged(step: Step, value: Reading, asking: Asking) -> Reading:
    """Let the form's own rule look at an answer that the field took."""
    if isinstance(value, Problem | More | Doubt):
        return value
    return step.check(value, asking) or value


def _asking(draft: Draft, step: Step, world: World, words: Words) -> Asking:
    return wording.asking(words, world.forms[draft.form], step, draft, world)
