"""Bodies of outgoing messages, by MAX's schema 0.0.33: texts, attachments, keyboards."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import unescape
from typing import Any, Final

from tests.kit.loopback import Refused
from tests.kit.max.chats import Chats
from tests.kit.screens import Key, Shown

_LONGEST_TEXT: Final = 4000
_LONGEST_LABEL: Final = 128
_MOST_ATTACHMENTS: Final = 12
_MOST_ROWS, _MOST_IN_ROW, _MOST_BUTTONS = 30, 7, 210
_WIDE: Final = {"link", "open_app", "request_contact", "request_geo_location"}
_MOST_WIDE_IN_ROW: Final = 3
_ALONE: Final = {"file", "audio", "sticker", "contact"}
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^>]*>")
_MARKS: Final = re.compile(r"(\*\*|__|~~|\+\+|\^\^|\*|_|`)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_LINK: Final = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_BUTTON_FIELDS: Final = {
    "callback": {"payload": 1024},
    "clipboard": {"payload": 1024},
    "link": {"url": 2048},
    "message": {},
    "request_contact": {},
    "request_geo_location": {},
}
_KINDS: Final = {"callback": "press", "link": "link", "request_contact": "contact"}


def bad(message: str) -> Refused:
    """Refuse a body."""
    return Refused(400, message, "proto.payload")


def keys(what: Any, name: str, needed: Sequence[str], allowed: Collection[str] = ()) -> Any:
    """Refuse an object that lacks something, or has something that the schema does not know."""
    if not isinstance(what, Mapping):
        raise bad(f"{name} must be an object")
    for key in needed:
        if key not in what:
            raise bad(f"{name}.{key} is required")
    if unknown := set(what) - {*needed, *allowed}:
        raise bad(f"{name} has an unknown field {min(unknown)}")
    return what


def read(chats: Chats, body: Any) -> Shown:
    """Read a ``NewMessageBody`` into what a person sees; raises `Refused`."""
    keys(body, "body", [], ["text", "attachments", "link", "notify", "format"])
    text = body.get("text") or ""
    if len(text) > _LONGEST_TEXT:
        raise bad(f"text: size must be between 0 and {_LONGEST_TEXT}")
    attachments = body.get("attachments") or []
    if not text.strip() and not attachments:
        raise bad("Message must have text or attachments")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise bad("attachments: too many")
    kinds = [one.get("type") for one in attachments]
    if len(kinds) > 1 and (lonely := _ALONE & set(kinds)):
        raise bad(f"Must be only one {min(lonely)} attachment in message")
    shown = Shown("", "bot", _plain(text, body.get("format")))
    for attachment in attachments:
        _attach(chats, shown, attachment)
    return shown


def _attach(chats: Chats, shown: Shown, attachment: Any) -> None:
    keys(attachment, "attachment", ["type", "payload"])
    payload = attachment["payload"]
    match attachment["type"]:
        case "inline_keyboard":
            keys(payload, "payload", ["buttons"])
            shown.keys = keyboard(payload["buttons"])
        case "image":
            keys(payload, "payload", [], ["url", "token", "photos"])
            if len(payload) != 1 or "url" in payload:
                raise bad("payload: exactly one of token and photos is expected by the kit")
            tokens = [one["token"] for one in payload.get("photos", {}).values()]
            _file(chats, shown, "image", (tokens or [payload.get("token")])[0])
        case "file" | "video" | "audio":
            keys(payload, "payload", ["token"])
            _file(chats, shown, attachment["type"], payload["token"])
        case other:
            raise bad(f"attachment.type {other} is not known to the kit")


def _file(chats: Chats, shown: Shown, kind: str, token: Any) -> None:
    if token in chats.lapsed:  # how MAX words it is told nowhere; the code is presumed
        raise Refused(400, "attachment token has expired", "attachment.not.found")
    upload = next((one for one in chats.uploads.values() if one.token == token), None)
    if upload is None or upload.kind != kind:
        raise bad("attachment token is invalid")
    if not upload.arrived or upload.refusals:
        upload.refusals = max(0, upload.refusals - 1)
        words = f"Key: errors.process.attachment.{kind}.not.processed"
        raise Refused(400, words, "attachment.not.ready")
    shown.file, shown.kind = (upload.name, upload.content), kind


def keyboard(rows: Any) -> tuple[tuple[Key, ...], ...]:
    """Read a keyboard; raises `Refused`."""
    if not isinstance(rows, Sequence) or not 1 <= len(rows) <= _MOST_ROWS:
        raise bad(f"buttons: from 1 to {_MOST_ROWS} rows are expected")
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad(f"buttons: more than {_MOST_BUTTONS}")
    return tuple(_row(row) for row in rows)


def _row(row: Any) -> tuple[Key, ...]:
    wide = any(button.get("type") in _WIDE for button in row)
    if not 1 <= len(row) <= (_MOST_WIDE_IN_ROW if wide else _MOST_IN_ROW):
        raise bad("buttons: too many in a row")
    return tuple(_button(button) for button in row)


def _button(button: Any) -> Key:
    kind = button.get("type")
    if kind not in _BUTTON_FIELDS:
        raise bad(f"button.type {kind} is not known to the kit")
    limits = _BUTTON_FIELDS[kind]
    optional = {"intent"} if kind == "callback" else set()
    optional |= {"quick"} if kind == "request_geo_location" else set()
    keys(button, "button", ["type", "text", *limits], optional)
    if not 1 <= len(button["text"]) <= _LONGEST_LABEL:
        raise bad(f"button.text: size must be between 1 and {_LONGEST_LABEL}")
    for name, longest in limits.items():
        if not isinstance(button[name], str) or len(button[name]) > longest:
            raise bad(f"button.{name}: size must be between 0 and {longest}")
    if kind == "link" and not button["url"].startswith(("http://", "https://")):
        raise bad("button.url is not a URL")
    data = next((button[name] for name in limits), "")
    return Key(button["text"], data, _KINDS.get(kind, "text"))


def _plain(text: str, mode: Any) -> str:
    """Return what a person reads: MAX strips what it does not know, and refuses nothing."""
    match mode:
        case None:
            return text
        case "html":
            return unescape(_TAG.sub("", text))
        case "markdown":
            text = _LINK.sub(r"\1", text)
            while (plain := _MARKS.sub(r"\2", text)) != text:
                text = plain
            return re.sub(r"(?m)^(?:#|>) ", "", text)
    raise bad("format: markdown or html is expected")
