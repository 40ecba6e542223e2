"""Which questions of an application an old paper policy answers, and how."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from dialogs import names
from dialogs.form import Answers, Form, Step, path
from dialogs.json import Json
from dialogs.names import Name
from dialogs.paper import PaperPolicy

Part: TypeAlias = Literal["name", "born_on", "sex", "enp"]

_PARTS: Final[tuple[Part, ...]] = ("name", "born_on", "sex", "enp")
_OF_PARENT: Final[Mapping[str, Mapping[Part, str]]] = {"newborn": {"name": "filer_name"}}
"""Forms about somebody who cannot have a paper policy: it is that of the one who applies."""


def name_on(policy: PaperPolicy) -> dict[str, Json]:
    """Spell the name as forms keep it; the only part of one is the surname there."""
    parts = (policy.surname, policy.given, policy.patronymic)
    surname, given, patronymic = (names.spell(names.tidy(part)) for part in parts)
    spelt = Name(surname, given, patronymic) if surname else Name(given, "", patronymic)
    return dict(spelt._asdict())


def value_of(policy: PaperPolicy, part: Part) -> Json:
    """Return one part as forms keep it."""
    match part:
        case "name":
            return name_on(policy)
        case "born_on":
            return policy.born_on.isoformat()
        case "sex":
            return policy.sex
        case "enp":
            return policy.enp


def answered_by_paper(form: Form, answers: Answers) -> dict[Part, Step]:
    """Find the questions of a form that a paper policy answers, as far as it is clear which.

    Who has a new name has the former one on the paper.
    """
    steps = {step.id: step for step in path(form, answers)}
    places = _OF_PARENT.get(form.id, {part: part for part in _PARTS})
    found = {part: steps[name] for part, name in places.items() if name in steps}
    if form.step("old_name") and "name" in found:
        if "old_name" in steps:
            found["name"] = steps["old_name"]
        elif "what" not in answers:
            del found["name"]
    return found
