"""Personal data as lists show it: enough to tell one person from another, too little to use."""

import re
from typing import Final

_DOT: Final = "•"
_ENP_SHOWN: Final = 4  # digits at the end, by which people are asked on the phone
_PHONE_SHOWN: Final = 2
_FEW: Final = 4  # digits that name nobody
_WORD = re.compile(r"[^\W\d_]+")


def masked_enp(enp: str) -> str:
    """Mask a policy number: «•••• •••• •••• 0015»."""
    dots = _DOT * 4
    return f"{dots} {dots} {dots} {enp[-_ENP_SHOWN:]}" if len(enp) > _ENP_SHOWN else dots


def masked_snils(snils: str) -> str:
    """Mask a СНИЛС: «•••-•••-••1 23»."""
    digits = "".join(letter for letter in snils if letter.isdigit())
    return f"•••-•••-••{digits[-3:-2]} {digits[-2:]}" if len(digits) > _ENP_SHOWN else _DOT * 4


def masked_document(document: str) -> str:
    """Mask series and number of a document: «•••• ••••56»; other letters stay as they are."""
    places = [place for place, letter in enumerate(document) if letter.isdigit()]
    kept = set(places[-2:]) if len(places) > _ENP_SHOWN else set()
    return "".join(
        _DOT if letter.isalnum() and place not in kept else letter
        for place, letter in enumerate(document)
    )


def masked_phone(phone: str) -> str:
    """Mask a phone: «+7 ••• •••-••-01»."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"+7 ••• •••-••-{digits[-_PHONE_SHOWN:]}" if len(digits) > _ENP_SHOWN else _DOT * 4


def masked_cell(text: str) -> str:
    """Mask a cell of which nobody has told what it holds: «И••• П•••», «• (•••) •••-••-89».

    Its shape stays, by which people know a phone from a date; so do the last two of its digits.
    """
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    kept = places if len(places) <= _FEW else places[-_PHONE_SHOWN:]
    shape = "".join(
        _DOT if letter.isdigit() and place not in kept else letter
        for place, letter in enumerate(text)
    )
    return _WORD.sub(lambda word: f"{word[0][0]}{_DOT * 3}", shape)
