"""What each kind of duty is about: the application that fulfils it, the facts it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.duties.duty import Duty, Kind
from dialogs.json import Json


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of duty has to do with.

    ``form`` is the application that fulfils it, ``what`` the choice there, ``asks`` its
    question for the day of the event; ``facts`` are what the words about it rest on.
    """

    form: str = ""
    what: str = ""
    asks: str = ""
    facts: tuple[str, ...] = ()


_MONTH = ("tell_within_month", "month_counting", "filing_ways", "application_documents")

ABOUT: Final[Mapping[Kind, About]] = {
    "name": About("data_update", "name", "changed_on", _MONTH),
    "document": About("data_update", "document", "", _MONTH),
    "address": About("relocation", "address", "moved_on", (*_MONTH, "choose_after_move")),
    "insurer": About("smo_change", "moved", "", ("choose_after_move", "month_counting")),
    "newborn": About(
        "newborn",
        facts=("newborn_first_month", "newborn_choice", "newborn_by_default", "newborn_documents"),
    ),
    "passport_14": About(facts=("passport_ages",)),
    "passport_20": About(facts=("passport_ages",)),
    "passport_45": About(facts=("passport_ages",)),
    "right": About("data_update", "document", facts=("tell_within_month",)),
    "window": About("smo_change", facts=()),
}
PASSPORTS: Final[Mapping[Kind, int]] = {"passport_14": 14, "passport_20": 20, "passport_45": 45}
"""The passport's birthdays; the duty to tell the insurer begins with the new one's issue."""

FROM_REGISTER: Final[frozenset[Kind]] = frozenset({*PASSPORTS, "right"})


def known_answers(duty: Duty) -> dict[str, Json]:
    """Give the answers of the form that are known already."""
    about = ABOUT[duty.kind]
    answers: dict[str, Json] = {}
    if about.form == "data_update":
        answers["what"] = about.what
    if about.form == "smo_change" and about.what:
        answers["ground"] = about.what
    if about.asks:
        answers[about.asks] = duty.since.isoformat()
    return answers


def fulfils(duty: Duty, form: str, answers: Mapping[str, Json]) -> bool:
    """Tell whether an application of a form does what the duty asks for."""
    if form == "data_update":
        told = {answers.get("what")}
        if "issued_on" in answers:  # a new name comes with its new document
            told.add("document")
        return duty.kind in told
    if form == "smo_change" and answers.get("ground") == "moved":
        return duty.kind in {"address", "insurer"}
    return form == ABOUT[duty.kind].form and duty.kind in {"address", "newborn", "window"}
