"""WhatsApp's Cloud API on loopback, and the people who write to the business's number."""

from tests.kit.whatsapp.server import (
    APP_SECRET,
    PHONE_NUMBER_ID,
    TOKEN,
    VERIFY_TOKEN,
    WhatsAppServer,
)

__all__ = ["APP_SECRET", "PHONE_NUMBER_ID", "TOKEN", "VERIFY_TOKEN", "WhatsAppServer"]
