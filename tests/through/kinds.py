"""Phones of many people on one messenger: the same deeds on each, and what stands on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.texts import LANGUAGES, read_words
from tests.kit.loopback import Loopback
from tests.kit.max import TOKEN as MAX_TOKEN
from tests.kit.max import MaxServer
from tests.kit.screens import Shown
from tests.kit.telegram import TOKEN as TELEGRAM_TOKEN
from tests.kit.telegram import TelegramServer
from tests.kit.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, VERIFY_TOKEN, WhatsAppServer

OUTSIDE: Final = "https://polis.example"
_SECRET: Final = "a-secret-of-the-webhook"
_FURTHER: Final = frozenset(read_words(one)("messenger.more_choices") for one in LANGUAGES)

Settings: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A messenger in one of its modes: its server, our settings for it, people's addresses."""

    channel: str
    server: Callable[..., Any]
    settings: Callable[[Loopback], Settings]
    address: Callable[[Any], str]


def _telegram(mode: str) -> Kind:
    return Kind(
        "telegram",
        TelegramServer,
        lambda server: {
            "POLIS_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "POLIS_TELEGRAM_API_URL": server.url,
            "POLIS_TELEGRAM_MODE": mode,
            "POLIS_TELEGRAM_WEBHOOK_SECRET": _SECRET if mode == "webhook" else "",
        },
        lambda person: str(person.id),
    )


def _max(mode: str) -> Kind:
    return Kind(
        "max",
        MaxServer,
        lambda server: {
            "POLIS_MAX_TOKEN": MAX_TOKEN,
            "POLIS_MAX_API_URL": server.url,
            "POLIS_MAX_MODE": mode,
            "POLIS_MAX_WEBHOOK_SECRET": _SECRET if mode == "webhook" else "",
        },
        lambda person: str(person.id),
    )


KINDS: Final = {
    "telegram-polling": _telegram("polling"),
    "telegram-webhook": _telegram("webhook"),
    "whatsapp": Kind(
        "whatsapp",
        WhatsAppServer,
        lambda server: {
            "POLIS_WHATSAPP_TOKEN": TOKEN,
            "POLIS_WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "POLIS_WHATSAPP_APP_SECRET": APP_SECRET,
            "POLIS_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "POLIS_WHATSAPP_API_URL": server.url,
        },
        lambda person: person.address,
    ),
    "max-polling": _max("polling"),
    "max-webhook": _max("webhook"),
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
