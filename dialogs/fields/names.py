"""Names of people."""

from typing import Literal, TypeAlias

from dialogs import names
from dialogs.fields.base import Asking, Doubt, Field, Problem, Reading
from dialogs.fields.vocabulary import is_among, meanings
from dialogs.incoming import Incoming, Said
from dialogs.json import Json
from dialogs.names import Name
from dialogs.reading import fold

Part: TypeAlias = Literal["surname", "given", "patronymic"]


class FullName(Field):
    """Surname, given name and patronymic in one answer, kept as an object of the three.

    The patronymic may be absent. Where the person may be ``foreign``, Latin letters and
    other makes of names are taken: one name only, which then is the surname, or a given
    name that ends like a patronymic. Written in Cyrillic these are doubted.
    """

    greedy = True

    def __init__(self, *, foreign: bool = False) -> None:
        self._foreign = foreign

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read a whole name in any letter case; a missing part is asked about."""
        text = names.tidy(incoming.text) if isinstance(incoming, Said) else ""
        text, has_none = _without_patronymic(text, asking)
        problem = names.fault(text, foreign=self._foreign)
        if problem:
            return Problem(problem)
        if _is_not_name(text, asking):
            return Problem("name")
        name = names.split(text)
        if name is None:
            return Problem("name.split")
        name = Name(*map(names.spell, name))
        faults = (names.part_fault(part, foreign=self._foreign) for part in name if part)
        problem = next(filter(None, faults), None)
        return Problem(problem) if problem else self._judge(name, has_none)

    def accepts(self, value: Json) -> bool:
        """Tell whether this is an object of three well-spelt parts."""
        if not isinstance(value, dict) or set(value) != set(Name._fields):
            return False
        parts = [value[part] for part in Name._fields]
        return bool(parts[0]) and all(
            part == "" or _is_spelt(part, foreign=self._foreign) for part in parts
        )

    def show(self, value: Json, asking: Asking) -> str:
        """Write the name in one line, with commas where its parts could not be told apart."""
        del asking
        parts = [str(value[part]) for part in Name._fields] if isinstance(value, dict) else []
        present = [part for part in parts if part]
        line = " ".join(present)
        return line if names.split(line) == Name(*present) else ", ".join(present)

    def _judge(self, name: Name, has_none: bool) -> Reading:
        """Take the name, or ask about the part that is not there."""
        value: Json = dict(name._asdict())
        if name.patronymic:
            return value
        if not name.given:
            return Doubt(value, "name.single") if self._foreign else Problem("name.one")
        if names.is_patronymic(name.given):
            return Doubt(value, "name.surname") if self._foreign else Problem("name.surname")
        is_meant = has_none or names.is_latin(name.surname)
        return value if is_meant else Doubt(value, "name.patronymic")


class NamePart(Field):
    """One part of a name, kept as text; an absent patronymic is the empty text."""

    greedy = True

    def __init__(self, part: Part, *, foreign: bool = False) -> None:
        self._part = part
        self._foreign = foreign

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read one part in any letter case; a whole name is noticed."""
        text = names.tidy(incoming.text) if isinstance(incoming, Said) else ""
        text = " ".join(text.split())  # one part is one line
        if self._part == "patronymic" and is_among(text, asking.words, "field.no_patronymic"):
            return ""
        problem = names.fault(text, foreign=self._foreign)
        if problem:
            return Problem(problem)
        if _is_not_name(text, asking):
            return Problem("name")
        if self._is_whole(text):
            return Problem("name.whole")
        part = names.spell(text)
        problem = names.part_fault(part, foreign=self._foreign)
        return Problem(problem) if problem else part

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a well-spelt part, or the absence of a patronymic."""
        if value == "":
            return self._part == "patronymic"
        return _is_spelt(value, foreign=self._foreign)

    def show(self, value: Json, asking: Asking) -> str:
        """Write the part, or that there is none."""
        return str(value) or asking.words("field.none")

    def _is_whole(self, text: str) -> bool:
        name = names.split(text)
        if name is None or name.patronymic:
            return True
        return bool(name.given) and names.is_patronymic(name.given)


def _is_spelt(part: Json, *, foreign: bool) -> bool:
    return (
        isinstance(part, str)
        and names.part_fault(part, foreign=foreign) is None
        and names.spell(part) == part
    )


def _is_not_name(text: str, asking: Asking) -> bool:
    """Tell whether some word of a question or a refusal is among the words."""
    return not set(fold(text).split()).isdisjoint(meanings(asking.words, "field.not_names"))


def _without_patronymic(text: str, asking: Asking) -> tuple[str, bool]:
    """Take off «без отчества» and the like; tell whether it was there."""
    words = text.split()
    for length in (2, 1):
        ending = " ".join(words[-length:])
        if len(words) > length and is_among(ending, asking.words, "field.no_patronymic"):
            # Said twice is said all the same.
            return _without_patronymic(" ".join(words[:-length]).rstrip(" ,;"), asking)[0], True
    return text, False
