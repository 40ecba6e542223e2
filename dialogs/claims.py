"""Whether a claim is true of somebody in the register."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from dialogs.dates import anniversary
from dialogs.insured import ENP_DIGITS, LAST_DIGITS, Claim, Insured

_OWN_PASSPORT: Final = 14  # years; from then on a person may prove who they are
_ADULT: Final = 18  # years; until then a parent may ask for a child


def claimed(claim: Claim, people: Iterable[Insured], today: date) -> Insured | None:
    """Find the one person whom a claim fits in all its parts; of two alike it proves neither."""
    fitting = [person for person in people if _fits(claim, person, today)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(claim: Claim, person: Insured, today: date) -> bool:
    is_known = claim.number == (
        person.enp if len(claim.number) == ENP_DIGITS else last_digits(person.document)
    )
    return all(
        (
            is_known,
            claim.phone == person.phone,
            claim.born_on == person.born_on,
            _may_ask(claim, person, today),
        )
    )


def _may_ask(claim: Claim, person: Insured, today: date) -> bool:
    if claim.role == "self":
        return anniversary(person.born_on, _OWN_PASSPORT) <= today
    if claim.role != "child":
        return False  # nobody proves that: a representative decides
    is_minor = today < anniversary(person.born_on, _ADULT)
    return is_minor and bool(person.representative) and person.representative in claim.guardians


def last_digits(document: str) -> str:
    """Return the last four digits of a document's number; empty when it has fewer."""
    found = re.sub(r"[^0-9]", "", document)[-LAST_DIGITS:]
    return found if len(found) == LAST_DIGITS else ""
