"""Updates on their way to the bot: asked for by polling, or brought to a webhook."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from tests.kit.loopback import Refused
from tests.kit.postman import Letter, Postman, reached

# What never comes unless it is named.
_ON_REQUEST: Final = {"chat_member", "message_reaction", "message_reaction_count"}
_PORTS: Final = {None, 80, 88, 443, 8443}
_LONGEST_SECRET: Final = 256
_OTHER_POLLER: Final = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
_HOOKED: Final = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_FIRST: Final = 300_000_001


@dataclass(slots=True)
class Webhook:
    """Where updates are brought, and the secret that comes with them."""

    url: str = ""
    secret: str = ""


@dataclass(slots=True)
class Updates:
    """The queue of one bot.

    ``reach`` is where the bot's outside address really is on this machine: the webhook has to
    be an https address as Telegram demands, and is reached there. ``conflicts`` counts pollers
    that were sent away.
    """

    postman: Postman
    reach: str = ""
    allowed: frozenset[str] = frozenset()
    webhook: Webhook = field(default_factory=Webhook)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    conflicts: int = 0
    _next: int = _FIRST
    _last: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _poller: asyncio.Event | None = None
    _random: Random | None = None
    _share: float = 0.0

    def confuse(self, seed: int, share: float) -> None:
        """Hand a share of all updates over twice and out of order, in either mode."""
        self._random, self._share = Random(seed), share
        self.postman.confuse(seed, share)

    @property
    def idle(self) -> bool:
        """Whether the bot has taken everything."""
        return not self.waiting and self.postman.idle

    @property
    def polled(self) -> bool:
        """Whether somebody polls now."""
        return self._poller is not None

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Let something have happened; returns the update's id, 0 when the bot did not ask."""
        if (kind not in self.allowed) if self.allowed else (kind in _ON_REQUEST):
            return 0
        update = {"update_id": self._next, kind: content}
        self._next += 1
        if self.webhook.url:
            self._bring(update)
        else:
            self.waiting.append(update)
            self._arrived.set()
        return int(update["update_id"])

    async def poll(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """Answer getUpdates; a second poller sends the first one away. Raises `Refused`."""
        if self.webhook.url:
            self.conflicts += 1
            raise Refused(409, _HOOKED)
        if self._poller:
            self._poller.set()
        sent_away = self._poller = asyncio.Event()
        if offset > 0:
            self._last = [one for one in self.waiting if one["update_id"] < offset] or self._last
            self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
            self.postman.told()
        try:
            await self._something(sent_away, seconds)
        finally:
            if self._poller is sent_away:
                self._poller = None
        if sent_away.is_set():
            self.conflicts += 1
            raise Refused(409, _OTHER_POLLER)
        return self._confused(self.waiting[:limit])

    async def _something(self, sent_away: asyncio.Event, seconds: int) -> None:
        """Wait until there are updates, another poller comes, or the time is up."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.waiting and not sent_away.is_set() and loop.time() < until:
            self._arrived.clear()
            try:
                async with asyncio.timeout(min(0.2, until - loop.time())):
                    await self._arrived.wait()
            except TimeoutError:
                continue

    def _confused(self, updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not self._random or self._random.random() >= self._share:
            return updates
        confused = [*self._last[-3:], *updates]
        self._random.shuffle(confused)
        return confused

    def hook(self, url: str, secret: str) -> None:
        """Set the webhook; what has waited is brought to it. Raises `Refused`."""
        address = urlsplit(url)
        if url and address.scheme != "https":
            words = "bad webhook: An HTTPS URL must be provided for webhook"
            raise Refused(400, f"Bad Request: {words}")
        if url and address.port not in _PORTS:
            words = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            raise Refused(400, f"Bad Request: {words}")
        if len(secret) > _LONGEST_SECRET:
            raise Refused(400, "Bad Request: secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        if self._poller and url:
            self._poller.set()
        self.webhook = Webhook(url, secret)
        while url and self.waiting:
            self._bring(self.waiting.pop(0))

    def _bring(self, update: dict[str, Any]) -> None:
        """Bring one update; those of one chat wait for each other."""
        content = next(value for key, value in update.items() if key != "update_id")
        message = content.get("message", content)
        lane = str(message.get("chat", content.get("from"))["id"])
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        body = json.dumps(update, ensure_ascii=False).encode()
        self.postman.post(Letter(lane, reached(self.webhook.url, self.reach), body, headers))
