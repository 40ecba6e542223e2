"""Phones of many people on one messenger: the same deeds on each, and what stands on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.texts import LANGUAGES, read_words
from tests.kit.loopback import Loopback
from tests.kit.max import MaxServer
from tests.kit.screens import Shown
from tests.kit.telegram import TelegramServer
from tests.kit.whatsapp import WhatsAppServer
from tests.through.edges import receiving_by

_FURTHER: Final = frozenset(read_words(one)("messenger.more_choices") for one in LANGUAGES)

Settings: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A messenger in one of its modes: its server, our settings for it, people's addresses."""

    channel: str
    server: Callable[..., Any]
    settings: Callable[[Loopback], Settings]
    address: Callable[[Any], str]


def _moded(channel: str, server: Callable[..., Any], mode: str) -> Kind:
    settings = receiving_by(mode, channel)
    return Kind(
        channel, server, lambda one: {**one.settings(), **settings}, lambda one: str(one.id)
    )


KINDS: Final = {
    "telegram-polling": _moded("telegram", TelegramServer, "polling"),
    "telegram-webhook": _moded("telegram", TelegramServer, "webhook"),
    "whatsapp": Kind(
        "whatsapp", WhatsAppServer, WhatsAppServer.settings, lambda person: person.address
    ),
    "max-polling": _moded("max", MaxServer, "polling"),
    "max-webhook": _moded("max", MaxServer, "webhook"),
}


def confuse(server: Any, seed: int, share: float) -> None:
    """Have a share of what people do told twice, and out of order."""
    (server.webhook.postman if isinstance(server, WhatsAppServer) else server.updates).confuse(
        seed, share
    )


def do(server: Any, user: str, deed: str) -> None:
    """Do one thing on somebody's phone."""
    if deed == "/start":
        server.start(user)
    elif deed.startswith("["):
        server.press(user, deed[1:-1])
    else:
        server.say(user, deed)


def words(one: Shown) -> str:
    """Read the assistant's words of a message, without what was chosen under it since."""
    said = one.text.partition("\n\n✓ ")[0]
    return "" if said in _FURTHER else said
