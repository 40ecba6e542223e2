"""Questions that several applications share, and the rules of the law about them."""

from datetime import date

from dialogs.dates import anniversary
from dialogs.fields import (
    Address,
    Asking,
    Choice,
    DocumentKind,
    DocumentNumber,
    Doubt,
    Email,
    Enp,
    FullName,
    PastDate,
    Phone,
    Photos,
    Problem,
    Sex,
    Snils,
)
from dialogs.form import Answers, Step
from dialogs.json import Json

_PASSPORT_AGE = 14  # years; until then the birth certificate proves who a person is
_ADULT_AGE = 18  # years; until then a parent or guardian applies
FOREIGN_PAPERS = frozenset(
    {"residence_permit", "temporary_residence", "foreigner_document", "refugee", "temporary_asylum"}
)
"""Documents of people without Russian citizenship, by which they are insured."""


def for_other(answers: Answers) -> bool:
    """Tell whether the application is for somebody else than the one who writes."""
    return answers.get("who") in {"child", "ward"}


def about_other(answers: Answers) -> str:
    """Name the person the application is for, when it is not the one who writes."""
    return name_of(answers.get("name")) if for_other(answers) else ""


def name_of(name: Json) -> str:
    """Write a stored name in one line."""
    parts = name if isinstance(name, dict) else {}
    order = ("surname", "given", "patronymic")
    return " ".join(str(parts[part]) for part in order if parts.get(part))


def is_foreigner(answers: Answers) -> bool:
    """Tell by the document whether the person is insured as a foreigner."""
    return answers.get("document_kind") in FOREIGN_PAPERS


def age_on(day: date, birth: Json) -> int | None:
    """Count full years from a stored birth date; None without one."""
    if not isinstance(birth, str):
        return None
    born = date.fromisoformat(birth)
    years = day.year - born.year
    return years if anniversary(born, years) <= day else years - 1


def _fits_who(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Compare the age with who it is said to be: an adult applies alone, a child does not."""
    age = age_on(asking.now.date(), value)
    if asking.answers.get("who") == "child" and age is not None and age >= _ADULT_AGE:
        return Problem("child.adult", offer="who")
    if asking.answers.get("who") == "me" and age is not None and age < _PASSPORT_AGE:
        return Problem("self.child", offer="who")
    return None


def applies_alone(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Ask that a parent or guardian applies where the law lets only adults decide."""
    age = age_on(asking.now.date(), value)
    if asking.answers.get("who") == "me" and age is not None and age < _ADULT_AGE:
        return Problem("self.minor", offer="who")
    return _fits_who(value, asking)


def _fits_age(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Refuse the document of another age before its number is typed in vain."""
    age = age_on(asking.now.date(), asking.answers.get("born_on"))
    if age is None:
        return None
    if value == "birth_certificate" and age >= _PASSPORT_AGE:
        return Problem("certificate.age")
    if value == "passport" and age < _PASSPORT_AGE:
        return Problem("passport.early")
    return None


def passport_in_time(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Refuse a passport of Russia that would have been issued before the age for it."""
    born = asking.answers.get("born_on")
    if asking.answers.get("document_kind") != "passport" or not isinstance(born, str):
        return None
    age = age_on(date.fromisoformat(str(value)), born)
    return Problem("passport.age") if age is not None and age < _PASSPORT_AGE else None


def has_abode(answers: Answers) -> bool:
    """Tell whether there is an address to ask for."""
    return answers.get("abode") != "none"


WHO = Step("who", Choice("me", "child", "ward"))
NAME = Step("name", FullName(foreign=True))
BORN_ON = Step("born_on", PastDate(with_year=True), check=_fits_who)
SEX = Step("sex", Sex())
DOCUMENT_KIND = Step(
    "document_kind",
    DocumentKind(
        "passport",
        "birth_certificate",
        "residence_permit",
        "temporary_residence",
        "foreigner_document",
        "refugee",
        "temporary_asylum",
    ),
    check=_fits_age,
)
DOCUMENT = Step("document", DocumentNumber("document_kind", "born_on"))
ENP = Step("enp", Enp("born_on", "sex"), optional=True)
SNILS = Step("snils", Snils(optional=True), optional=True)
FILER = (
    Step("filer_name", FullName(foreign=True), when=for_other),
    Step("filer_role", Choice("mother", "father", "guardian", "other"), when=for_other),
)
"""Who applies for a child or a ward; asked after the person, so that nobody mixes them up."""
FILER_DOCUMENT = (
    Step("filer_document_kind", DocumentKind("passport", "foreigner_document"), when=for_other),
    Step("filer_document", DocumentNumber("filer_document_kind"), when=for_other),
)
ABODE = Step("abode", Choice("registered", "unregistered", "none"))
ADDRESS = Step("address", Address(), when=has_abode)
PHONE = Step("phone", Phone())
EMAIL = Step("email", Email(), optional=True)
PHOTOS = Step("photos", Photos(at_most=5), optional=True)
