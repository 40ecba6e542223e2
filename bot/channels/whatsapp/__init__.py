"""WhatsApp, by its Cloud API: calls of our own over HTTP, and a webhook that is signed."""

from bot.channels.base import Surroundings
from bot.channels.whatsapp.messenger import WhatsApp
from bot.channels.whatsapp.settings import Approved, Templates, WhatsAppSettings

__all__ = ["Approved", "Templates", "WhatsApp", "WhatsAppSettings", "build"]


def build(settings: WhatsAppSettings, surroundings: Surroundings) -> WhatsApp:
    """Build the messenger; raises `ValueError` for settings that cannot be used."""
    needed = {
        "TOKEN": settings.token,
        "PHONE_NUMBER_ID": settings.phone_number_id,
        "APP_SECRET": settings.app_secret,
        "VERIFY_TOKEN": settings.verify_token,
    }
    missing = [name for name, value in needed.items() if not value.strip()]
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    return WhatsApp(settings, surroundings)
