"""What stands on the person's screen, in lines of a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from tests.kit.screens import Key, Screen, Shown

WIDTH: Final = 78
Numbered: TypeAlias = tuple[Shown | None, Key]
"""A button that has a number, and the message that it belongs to; none for a keyboard's own."""

_KEEPING: Final = {"link": "↗", "contact": "☎"}


class Eyes:
    """Somebody who looks at a screen again and again, and tells what is new on it.

    ``numbered`` are the buttons that were numbered last; files are laid into ``folder``.
    """

    def __init__(self, title: str, screen: Screen, folder: Path) -> None:
        self.numbered: tuple[Numbered, ...] = ()
        self._title = title
        self._screen = screen
        self._folder = folder
        self._seen: dict[str, str] = {}
        self._keyboard: Sequence[Sequence[Key]] = ()
        self._notices = 0

    def look(self) -> str:
        """Tell what has come, changed or gone since the last look; empty for nothing."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        screen = self._screen
        for message in screen.said:
            if message.id not in self._seen:
                yield from self._bubble(message)
            elif self._seen[message.id] != message.text:
                yield from self._bubble(message, ", edited")
        there = {one.id for one in screen.said}
        for name in [name for name in self._seen if name not in there]:
            yield f"  (deleted: «{self._seen.pop(name)[:40]}»)"
        for notice in screen.notices[self._notices :]:
            yield f"  (shown for a moment: «{notice}»)"
        self._notices = len(screen.notices)
        if screen.keyboard != self._keyboard:
            self._keyboard = screen.keyboard
            yield from self._keys(None, screen.keyboard, "⌨ ")

    def _bubble(self, message: Shown, how: str = "") -> Iterator[str]:
        self._seen[message.id] = message.text
        yield ""
        yield f"╭ {self._title}{how}"
        if message.file:
            yield f"│ {self._laid(message)}"
        for line in wrapped(message.text):
            yield f"│ {line}".rstrip()
        if message.keys:
            self.numbered = ()
        yield from self._keys(message, message.keys, "╰ ")

    def _keys(
        self, message: Shown | None, rows: Iterable[Sequence[Key]], lead: str
    ) -> Iterator[str]:
        """Give buttons the next numbers, row by row as they stand."""
        for row in rows:
            first = len(self.numbered) + 1
            self.numbered += tuple((message, key) for key in row)
            shown = [_button(number, key) for number, key in enumerate(row, first)]
            yield lead + " ".join(shown)
            lead = " " * len(lead)

    def _laid(self, message: Shown) -> str:
        """Lay a file where it can be opened, and say what it is."""
        name, content = message.file
        if not content:
            return f"▣ {message.kind}: {name}"
        place = self._folder / f"{len(self._seen)}-{Path(name).name or message.kind}"
        place.write_bytes(content)
        return f"▣ {message.kind}, {max(1, len(content) // 1024)} kB: {place}"


def wrapped(text: str) -> Iterator[str]:
    """Break long lines where a terminal should; addresses stay whole."""
    for line in text.splitlines():
        yield from textwrap.wrap(
            line, WIDTH - 2, break_long_words=False, break_on_hyphens=False
        ) or [""]


def _button(number: int, key: Key) -> str:
    where = f" {key.data}" if key.kind == "link" else ""
    hint = f" · {key.hint}" if key.hint else ""
    mark = f" {_KEEPING[key.kind]}" if key.kind in _KEEPING else ""
    return f"[!{number} {key.label}{hint}{mark}{where}]"
