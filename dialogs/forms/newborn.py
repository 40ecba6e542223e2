"""A newborn: the child's first policy, at the choice of a parent or legal representative."""

from datetime import date

from dialogs.fields import (
    Address,
    Asking,
    BirthCertificate,
    Choice,
    DocumentKind,
    DocumentNumber,
    Doubt,
    FullName,
    IssueDate,
    PastDate,
    Problem,
    Sex,
)
from dialogs.form import Answers, Form, Step
from dialogs.forms.parts import EMAIL, PHONE, PHOTOS, SNILS, age_on, name_of
from dialogs.json import Json

_PASSPORT_AGE = 14


def _certificate_first(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Without the certificate there is nothing to fill in yet; the child is insured anyway."""
    del asking
    return Problem("certificate_first") if value == "no" else None


def _is_newborn(value: Json, asking: Asking) -> Problem | Doubt | None:
    age = age_on(asking.now.date(), value)
    if age is not None and age >= _PASSPORT_AGE:
        return Problem("not_a_child")
    born = date.fromisoformat(str(value))
    return Doubt(value, "older_child") if (asking.now.date() - born).days > 365 else None  # noqa: PLR2004 — a year


def _about_child(answers: Answers) -> str:
    return name_of(answers.get("name"))


FORM = Form(
    id="newborn",
    version=1,
    steps=(
        Step("has_certificate", Choice("yes", "no"), check=_certificate_first),
        Step("name", FullName(foreign=True)),
        Step("born_on", PastDate(), check=_is_newborn),
        Step("sex", Sex()),
        Step("certificate", BirthCertificate("born_on")),
        Step("certificate_on", IssueDate("born_on")),
        SNILS,
        Step("filer_role", Choice("mother", "father", "guardian")),
        Step("filer_name", FullName(foreign=True)),
        Step("filer_document_kind", DocumentKind("passport", "foreigner_document")),
        Step("filer_document", DocumentNumber("filer_document_kind")),
        Step("address", Address(), optional=True),
        PHONE,
        EMAIL,
        PHOTOS,
    ),
    about=_about_child,
)
