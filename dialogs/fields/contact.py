"""Ways to reach a person: phone and e-mail."""

import re

from dialogs.fields.base import Asking, Field, Problem, Reading, said
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.plain import digits

_RUSSIAN = re.compile(r"\+7(?![78]9)[3-9][0-9]{9}")
_FOREIGN = re.compile(r"\+(?!7)[1-9][0-9]{7,14}")
_ABROAD = re.compile(r"^(?:810|00)(?=[1-9])")  # how a call abroad begins without a plus
_NATIONAL = 10  # digits after +7

_ADDRESS = re.compile(
    r"(?P<name>[a-z0-9!#$%&*+/=?^_{|}~-]+(?:\.[a-z0-9!#$%&*+/=?^_{|}~-]+)*)"
    r"@(?P<domain>(?:[a-zа-яё0-9](?:[a-zа-яё0-9-]*[a-zа-яё0-9])?\.)+[a-zа-яё][a-zа-яё0-9-]*)",
    re.IGNORECASE,
)
_LONGEST_ADDRESS, _LONGEST_NAME = 254, 64  # characters, RFC 5321
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


class Phone(Field):
    """A phone with its country, kept as ``+79123456789``."""

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read a Russian number however it is spaced, or a foreign one after a plus."""
        del asking
        return read_phone(said(incoming))

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a number with its country."""
        return isinstance(value, str) and bool(
            _RUSSIAN.fullmatch(value) or _FOREIGN.fullmatch(value)
        )

    def show(self, value: Json, asking: Asking) -> str:
        """Write the number in groups; a foreign one as it is."""
        del asking
        return re.sub(r"^\+7(\d{3})(\d{3})(\d\d)(\d\d)$", r"+7 \1 \2-\3-\4", str(value))


class Email(Field):
    """An e-mail address, its domain kept in lower case."""

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read one address; whether it exists is not looked up."""
        del asking
        text = said(incoming).removeprefix("mailto:").strip("<>,;. ")
        if "@" not in text:
            return Problem("email.at" if text else "email")
        name, _, domain = text.rpartition("@")
        if _CYRILLIC.search(name) or (_CYRILLIC.search(domain) and _LATIN.search(domain)):
            return Problem("email.cyrillic")
        address = f"{name}@{domain.lower()}"
        return address if _is_address(address) else Problem("email")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is an address with its domain in lower case."""
        return isinstance(value, str) and _is_address(value)

    def show(self, value: Json, asking: Asking) -> str:
        """Write the address as it is."""
        del asking
        return str(value)


def read_phone(text: str) -> str | Problem:
    """Read a Russian number however it is spaced, or a foreign one after a plus."""
    number = digits(text)
    if not number:
        return Problem("phone")
    if re.match(r"\D*\+", text) and not number.startswith("7"):
        phone = f"+{number}"
        return phone if _FOREIGN.fullmatch(phone) else Problem("phone.foreign")
    return _russian(number)


def _russian(number: str) -> str | Problem:
    """Read the digits of a number dialled in Russia."""
    abroad = _ABROAD.sub("+", number)
    if abroad != number and len(number) > _NATIONAL + 1:
        return abroad if _FOREIGN.fullmatch(abroad) else Problem("phone.foreign")
    national = number[1:] if len(number) > _NATIONAL and number[0] in "78" else number
    if national == number and number.startswith(("79", "89")):
        return Problem("phone.short")  # a mobile number with its 8, one digit lost
    if len(national) != _NATIONAL:
        return Problem("phone.short" if len(national) < _NATIONAL else "phone.long")
    phone = f"+7{national}"
    return phone if _RUSSIAN.fullmatch(phone) else Problem("phone.code")


def _is_address(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    if not found or len(text) > _LONGEST_ADDRESS or len(found["name"]) > _LONGEST_NAME:
        return False
    return found["domain"] == found["domain"].lower()
