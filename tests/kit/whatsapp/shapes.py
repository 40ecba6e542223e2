"""Shapes of outgoing messages, as Meta's OpenAPI file v23.0 gives them, with their limits."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.kit.screens import Key, Shown
from tests.kit.whatsapp.chats import DOCUMENTS, Chats
from tests.kit.whatsapp.refusals import no_media, refused

HEAD: Final = {"messaging_product", "recipient_type", "to", "recipient", "type", "context"}
_MEDIA: Final = {
    "image": {"image/jpeg", "image/png"},
    "document": DOCUMENTS,
    "audio": {"audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"},
    "video": {"video/mp4", "video/3gpp"},
    "sticker": {"image/webp"},
}
_LONGEST_TEXT: Final = 4096
_LONGEST_BODY: Final = 1024


def keys(what: Any, name: str, needed: Sequence[str], allowed: Sequence[str] = ()) -> Any:
    """Refuse an object that lacks something, or has something that nobody knows."""
    if not isinstance(what, Mapping):
        raise refused(100, f"Param {name} must be a JSON object.")
    for key in needed:
        if key not in what:
            raise refused(131008, f"The parameter {name}['{key}'] is required.")
    for key in what:
        if key not in {*needed, *allowed}:
            raise refused(100, f'Unexpected key "{key}" on param "{name}"')
    return what


def text(what: Any, name: str, longest: int, shortest: int = 1) -> str:
    """Refuse a text that is none, or too short or long."""
    if not isinstance(what, str):
        raise refused(100, f"Param {name} must be a string.")
    if len(what) > longest and name.endswith("['body']"):
        raise refused(100, f"Param {name} must be at most {longest} characters long.")
    if not shortest <= len(what.strip()) or len(what) > longest:
        raise refused(
            131009, f"{name} length invalid. Min length: {shortest}, Max length: {longest}"
        )
    return what


def text_message(chats: Chats, what: Any) -> Shown:
    """Read ``text``."""
    keys(what, "text", ["body"], ["preview_url"])
    return Shown("", "bot", text(what["body"], "text['body']", _LONGEST_TEXT))


def media_message(chats: Chats, kind: str, what: Any) -> Shown:
    """Read a picture, a document, a sound."""
    allowed = [] if kind in {"audio", "sticker"} else ["caption"]
    allowed += ["filename"] if kind == "document" else []
    allowed += ["voice"] if kind == "audio" else []
    if not isinstance(what, Mapping) or ("id" in what) == ("link" in what):
        raise refused(131009, f"Exactly one of {kind}['id'] and {kind}['link'] is expected.")
    given = "id" if "id" in what else "link"
    keys(what, kind, [given], allowed)
    caption = text(what.get("caption", ""), f"{kind}['caption']", _LONGEST_BODY, 0)
    if given == "link":
        if not str(what["link"]).startswith("https://"):
            raise refused(131009, f"{kind}['link'] is not a valid URI.")
        return Shown("", "bot", caption, file=(what["link"], b""), kind=kind)
    media = chats.media.get(what["id"])
    if media is None:
        raise no_media(f"{kind}['id']", was_there=what["id"] in chats.lapsed)
    if media.kind not in _MEDIA[kind]:
        raise refused(131053, f"{media.kind} cannot be sent as {kind}.")
    return Shown("", "bot", caption, file=(what.get("filename", ""), media.content), kind=kind)


def interactive_message(chats: Chats, what: Any) -> Shown:
    """Read buttons, a list, or a button that opens an address."""
    keys(what, "interactive", ["type", "body", "action"], ["header", "footer"])
    keys(what["body"], "interactive['body']", ["text"])
    body = text(what["body"]["text"], "Body text", _LONGEST_BODY)
    header = _header(chats, what) if "header" in what else ("", None)
    footer = ""
    if "footer" in what:
        keys(what["footer"], "interactive['footer']", ["text"])
        footer = text(what["footer"]["text"], "Footer text", 60)
    match what["type"]:
        case "button":
            rows = _buttons(what["action"])
        case "list":
            if header[1]:
                raise refused(131009, "The header of a list may only be text.")
            rows = _list(what["action"])
        case "cta_url":
            rows = _address(what["action"])
        case other:
            raise refused(131009, f"interactive['type'] {other} is not supported.")
    shown = "\n\n".join(filter(None, (header[0], body, footer)))
    return Shown("", "bot", shown, rows, header[1], kind=f"interactive {what['type']}")


def _header(chats: Chats, what: Any) -> tuple[str, tuple[str, bytes] | None]:
    header = what["header"]
    kind = header.get("type") if isinstance(header, Mapping) else None
    if kind not in {"text", "image", "document", "video"}:
        raise refused(131009, "header['type'] is not supported.")
    keys(header, "interactive['header']", ["type", kind])
    if kind == "text":
        return text(header["text"], "Header text", 60), None
    return "", media_message(chats, kind, header[kind]).file


def _buttons(action: Any) -> tuple[tuple[Key, ...], ...]:
    keys(action, "interactive['action']", ["buttons"])
    if not 1 <= len(action["buttons"]) <= 3:
        raise refused(131009, "Invalid buttons count. Min allowed buttons: 1, Max: 3")
    shown = []
    for button in action["buttons"]:
        keys(button, "button", ["type", "reply"])
        keys(button["reply"], "button['reply']", ["id", "title"])
        title = text(button["reply"]["title"], "Button title", 20)
        shown.append(Key(title, _name(button["reply"]["id"], 256)))
    _unique(shown)
    return (tuple(shown),)


def _list(action: Any) -> tuple[tuple[Key, ...], ...]:
    keys(action, "interactive['action']", ["button", "sections"])
    text(action["button"], "Button", 20)
    sections = action["sections"]
    if not 1 <= len(sections) <= 10:
        raise refused(131009, "Total section count exceeds the allowed number: 10")
    shown = []
    for section in sections:
        keys(section, "section", ["rows"], ["title"])
        if len(sections) > 1 and "title" not in section:
            raise refused(131009, "Section title is required when there are several sections.")
        if "title" in section:
            text(section["title"], "Section title", 24)
        for row in section["rows"]:
            keys(row, "row", ["id", "title"], ["description"])
            hint = text(row.get("description", ""), "Row description", 72, 0)
            title = text(row["title"], "Row title", 24)
            shown.append(Key(title, _name(row["id"], 200), hint=hint))
    if not 1 <= len(shown) <= 10:
        raise refused(131009, "Total row count exceed max allowed count: 10")
    _unique(shown, titles=False)
    return tuple((key,) for key in shown)


def _address(action: Any) -> tuple[tuple[Key, ...], ...]:
    keys(action, "interactive['action']", ["name", "parameters"])
    keys(action["parameters"], "parameters", ["display_text", "url"])
    label = text(action["parameters"]["display_text"], "Display text", 20)
    url = action["parameters"]["url"]
    if not str(url).startswith(("https://", "http://")):
        raise refused(131009, "parameters['url'] is not a valid URI.")
    return ((Key(label, url, "link"),),)


def _name(what: Any, longest: int) -> str:
    name = text(what, "Id", longest)
    if name != name.strip():
        raise refused(131009, "An id may not begin or end with spaces.")
    return name


def _unique(shown: Sequence[Key], *, titles: bool = True) -> None:
    if len({key.data for key in shown}) < len(shown):
        raise refused(131009, "Duplicated id.")
    if titles and len({key.label for key in shown}) < len(shown):
        raise refused(131009, "Duplicated title.")
