"""What a line typed at the keyboard does in the messenger."""

import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from tests.kit.trying.messengers import PERSON
from tests.kit.trying.showing import Numbered

HELP: Final = """\
Type as you would write to it. Besides:
  !2              press button 2 of the newest message; !Label presses an older one
  @photo PATH     send a picture, by its path; words after the path are its caption
  @file PATH      send a file as it is
  @contact        share your phone        @block, @unblock  leave it, and come back
  /start f-loss   follow a link to an application, t-contacts to a topic
  @help           this again              Ctrl+C or Ctrl+D  end
"""


class CannotBe(Exception):
    """What was typed cannot be done here, with the reason in a sentence."""


def do(server: Any, line: str, numbered: Sequence[Numbered]) -> None:
    """Do what a line says, as the person; raises `CannotBe`."""
    command, _, given = line.partition(" ")
    given = given.strip()
    match command:
        case "@photo":
            path, caption = _named(given)
            _send(lambda: server.photo(PERSON, path.read_bytes(), caption), path)
        case "@file":
            path, caption = _named(given)
            _send(lambda: _document(server, path, caption), path)
        case "@contact":
            server.contact(PERSON)
        case "@block":
            server.block(PERSON)
        case "@unblock":
            server.unblock(PERSON)
        case "/start":
            server.start(PERSON, given)
        case _ if line.startswith("!"):
            _press(server, line[1:].strip(), numbered)
        case _ if line.strip():
            server.say(PERSON, line)


def _press(server: Any, what: str, numbered: Sequence[Numbered]) -> None:
    """Press by number what was shown last, or by label whatever is still on the screen."""
    if not what.isdecimal():
        _press_label(server, what)
        return
    if not 1 <= int(what) <= len(numbered):
        raise CannotBe(f"There is no button {what}.")
    message, key = numbered[int(what) - 1]
    if message is not None and not any(key in row for row in message.keys):
        raise CannotBe(f"«{key.label}» is no longer there.")
    if key.kind == "press" and server.screen(PERSON).find(key.label) != (message, key):
        server.press(PERSON, data=key.data, message=message.id)  # a newer one has the same label
    else:
        _press_label(server, key.label)


def _press_label(server: Any, label: str) -> None:
    screen = server.screen(PERSON)
    labels = {key.label for row in screen.keyboard for key in row}
    if label not in labels.union(*(one.labels for one in screen.said)):
        raise CannotBe(f"There is no button «{label}».")
    try:
        server.press(PERSON, label)
    except LookupError as error:  # a link: it opens something, and the bot hears nothing of it
        raise CannotBe(f"{error}.") from None


def _named(given: str) -> tuple[Path, str]:
    """Read a path, with spaces if there is such a file, and the caption after it."""
    if not given:
        raise CannotBe("Name the file: @photo PATH")
    if Path(given).expanduser().is_file():
        return Path(given).expanduser(), ""
    path, _, caption = given.partition(" ")
    return Path(path).expanduser(), caption.strip()


def _send(sending: Callable[[], object], path: Path) -> None:
    try:
        sending()
    except OSError as error:
        raise CannotBe(f"{path}: {error.strerror or 'this is no picture'}.") from None


def _document(server: Any, path: Path, caption: str) -> None:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    server.document(PERSON, path.name, path.read_bytes(), kind, caption)
