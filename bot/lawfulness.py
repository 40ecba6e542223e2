"""What the law has to say of the channels that are on, for whoever starts the program."""

from typing import Final

from bot.settings import Settings

_FOREIGN: Final = ("telegram", "whatsapp")
"""Messengers of foreign owners, as the register of 149-ФЗ article 10 part 8 lists them."""

_NAMES: Final = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


def law(settings: Settings) -> list[str]:
    """Name the law in one line when personal data may go through a foreign messenger."""
    allowed = [
        name
        for name in settings.channel_names
        if name in _FOREIGN and settings.clearance(name) == "allow"
    ]
    if not allowed:
        return []
    named = " and ".join(_NAMES[name] for name in allowed)
    wanted = " and ".join(f"POLIS_PERSONAL_DATA_{name.upper()}=link" for name in allowed)
    told = f"The law (149-FZ article 10, 41-FZ of 2025) bars insurers from {named}"
    return [f"{told}: be sure that it does not apply to you, or set {wanted}."]
