"""Choices as WhatsApp shows them: three buttons, else a list of ten, else more lists; pure.

Limits are those of Meta's description of interactive messages. A list has no second page, so
what is left follows in a further list: nothing has to be remembered, every row keeps its own
code, and numbers go on counting (docs/decisions/0012-whatsapp-and-max.md).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.channels.splitting import shorten, split, utf16
from dialogs.effects import Button
from dialogs.json import Json
from dialogs.words import Words

MOST_BUTTONS: Final = 3
MOST_ROWS: Final = 10
LONGEST_BODY: Final = 1024

_BUTTON: Final = 20
_ROW: Final = 24
_DESCRIPTION: Final = 72


def offer(text: str, buttons: Sequence[Button], words: Words) -> Iterator[Json]:
    """Write the ``interactive`` parts that offer all choices; the text fits a body."""
    choices = [Button(code, _line(label)) for code, label in _once(buttons)]
    if len(choices) <= MOST_BUTTONS and all(utf16(one.label) <= _BUTTON for one in choices):
        titles = {one.label for one in choices}
        if len(titles) == len(choices):
            yield _buttons(text, choices)
            return
    for first in range(0, len(choices), MOST_ROWS):
        body = text if first == 0 else words("messenger.more_choices")
        yield _list(body, choices[first : first + MOST_ROWS], words)


def _once(buttons: Sequence[Button]) -> Iterator[tuple[str, str]]:
    """Leave out a code that comes twice; WhatsApp refuses the whole message for it."""
    return iter({one.code: one.label for one in buttons}.items())


def _line(label: str) -> str:
    return " ".join(label.split()) or "…"


def _buttons(text: str, choices: Sequence[Button]) -> Json:
    replies: list[Json] = [
        {"type": "reply", "reply": {"id": one.code, "title": one.label}} for one in choices
    ]
    return {"type": "button", "body": {"text": text}, "action": {"buttons": replies}}


def _list(text: str, choices: Sequence[Button], words: Words) -> Json:
    opening = shorten(words("messenger.choose"), _BUTTON)
    sections: list[Json] = [{"rows": [_row(one) for one in choices]}]
    return {
        "type": "list",
        "body": {"text": text},
        "action": {"button": opening, "sections": sections},
    }


def _row(choice: Button) -> Json:
    """Write a row; a long label goes on in its description."""
    title = split(choice.label, _ROW)[0]
    rest = choice.label.removeprefix(title).strip()
    if not rest:
        return {"id": choice.code, "title": title}
    return {"id": choice.code, "title": title, "description": shorten(rest, _DESCRIPTION)}
