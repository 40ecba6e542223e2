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
    write first.
    """

    title: str
    server: Callable[[str], Any]
    opens: bool


def invite(server: Any, language: str) -> None:
    """Let the person have the messenger, in a language where the messenger tells it."""
    person = server.person(PERSON, name="Анна", phone=_PHONE)
    if hasattr(person, "language"):
        person.language = language


TRIALS: Final[Mapping[str, Trial]] = {
    "telegram": Trial("Telegram", lambda _: telegram.TelegramServer(), opens=True),
    "whatsapp": Trial("WhatsApp", lambda reach: whatsapp.WhatsAppServer(reach=reach), opens=False),
    "max": Trial("MAX", lambda _: of_max.MaxServer(), opens=True),
}
"""By the published names of channels."""
