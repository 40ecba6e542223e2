"""Settings that cannot be right together: each is told in one line, and stops the start."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.settings import Settings

KNOWN: Final = ("web", "telegram", "whatsapp", "max")
"""The published names of channels."""

_SHORTEST_SECRET: Final = 16
_SHORTEST_FILES_KEY: Final = 32

# Bot API 10.3, setWebhook; MAX, POST /subscriptions; both are kept as headers.
_SECRETS: Final = {
    "telegram": re.compile(r"[A-Za-z0-9_-]{1,256}"),
    "max": re.compile(r"[A-Za-z0-9_-]{5,256}"),
}
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def contradiction(settings: Settings) -> str:
    """Tell the first thing that cannot be right, in one sentence; empty when all can."""
    return next(_contradictions(settings), "")


def _contradictions(settings: Settings) -> Iterator[str]:
    yield from _names(settings)
    yield from _addresses(settings)
    if settings.organisation and not settings.organisation_file.is_file():
        yield f"POLIS_ORGANISATION names {settings.organisation}, which is no file"
    if settings.secret and len(settings.secret) < _SHORTEST_SECRET:
        yield f"POLIS_SECRET is too short: {_SHORTEST_SECRET} characters at least"
    if any(len(key) < _SHORTEST_FILES_KEY for key in settings.files_keys):
        least = f"each key has {_SHORTEST_FILES_KEY} characters at least"
        yield f"POLIS_FILES_KEY is too short: {least}"
    names = settings.channel_names
    if "telegram" in names:
        yield from _telegram(settings)
    elif settings.telegram_forum:
        yield "POLIS_TELEGRAM_FORUM is set, but POLIS_CHANNELS does not name telegram"
    if "whatsapp" in names:
        yield from _whatsapp(settings)
    if "max" in names:
        yield from _max(settings)
    yield from _clearances(settings)


def _names(settings: Settings) -> Iterator[str]:
    for name in settings.channel_names:
        if name not in KNOWN:
            yield f"POLIS_CHANNELS names {name}; known: {', '.join(KNOWN)}"
    if not settings.channel_names:
        yield "POLIS_CHANNELS is empty; name at least one channel"


def _addresses(settings: Settings) -> Iterator[str]:
    addresses = (
        ("PUBLIC", settings.public_url),
        ("REGISTER", settings.register_url),
        ("SMS", settings.sms_url),
        ("TELEGRAM_API", settings.telegram_api_url),
        ("WHATSAPP_API", settings.whatsapp_api_url),
        ("MAX_API", settings.max_api_url),
    )
    for name, url in addresses:
        if url and not url.startswith(("http://", "https://")):
            yield f"POLIS_{name}_URL must begin with http:// or https://"


def _telegram(settings: Settings) -> Iterator[str]:
    if not settings.telegram_token:
        yield _lacking("TELEGRAM_TOKEN", "telegram")
    if not re.fullmatch(r"\d+:[\w-]+", settings.telegram_token, re.ASCII):
        yield "POLIS_TELEGRAM_TOKEN is no token: BotFather gives one such as 123456:AAE…"
    if settings.telegram_mode == "webhook":
        yield from _webhook(settings, "telegram", settings.telegram_webhook_secret)
    if settings.telegram_forum > 0:
        yield "POLIS_TELEGRAM_FORUM is no supergroup: its id begins with -100"


def _whatsapp(settings: Settings) -> Iterator[str]:
    needed = (
        ("TOKEN", settings.whatsapp_token),
        ("PHONE_NUMBER_ID", settings.whatsapp_phone_number_id),
        ("APP_SECRET", settings.whatsapp_app_secret),
        ("VERIFY_TOKEN", settings.whatsapp_verify_token),
    )
    for name, value in needed:
        if not value:
            yield _lacking(f"WHATSAPP_{name}", "whatsapp")
    if not re.fullmatch(r"v\d+\.\d+", settings.whatsapp_graph_version, re.ASCII):
        yield "POLIS_WHATSAPP_GRAPH_VERSION must look like v26.0"
    yield from _reachable(settings, "whatsapp")


def _max(settings: Settings) -> Iterator[str]:
    if not settings.max_token:
        yield _lacking("MAX_TOKEN", "max")
    if settings.max_mode == "webhook":
        yield from _webhook(settings, "max", settings.max_webhook_secret)


def _webhook(settings: Settings, channel: str, secret: str) -> Iterator[str]:
    name = f"POLIS_{channel.upper()}_WEBHOOK_SECRET"
    if not secret:
        yield f"{name} is missing, but POLIS_{channel.upper()}_MODE is webhook"
    if not _SECRETS[channel].fullmatch(secret):
        yield f"{name} may hold letters A-Z and a-z, digits, _ and - only, 5 to 256 of them"
    yield from _reachable(settings, channel)


def _reachable(settings: Settings, channel: str) -> Iterator[str]:
    """Messengers call over https only; a server of the same machine, as tests have, may do not."""
    api = getattr(settings, f"{channel}_api_url")
    if urlsplit(api).hostname in _LOOPBACK:
        return
    if not settings.public_url.startswith("https://"):
        yield f"{channel} calls the address POLIS_PUBLIC_URL, which must begin with https://"


def _clearances(settings: Settings) -> Iterator[str]:
    if settings.personal_data_web == "link":
        yield "POLIS_PERSONAL_DATA_WEB cannot be link: the link leads to the web chat"
    for channel in settings.channel_names:
        if settings.clearance(channel) == "link" and "web" not in settings.channel_names:
            yield (
                f"POLIS_PERSONAL_DATA_{channel.upper()} is link, but POLIS_CHANNELS does not name "
                "web, where the link leads"
            )


def _lacking(name: str, channel: str) -> str:
    return f"POLIS_{name} is missing, but POLIS_CHANNELS names {channel}"
