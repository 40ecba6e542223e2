"""Telegram's HTML mode, refused where its own parser refuses.

Rules and words after ``parse_html`` of tdlib/td, ``td/telegram/MessageEntity.cpp``.
"""

import re
from html import unescape
from typing import Final

from tests.kit.loopback import Refused

_BOLD_AND_THE_LIKE: Final = {"b", "strong", "i", "em", "s", "strike", "del", "u", "ins"}
_OTHERS: Final = {"a", "tg-spoiler", "tg-emoji", "tg-time", "span", "pre", "code", "blockquote"}
_TAGS: Final = _BOLD_AND_THE_LIKE | _OTHERS
_NAME: Final = re.compile(r"[^\s>]*")
_ATTRIBUTE: Final = re.compile(r"\s*([^\s=>]+)\s*(?:=\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9.-]+))?")
_ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def plain(text: str) -> str:
    """Return what a person reads, or raise `Refused` with Telegram's words."""
    out: list[str] = []
    open_tags: list[str] = []
    place = 0
    while place < len(text):
        if text[place] == "&":
            place = _entity(text, place, out)
        elif text[place] != "<":
            out.append(text[place])
            place += 1
        elif text.startswith("</", place):
            place = _end(text, place, open_tags)
        else:
            place = _start(text, place, open_tags)
    if open_tags:
        raise _bad(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(out)


def _entity(text: str, place: int, out: list[str]) -> int:
    """Decode a known entity; any other ampersand stands for itself."""
    if found := _ENTITY.match(text, place):
        out.append(unescape(found[0]))
        return found.end()
    out.append("&")
    return place + 1


def _start(text: str, place: int, open_tags: list[str]) -> int:
    found = _NAME.match(text, place + 1)
    tag = found[0].lower()
    if found.end() >= len(text):
        raise _bad(f"Unclosed start tag at byte offset {_offset(text, place)}")
    if tag not in _TAGS:
        raise _bad(f'Unsupported start tag "{tag}" at byte offset {_offset(text, place)}')
    at, attributes = found.end(), {}
    while (at := _skip_spaces(text, at)) < len(text) and text[at] != ">":
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None or attribute.end() == at:
            where = _offset(text, place)
            raise _bad(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        attributes[attribute[1].lower()] = (attribute[2] or "").strip("\"'")
        at = attribute.end()
    if at >= len(text):
        raise _bad(f"Unclosed start tag at byte offset {_offset(text, place)}")
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        where = _offset(text, place)
        raise _bad(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    open_tags.append(tag)
    return at + 1


def _end(text: str, place: int, open_tags: list[str]) -> int:
    where = _offset(text, place)
    if not open_tags:
        raise _bad(f"Unexpected end tag at byte offset {where}")
    found = _NAME.match(text, place + 2)
    at = _skip_spaces(text, found.end())
    if at >= len(text) or text[at] != ">":
        raise _bad(f"Unclosed end tag at byte offset {where}")
    expected, tag = open_tags.pop(), found[0].lower()
    if tag and tag != expected:
        raise _bad(
            f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{tag}>"'
        )
    return at + 1


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _offset(text: str, place: int) -> int:
    return len(text[:place].encode())


def _bad(reason: str) -> Refused:
    return Refused(400, f"Bad Request: can't parse entities: {reason}")
