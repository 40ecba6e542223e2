"""The messengers that can be tried out: each with its server, and how the assistant finds it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.kit import max as of_max
from tests.kit import telegram, whatsapp

PERSON: Final = "анна"
"""Whoever sits at the keyboard, by the servers' name for them."""

_PHONE: Final = "79000000001"  # of the demonstration's Анна Смирнова, so that she can be proven


@dataclass(frozen=True, slots=True)
class Trial:
    """One messenger on trial.

    ``opens`` says whether a chat begins with a press of «Start»; elsewhere the person has to
    write first. ``settings`` are ``POLIS_…`` variables, given the server.
    """

    title: str
    server: Callable[[str], Any]
    settings: Callable[[Any], Mapping[str, str]]
    opens: bool


def invite(server: Any, language: str) -> None:
    """Let the person have the messenger, in a language where the messenger tells it."""
    person = server.person(PERSON, name="Анна", phone=_PHONE)
    if hasattr(person, "language"):
        person.language = language


def _telegram(server: telegram.TelegramServer) -> Mapping[str, str]:
    return {"POLIS_TELEGRAM_TOKEN": telegram.TOKEN, "POLIS_TELEGRAM_API_URL": server.url}


def _whatsapp(server: whatsapp.WhatsAppServer) -> Mapping[str, str]:
    return {
        "POLIS_WHATSAPP_TOKEN": whatsapp.TOKEN,
        "POLIS_WHATSAPP_PHONE_NUMBER_ID": whatsapp.PHONE_NUMBER_ID,
        "POLIS_WHATSAPP_APP_SECRET": whatsapp.APP_SECRET,
        "POLIS_WHATSAPP_VERIFY_TOKEN": whatsapp.VERIFY_TOKEN,
        "POLIS_WHATSAPP_API_URL": server.url,
    }


def _max(server: of_max.MaxServer) -> Mapping[str, str]:
    return {"POLIS_MAX_TOKEN": of_max.TOKEN, "POLIS_MAX_API_URL": server.url}


TRIALS: Final[Mapping[str, Trial]] = {
    "telegram": Trial("Telegram", lambda _: telegram.TelegramServer(), _telegram, opens=True),
    "whatsapp": Trial(
        "WhatsApp", lambda reach: whatsapp.WhatsAppServer(reach=reach), _whatsapp, opens=False
    ),
    "max": Trial("MAX", lambda _: of_max.MaxServer(), _max, opens=True),
}
"""By the published names of channels."""
