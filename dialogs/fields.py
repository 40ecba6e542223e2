"""Kinds of answers: each reads, checks, keeps as plain JSON and shows one kind."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from dialogs.incoming import Attached, Incoming, Said
from dialogs.json import Json
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer is refused: the id of a text, such as ``future``."""

    id: str


@dataclass(frozen=True, slots=True)
class More:
    """The answer is not complete yet; ``value`` is what has been collected so far."""

    value: Json


@dataclass(frozen=True, slots=True)
class Asking:
    """What a field may know while it reads.

    ``key`` is the path of the step's texts, ``so_far`` what has been collected for it,
    ``now`` the aware time of the turn.
    """

    key: str
    words: Words
    now: datetime
    so_far: Json = None


class Field(ABC):
    """One kind of answer; ``greedy`` kinds would take any text at all."""

    greedy: bool = False

    @abstractmethod
    def read(self, incoming: Incoming, asking: Asking) -> Json | More | Problem:
        """Read an answer from what happened, or say what is wrong with it."""

    @abstractmethod
    def accepts(self, value: Json) -> bool:
        """Tell whether a stored answer is still one of this kind."""

    @abstractmethod
    def show(self, value: Json, asking: Asking) -> str:
        """Write a stored answer for the person."""

    def choices(self) -> tuple[str, ...]:
        """Return the values offered as buttons, if the kind has such."""
        return ()

    def chosen(self, value: str, asking: Asking) -> Json | More | Problem:
        """Read the press of a choice."""
        del asking
        return value if value in self.choices() else Problem("choice")


class Choice(Field):
    """One of a few values; their labels are the texts ``<step>.choice.<value>``."""

    def __init__(self, *values: str) -> None:
        self._values = values

    def read(self, incoming: Incoming, asking: Asking) -> Json | More | Problem:
        """Understand a synonym; numbers and labels are read before the field is asked."""
        if isinstance(incoming, Said):
            said = incoming.text.strip().casefold()
            for value in self._values:
                if said in asking.words.options(f"{asking.key}.choice.{value}.options"):
                    return value
        return Problem("choice")

    def accepts(self, value: Json) -> bool:
        """Tell whether the value is still offered."""
        return value in self._values

    def show(self, value: Json, asking: Asking) -> str:
        """Write the label of the value."""
        return asking.words(f"{asking.key}.choice.{value}")

    def choices(self) -> tuple[str, ...]:
        """Return the values in the order of the form."""
        return self._values


class Text(Field):
    """Free words of at most ``max`` characters."""

    greedy = True

    def __init__(self, max: int = 200) -> None:  # noqa: A002 — reads best in a form
        self._max = max

    def read(self, incoming: Incoming, asking: Asking) -> Json | More | Problem:
        """Take any words that are not too long."""
        del asking
        if not isinstance(incoming, Said) or not incoming.text.strip():
            return Problem("text")
        text = " ".join(incoming.text.split())
        return text if len(text) <= self._max else Problem("long")

    def accepts(self, value: Json) -> bool:
        """Tell whether the words still fit."""
        return isinstance(value, str) and 0 < len(value) <= self._max

    def show(self, value: Json, asking: Asking) -> str:
        """Write the words as they are."""
        del asking
        return str(value)


_DAY = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")


class PastDate(Field):
    """A day that is not in the future, kept as ``YYYY-MM-DD``."""

    def read(self, incoming: Incoming, asking: Asking) -> Json | More | Problem:
        """Read day, month and year."""
        if not isinstance(incoming, Said):
            return Problem("date")
        found = _DAY.fullmatch(incoming.text.strip())
        if not found:
            return Problem("date")
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return Problem("date")
        return day.isoformat() if day <= asking.now.date() else Problem("future")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a day."""
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def show(self, value: Json, asking: Asking) -> str:
        """Write the day in words."""
        return asking.words.day(date.fromisoformat(cast("str", value)))


class Photos(Field):
    """Up to ``at_most`` files, ended by the choice ``done``; kept as a list of their ids."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most

    def read(self, incoming: Incoming, asking: Asking) -> Json | More | Problem:
        """Collect files until there are enough."""
        if not isinstance(incoming, Attached) or not all(file.id for file in incoming.files):
            return Problem("photo")
        files = [*_files(asking.so_far), *(file.id for file in incoming.files)]
        return list(files) if len(files) >= self._at_most else More(list(files))

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a list of files of a fitting length."""
        return isinstance(value, list) and 0 < len(value) <= self._at_most

    def show(self, value: Json, asking: Asking) -> str:
        """Say how many there are."""
        return asking.words("form.files", count=len(_files(value)))

    def choices(self) -> tuple[str, ...]:
        """Offer to end the collection."""
        return ("done",)

    def chosen(self, value: str, asking: Asking) -> Json | More | Problem:
        """End the collection, if there is something in it."""
        files = _files(asking.so_far)
        return list(files) if value == "done" and files else Problem("photo")


def _files(value: Json) -> list[str]:
    return [str(file) for file in value] if isinstance(value, list) else []
