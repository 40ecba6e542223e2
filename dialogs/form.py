"""A form: an ordered table of questions; where a person stands follows from the answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.fields import Asking, Doubt, Field, Problem
from dialogs.json import Json

Answers: TypeAlias = Mapping[str, Json]


def _always(_answers: Answers) -> bool:
    return True


def _fine(_value: Json, _asking: Asking) -> Problem | Doubt | None:
    return None


def _oneself(_answers: Answers) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Step:
    """One question: its id (kept in drafts), the kind of answer, and when it is asked.

    ``when`` sees the answers of the relevant earlier steps only. An ``optional`` step may
    be skipped, which is the answer ``None``. ``check`` is the form's own rule for an answer
    that the field took: a refusal, a doubt, or None.
    """

    id: str
    field: Field
    when: Callable[[Answers], bool] = _always
    optional: bool = False
    check: Callable[[Json, Asking], Problem | Doubt | None] = _fine


@dataclass(frozen=True, slots=True)
class Form:
    """An application.

    ``about`` names the person it is for, from the answers, when that is not the one who
    writes. ``upgrades`` maps a version to what turns its answers into the next version's.
    """

    id: str
    version: int
    steps: tuple[Step, ...]
    about: Callable[[Answers], str] = _oneself
    upgrades: Mapping[int, Callable[[Answers], Answers]] = field(default_factory=dict)

    def step(self, name: str) -> Step | None:
        """Find a step by its id."""
        return next((step for step in self.steps if step.id == name), None)


def path(form: Form, answers: Answers) -> Iterator[Step]:
    """Walk the steps that are relevant to these answers, in order."""
    relevant: dict[str, Json] = {}
    for step in form.steps:
        if step.when(relevant):
            yield step
            if step.id in answers:
                relevant[step.id] = answers[step.id]


def relevant(form: Form, answers: Answers) -> dict[str, Json]:
    """Pick the answers that count; those of another branch stay in the draft for later."""
    return {step.id: answers[step.id] for step in path(form, answers) if step.id in answers}


def next_step(form: Form, answers: Answers) -> Step | None:
    """Find the first relevant step without an answer; None means: time for the review."""
    return next((step for step in path(form, answers) if step.id not in answers), None)


def previous_step(form: Form, answers: Answers, asked: str) -> Step | None:
    """Find the relevant step before the one asked; from the review, the last one."""
    before: Step | None = None
    for step in path(form, answers):
        if step.id == asked:
            return before
        before = step
    return before


def fit(form: Form, version: int, answers: Answers) -> tuple[Answers, tuple[str, ...]]:
    """Bring the answers of an older version up to today's form.

    Upgrades run first; then each answer is shown to today's field. Returns what fits and
    the ids of the answers that were dropped.
    """
    for old in range(version, form.version):
        answers = form.upgrades.get(old, dict)(answers)
    steps = {step.id: step for step in form.steps}
    kept = {
        name: answer
        for name, answer in answers.items()
        if name in steps
        and (steps[name].optional if answer is None else steps[name].field.accepts(answer))
    }
    return kept, tuple(name for name in answers if name not in kept)
