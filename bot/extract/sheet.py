"""What stands on an extract, as it was when it was issued: the record that is kept of it."""

from datetime import date, datetime
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
from babel.dates import format_date, format_datetime

from bot.extract.layout import Field, Symbology
from bot.organisation import Organisation
from dialogs.insured import Insured
from dialogs.words import Words

Look = Literal["name", "enp", "wide", "half"]

_LOOKS: Final[dict[Field, Look]] = {"name": "name", "enp": "enp", "insurer": "wide"}
_ENP_GROUP: Final = 4


class Row(msgspec.Struct, frozen=True):
    """One field: what it is called, its value, and how much room it takes."""

    caption: str
    value: str
    look: Look


class Sheet(msgspec.Struct, frozen=True):
    """Everything an extract says. It can be drawn again from this alone.

    ``about`` are captions and values of the extract itself; ``payload`` is what its code
    holds; ``sample`` is the word across it when the data are demonstration data.
    """

    language: str
    number: str
    title: str
    brand: str
    insurer: str
    rows: tuple[Row, ...]
    about: tuple[tuple[str, str], ...]
    note: str
    address: str
    alt: str
    sample: str
    symbology: Symbology
    payload: str


class Incomplete(Exception):
    """The register holds nothing for the code of this person's extract."""


def sheet(
    insured: Insured,
    organisation: Organisation,
    words: Words,
    number: str,
    now: datetime,
    public_url: str,
) -> Sheet:
    """Write down what an extract says; raises `Incomplete`.

    ``words`` are those of the people it will be shown to, not of who asked for it;
    ``public_url`` is where the number can be checked.
    """
    language, layout = words.language, organisation.extract
    if "{barcode}" in layout.payload and not insured.barcode:
        raise Incomplete
    values = _values(insured, organisation, words)
    return Sheet(
        language=language,
        number=number,
        title=layout.title.get(language) or words("extract_sheet.title"),
        brand=organisation.insurer.short_name[language],
        insurer=organisation.insurer.name[language],
        rows=tuple(
            Row(words(f"extract_sheet.field.{name}"), values[name], _LOOKS.get(name, "half"))
            for name in layout.fields
            if values[name]
        ),
        about=(
            (words("extract_sheet.number"), number.replace("-", "\N{NON-BREAKING HYPHEN}")),
            (
                words("extract_sheet.issued_at"),
                _moment(now.astimezone(organisation.zone), language),
            ),
        ),
        note=words("extract_sheet.note"),
        address=_address(public_url),
        alt=words("extract_sheet.code"),
        sample=words("extract_sheet.sample") if insured.is_demo else "",
        symbology=layout.symbology,
        payload=layout.payload.format(barcode=insured.barcode, enp=insured.enp, number=number),
    )


def _values(insured: Insured, organisation: Organisation, words: Words) -> dict[Field, str]:
    insurer = organisation.insurer
    return {
        "name": _name(insured),
        "enp": _grouped(insured.enp),
        "born_on": _day(insured.born_on),
        "sex": words(f"extract_sheet.sex.{insured.sex}"),
        "snils": _snils(insured.snils),
        "insurer": insurer.name[words.language],
        "insurer_phone": organisation.phones["main"].replace(" ", "\N{NO-BREAK SPACE}"),
        "insurer_code": insurer.registry_code,
        "insured_since": _day(insured.insured_since),
        "right_until": _day(insured.right_until),
    }


def _name(insured: Insured) -> str:
    """Write the surname on a line of its own, as long as there is more."""
    own = " ".join(filter(None, (insured.given, insured.patronymic)))
    return "\n".join(filter(None, (insured.surname, own)))


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day, "dd.MM.yyyy")


def _moment(here: datetime, language: str) -> str:
    """Tell the minute, and the city whose time it is."""
    return format_datetime(here, "dd.MM.yyyy, HH:mm (VVV)", locale=language)


def _grouped(digits: str) -> str:
    groups = (digits[at : at + _ENP_GROUP] for at in range(0, len(digits), _ENP_GROUP))
    return "\N{NO-BREAK SPACE}".join(groups)


def _snils(digits: str) -> str:
    if not digits:
        return ""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]}\N{NO-BREAK SPACE}{digits[9:]}"


def _address(public_url: str) -> str:
    """Write the page's address as people type it."""
    parts = urlsplit(public_url)
    return f"{parts.netloc}{parts.path}".rstrip("/") + "/verify"
