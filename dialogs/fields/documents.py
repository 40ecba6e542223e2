"""Documents that prove who a person is: their kinds and their numbers."""

import re
from collections.abc import Mapping

from dialogs import certificate
from dialogs.dates import anniversary
from dialogs.fields.base import Asking, Doubt, Field, Problem, Reading, said
from dialogs.fields.choice import Choice
from dialogs.fields.day import day_of
from dialogs.fields.vocabulary import meanings
from dialogs.incoming import Incoming, Said
from dialogs.json import Json
from dialogs.plain import digits
from dialogs.reading import fold

DOCUMENTS: Mapping[str, int] = {
    "passport": 14,
    "birth_certificate": 3,
    "foreign_birth_certificate": 24,
    "temporary_id": 13,
    "foreign_passport": 9,
    "foreigner_document": 21,
    "stateless_document": 22,
    "residence_permit": 11,
    "temporary_residence": 23,
    "refugee_application": 10,
    "refugee": 12,
    "temporary_asylum": 25,
}
"""Kinds of documents and their codes in the fund's classifier F011."""

_ADULT = 14  # years; from then on a passport, not a birth certificate
_PASSPORT = re.compile(r"[0-9]{4} [0-9]{6}")
_FREE_NUMBER = re.compile(r"[^\W_](?:[ \-/.№]{0,3}[^\W_]){1,29}")
_MARK = re.compile(r"№|#|\b(?:no|n)\b\.?", re.IGNORECASE)


class DocumentKind(Choice):
    """One of the kinds of `DOCUMENTS`."""

    def __init__(self, *kinds: str) -> None:
        super().__init__(*(kinds or DOCUMENTS))

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Understand a kind by its name or a common short one, such as «ВНЖ»."""
        kind = meanings(asking.words, "field.documents").get(fold(said(incoming)))
        return kind if kind in self.choices() else super().read(incoming, asking)


class Passport(Field):
    """Series and number of a passport of Russia, kept as ``4510 123456``."""

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read 4 + 6 digits however they are spaced and named."""
        del asking
        number = digits(said(incoming))
        match len(number):
            case 10:
                return f"{number[:4]} {number[4:]}"
            case 9:
                return Problem("passport.travel")
            case 6:
                return Problem("passport.series")
            case 4:
                return Problem("passport.number")
            case 0:
                return Problem("passport")
        return Problem("passport.length")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a series and a number."""
        return isinstance(value, str) and _PASSPORT.fullmatch(value) is not None

    def show(self, value: Json, asking: Asking) -> str:
        """Write series and number as the passport's pages do."""
        del asking
        return re.sub(r"^(\d\d)(\d\d) ", r"\1 \2 № ", str(value))


class BirthCertificate(Field):
    """Series and number of a birth certificate of Russia, kept as «II-АБ № 123456».

    Refused to a person of 14 or older by the birth date that step ``birth`` holds.
    """

    def __init__(self, birth: str = "") -> None:
        self._birth = birth

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read the Roman numeral, the two letters and the six digits as people type them."""
        birth = day_of(asking.answers.get(self._birth))
        if birth and anniversary(birth, _ADULT) <= asking.now.date():
            return Problem("certificate.age")
        found = certificate.read(said(incoming))
        if isinstance(found, str):
            return Problem(found)
        if found.is_guess:
            return Doubt(str(found), "certificate.series")
        return str(found)

    def again(self, value: Json, asking: Asking) -> Reading:
        """Judge the certificate by the age that the person now has."""
        return self.read(Said(self.show(value, asking)), asking)

    def accepts(self, value: Json) -> bool:
        """Tell whether this is written as it is kept."""
        found = certificate.read(value) if isinstance(value, str) else ""
        return not isinstance(found, str) and str(found) == value

    def show(self, value: Json, asking: Asking) -> str:
        """Write it as the document does."""
        del asking
        return str(value)


class DocumentNumber(Field):
    """The number of a document of the kind that step ``kind`` holds.

    Passports and birth certificates of Russia are read by their own rules; any other is
    2 to 30 letters and digits with at least one digit, kept in capitals.
    """

    def __init__(self, kind: str, birth: str = "") -> None:
        self.follows = (kind,)
        self._kind = kind
        self._by_kind: Mapping[Json, Field] = {
            "passport": Passport(),
            "birth_certificate": BirthCertificate(birth),
        }

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read the number by the rules of its document."""
        special = self._by_kind.get(asking.answers.get(self._kind))
        if special:
            return special.read(incoming, asking)
        number = _tidy(said(incoming))
        return number if _is_number(number) else Problem("document.number")

    def again(self, value: Json, asking: Asking) -> Reading:
        """Judge the number by the rules of the document that it now belongs to."""
        return self.read(Said(self.show(value, asking)), asking)

    def accepts(self, value: Json) -> bool:
        """Tell whether this could be the number of some document."""
        return isinstance(value, str) and (
            (_is_number(value) and _tidy(value) == value)
            or any(field.accepts(value) for field in self._by_kind.values())
        )

    def show(self, value: Json, asking: Asking) -> str:
        """Write the number as its document does."""
        special = self._by_kind.get(asking.answers.get(self._kind))
        return special.show(value, asking) if special else str(value)


def _tidy(text: str) -> str:
    return " ".join(_MARK.sub(" № ", text.upper()).split()).strip("№ ")


def _is_number(text: str) -> bool:
    return _FREE_NUMBER.fullmatch(text) is not None and any(map(str.isdigit, text))
