"""Judging answers: what a field makes of them, what the form says, and whether they still hold."""

from dialogs import wording
from dialogs.fields import Asking, Doubt, More, Problem, Reading
from dialogs.form import Step, path
from dialogs.incoming import Incoming
from dialogs.session import Draft
from dialogs.words import Words
from dialogs.world import World


def read(draft: Draft, step: Step, incoming: Incoming, world: World, words: Words) -> Reading:
    """Let the field of a step read what happened, and the form judge it."""
    asking = _asking(draft, step, world, words)
    return _judged(step, step.field.read(incoming, asking), asking)


def chosen(draft: Draft, step: Step, value: str, world: World, words: Words) -> Reading:
    """Let the field of a step read the press of a choice, and the form judge it."""
    asking = _asking(draft, step, world, words)
    return _judged(step, step.field.chosen(value, asking), asking)


def unsettled(before: Draft, after: Draft, world: World, words: Words) -> tuple[Step, ...]:
    """Find the answers that a change of another one has made wrong or doubtful.

    A doubt that was there before the change is not raised again: it has been kept.
    """
    return tuple(
        step
        for step in path(world.forms[after.form], after.answers)
        if step.id in after.answers
        and (_is_void(before, after, step) or _is_worse(before, after, step, world, words))
    )


def _is_void(before: Draft, after: Draft, step: Step) -> bool:
    """Tell whether another answer, on which this one rests, has been changed."""
    return any(
        name in before.answers and before.answers[name] != after.answers.get(name)
        for name in step.field.follows
    )


def _is_worse(before: Draft, after: Draft, step: Step, world: World, words: Words) -> bool:
    reading = _again(after, step, world, words)
    return reading is not None and reading != _again(before, step, world, words)


def _again(draft: Draft, step: Step, world: World, words: Words) -> Problem | Doubt | None:
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
