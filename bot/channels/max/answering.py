"""How a press is answered: what has done its work goes, and what was chosen stays; pure.

MAX waits for an answer to every press, and an answer that edits must give the whole text
again, so the small print is found by the look that MAX reports for it.
"""

from typing import Final

from bot.channels.lasting import after_press
from bot.channels.max import wire
from bot.channels.max.reading import Press
from bot.channels.max.writing import LONGEST_TEXT, keyboard, marked_up
from bot.channels.splitting import utf16
from dialogs.effects import Button
from dialogs.json import Json
from dialogs.words import Words

_SMALL: Final = "emphasized"


def answer(press: Press, words: Words) -> dict[str, Json]:
    """Write the answer to a press; a notice in passing where there is nothing to edit."""
    body = press.message.body if press.message else None
    if body is None:
        return {"notification": words("messenger.pressed")}
    keys = _keys(body)
    label = next((one.label for row in keys for one in row if one.code == press.code), "")
    kept = after_press(keys, press.code)
    text = (body.text or "").strip()
    html = _shown(text, body)
    if kept == keys or not text or _holds_more(body) or utf16(html) > LONGEST_TEXT:
        return {"notification": f"✓ {label}" if label else words("messenger.pressed")}
    chosen = f"{html}\n\n✓ {marked_up(label)}"
    is_told = label and utf16(chosen) <= LONGEST_TEXT
    left: list[Json] = [keyboard(kept)] if any(kept) else []
    message: Json = {
        "text": chosen if is_told else html,
        "format": "html",
        "attachments": left,
    }
    return {"message": message}


def _holds_more(body: wire.Body) -> bool:
    """Tell whether something beside buttons hangs on the message, which editing would remove."""
    hanging = wire.each(body.attachments, wire.Attachment)
    return any(one.type != "inline_keyboard" for one in hanging)


def _shown(text: str, body: wire.Body) -> str:
    """Write the text as it looked: the last paragraph leans when there was small print."""
    has_small = any(one.type == _SMALL for one in wire.each(body.markup, wire.Markup))
    words, _, note = text.rpartition("\n\n") if has_small else (text, "", "")
    return marked_up(words, note)


def _keys(body: wire.Body) -> list[list[Button]]:
    """Read the buttons under a message of ours; one that asks for the number goes with the rest."""
    return [
        [Button(key.payload, key.text.strip()) for key in row if key.type == "callback"]
        for keys in wire.each(body.attachments, wire.Keyboard)
        for row in keys.payload.buttons
    ]
