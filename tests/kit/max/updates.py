"""Updates on their way to the bot: by long polling with a marker, or to subscriptions."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from tests.kit.loopback import Refused
from tests.kit.max.bodies import bad
from tests.kit.postman import Letter, Postman, reached

KINDS: Final = frozenset(
    {
        "message_created",
        "message_callback",
        "message_edited",
        "message_removed",
        "bot_added",
        "bot_removed",
        "user_added",
        "user_removed",
        "bot_started",
        "bot_stopped",
        "dialog_cleared",
        "dialog_removed",
        "dialog_muted",
        "dialog_unmuted",
        "chat_title_changed",
    }
)
_GLANCE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Subscription:
    """A webhook: where, with which secret, for which kinds (none: all)."""

    url: str
    secret: str
    kinds: frozenset[str]


@dataclass(slots=True)
class Updates:
    """The queue of one bot; ``reach`` is where its outside address is on this machine."""

    postman: Postman
    violated: Callable[[str], None]
    reach: str = ""
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    waiting: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    _marker: int = 0
    _last: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
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

    def add(self, lane: str, update: dict[str, Any]) -> None:
        """Let something have happened; ``lane`` is the dialog whose order is kept."""
        if self.subscriptions:
            for one in self.subscriptions.values():
                self._bring(lane, one, update)
            return
        self._marker += 1
        self.waiting.append((self._marker, update))
        self._arrived.set()

    async def poll(self, marker: int, limit: int, seconds: int, kinds: str) -> dict[str, Any]:
        """Answer ``GET /updates``; a marker commits what came before it."""
        if self.subscriptions:
            self.violated("polled while a webhook is subscribed")
            raise Refused(400, "Webhook subscription is active", "updates.subscribed")
        if marker:
            self._last = [one for place, one in self.waiting if place <= marker] or self._last
            self.waiting = [(place, one) for place, one in self.waiting if place > marker]
            self.postman.told()
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.waiting and loop.time() < until:
            self._arrived.clear()
            try:
                async with asyncio.timeout(min(_GLANCE, until - loop.time())):
                    await self._arrived.wait()
            except TimeoutError:
                continue
        wanted = set(kinds.split(",")) if kinds else KINDS
        page = self.waiting[:limit]
        updates = [one for _, one in page if one["update_type"] in wanted]
        return {"updates": self._confused(updates), "marker": page[-1][0] if page else marker}

    def _confused(self, updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not self._random or self._random.random() >= self._share:
            return updates
        confused = [*self._last[-3:], *updates]
        self._random.shuffle(confused)
        return confused

    def subscribe(self, url: str, secret: str, kinds: list[str]) -> None:
        """Add a webhook, or change one; raises `Refused`."""
        address = urlsplit(url)
        if address.scheme != "https" or address.port not in {None, 443}:
            raise bad("url: https on port 443 is expected")
        if not secret:
            self.violated("a webhook without a secret: anybody could play MAX")
        elif not re.fullmatch(r"[A-Za-z0-9_-]{5,256}", secret):
            raise bad("secret: 5 to 256 characters of A-Z, a-z, 0-9, _ and - are expected")
        if unknown := set(kinds) - KINDS:
            raise bad(f"update_types: {min(unknown)} is unknown")
        self.subscriptions[url] = Subscription(url, secret, frozenset(kinds))
        while self.waiting:
            _, update = self.waiting.pop(0)
            self._bring("before", self.subscriptions[url], update)

    def _bring(self, lane: str, to: Subscription, update: dict[str, Any]) -> None:
        if to.kinds and update["update_type"] not in to.kinds:
            return
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if to.secret:
            headers["X-Max-Bot-Api-Secret"] = to.secret
        body = json.dumps(update, ensure_ascii=False).encode()
        self.postman.post(Letter(lane, reached(to.url, self.reach), body, headers))
