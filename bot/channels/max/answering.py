"""How a press is answered: its message stays, without the buttons, and tells what was chosen; pure.

MAX waits for an answer to every press, and an answer that edits must give the whole text
again, so the small print is found by the look that MAX reports for it.
"""

from typing import Final

from bot.channels.max import wire
from bot.channels.max.reading import Press
from bot.channels.max.writing import LONGEST_TEXT, marked_up
from bot.channels.splitting import utf16
from dialogs.json import Json
from dialogs.words import Words

_SMALL: Final = "emphasized"


def answer(press: Press, words: Words) -> dict[str, Json]:
    """Write the answer to a press; a notice in passing where there is nothing to edit."""
    body = press.message.body if press.message else None
    text = (body.text or "").strip() if body else ""
    if body is None or not text or _holds_more(body):
        return {"notification": words("messenger.pressed")}
    shown = _shown(text, body)
    told = f"{shown}\n\n✓ {marked_up(_label(press.code, body))}"
    fits = utf16(told) <= LONGEST_TEXT and _label(press.code, body)
    html = told if fits else shown
    if utf16(html) > LONGEST_TEXT:
        return {"notification": words("messenger.pressed")}
    return {"message": {"text": html, "format": "html", "attachments": []}}


def _holds_more(body: wire.Body) -> bool:
    """Tell whether something beside buttons hangs on the message, which editing would remove."""
    hanging = wire.each(body.attachments, wire.Attachment)
    return any(one.type != "inline_keyboard" for one in hanging)


def _shown(text: str, body: wire.Body) -> str:
    """Write the text as it looked: the last paragraph leans when there was small print."""
    has_small = any(one.type == _SMALL for one in wire.each(body.markup, wire.Markup))
    words, _, note = text.rpartition("\n\n") if has_small else (text, "", "")
    return marked_up(words, note)


def _label(code: str, body: wire.Body) -> str:
    """Find what stood on the pressed button."""
    for keyboard in wire.each(body.attachments, wire.Keyboard):
        for row in keyboard.payload.buttons:
            for key in row:
                if key.payload == code:
                    return key.text.strip()
    return ""
