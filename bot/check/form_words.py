"""The texts that follow from forms and fields: which must be there, and which may be."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

from dialogs.form import Form, Step
from dialogs.forms import FORMS

_CORE = Path(__file__).parent.parent.parent / "dialogs"
_OF_FORM = ("title", "begin", "resume", "opening")


def required(texts: Collection[str]) -> Iterator[str]:
    """Compute what every form, refusal and doubt needs; a shared text does for a form's own."""
    for form in FORMS.values():
        yield from (f"{form.id}.{part}" for part in _OF_FORM)
        for step in form.steps:
            choices = (f".choice.{value}" for value in step.field.choices())
            for part in ("", ".title", *choices):
                own = f"{form.id}.{step.id}{part}"
                shared = f"step.{step.id}{part}"
                yield shared if shared in texts and own not in texts else own
    for kind, fault in _told():
        if kind == "doubt" or not any(key.endswith(f".problem.{fault}") for key in texts):
            yield f"{kind}.{fault}"


def allowed() -> Iterator[str]:
    """Compute what forms may have besides, such as reasons why, synonyms, refusals of their own.

    A question may also be put as it fits an earlier choice.
    """
    faults = [fault for kind, fault in _told() if kind == "problem"]
    for form in FORMS.values():
        for step in form.steps:
            for key in (f"{form.id}.{step.id}", f"step.{step.id}"):
                yield from (key, f"{key}.title", f"{key}.why")
                yield from (f"{key}.problem.{fault}" for fault in faults)
                yield from (f"{key}.{choice}" for choice in _choices(form, step))
                for value in step.field.choices():
                    yield from (f"{key}.choice.{value}", f"{key}.choice.{value}.options")


def _choices(form: Form, asked: Step) -> Iterator[str]:
    """Compute the choices made before a step, by which its question may be put differently."""
    for step in form.steps[: form.steps.index(asked)]:
        yield from (f"{step.id}.{value}" for value in step.field.choices())


def _told() -> Iterator[tuple[str, str]]:
    """Find every refusal and doubt by name: Problem("future"), Doubt(value, "enp.sex")."""
    for file in _CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Problem"), args=[named, *_]):
                    yield from (("problem", name) for name in _literals(named))
                case ast.Call(func=ast.Name(id="Doubt"), args=[_, named]):
                    yield from (("doubt", name) for name in _literals(named))


def _literals(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
