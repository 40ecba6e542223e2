"""Commands of the bot's menu: each is a button that needs no message above it."""

import re
from collections.abc import Mapping
from typing import Final

from dialogs.buttons import encode
from dialogs.identity_meanings import ToPeople
from dialogs.incoming import Incoming, Opened, Pressed, Said
from dialogs.meanings import (
    AllTopics,
    Cancel,
    Meaning,
    ToApplications,
    ToLanguage,
    ToMenu,
    ToPerson,
)
from dialogs.notices.meanings import StopNotices, ToNotices

_MEANINGS: Final[Mapping[str, Meaning]] = {
    "menu": ToMenu(),
    "topics": AllTopics(),
    "applications": ToApplications(),
    "people": ToPeople(),
    "person": ToPerson(),
    "cancel": Cancel(),
    "stop": StopNotices(),
    "notices": ToNotices(),
    "russian": ToLanguage("ru"),
    "english": ToLanguage("en"),
    "help": ToMenu(),
}
"""By name; names stay in people's chats for ever, so none gets another meaning."""

_OTHER_LANGUAGE: Final = {"ru": "english", "en": "russian"}
_COMMAND: Final = re.compile(r"/(?P<name>[a-z0-9_]{1,32})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_.-]{0,64}")  # what a deep link may carry


def heard(text: str) -> Incoming:
    """Say what a text does: a command what it stands for, anything else what it says."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Said(text)
    if found["name"] == "start":
        payload = found["rest"] or ""
        return Opened(payload if _PAYLOAD.fullmatch(payload) else "")
    meaning = _MEANINGS.get(found["name"])
    return Pressed(encode(meaning)) if meaning and not found["rest"] else Said(text)


def menu(language: str) -> tuple[str, ...]:
    """List the commands to be shown to people of a language."""
    names = ("menu", "topics", "applications", "people", "person", "cancel")
    return (*names, _OTHER_LANGUAGE[language])
