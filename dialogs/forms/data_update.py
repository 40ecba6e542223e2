"""Changed data: name, document, place of residence (a duty within a month), or contacts."""

from dataclasses import replace

from dialogs.fields import Choice, Email, FullName, IssueDate, PastDate, Text
from dialogs.form import Answers, Form, Step
from dialogs.forms.parts import (
    ADDRESS,
    BORN_ON,
    DOCUMENT,
    DOCUMENT_KIND,
    ENP,
    FILER,
    NAME,
    PHONE,
    PHOTOS,
    WHO,
    about_other,
    passport_in_time,
)

_DUTIES = frozenset({"name", "document", "address"})


def _is_duty(answers: Answers) -> bool:
    return answers.get("what") in _DUTIES


def _has_day(answers: Answers) -> bool:
    # The day of a new document is that of its issue, which is asked beside its number.
    return answers.get("what") in {"name", "address"}


def _new_name(answers: Answers) -> bool:
    return answers.get("what") == "name"


def _new_document(answers: Answers) -> bool:
    # A new name brings a new passport, so its date is asked with either.
    return answers.get("what") in {"name", "document"}


def _new_address(answers: Answers) -> bool:
    return answers.get("what") == "address"


FORM = Form(
    id="data_update",
    version=1,
    steps=(
        Step("what", Choice("name", "document", "address", "contacts")),
        Step("changed_on", PastDate(years=20), when=_has_day),
        WHO,
        Step("old_name", FullName(foreign=True), when=_new_name),
        NAME,
        BORN_ON,
        DOCUMENT_KIND,
        DOCUMENT,
        Step("issued_on", IssueDate("born_on"), when=_new_document, check=passport_in_time),
        Step("issuer", Text(max=200), when=_new_document, optional=True),
        Step("address", ADDRESS.field, when=_new_address),
        ENP,
        *FILER,
        PHONE,
        Step("email", Email(), optional=True),
        replace(PHOTOS, when=_is_duty),
    ),
    about=about_other,
)
