"""Delivering to a webhook: until it is taken, now and then twice, now and then out of order."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

_PATIENCE: Final = ClientTimeout(total=10)
_FIRST_PAUSE: Final = 0.05  # seconds; the real ones begin with one and grow to minutes
_LONGEST_PAUSE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One request to the webhook; ``lane`` is whose order is kept."""

    lane: str
    url: str
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)


@dataclass(slots=True)
class Postman:
    """Brings letters, each lane in its order and all lanes at once.

    ``accepts`` says which status counts as taken. ``taken`` and ``failed`` count deliveries;
    ``seconds`` holds how long each answer that counted was waited for. ``carried`` is given the
    body of each such answer.
    """

    tasks: asyncio.TaskGroup
    accepts: Callable[[int], bool]
    told: Callable[[], None]
    carried: Callable[[bytes], Awaitable[None]] | None = None
    taken: int = 0
    failed: int = 0
    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    _lanes: dict[str, deque[Letter]] = field(default_factory=dict)
    _random: Random | None = None
    _share: float = 0.0
    _session: ClientSession | None = None
    _running: set[asyncio.Task] = field(default_factory=set)

    def confuse(self, seed: int, share: float) -> None:
        """Bring a share of all letters twice, and let a share overtake the one before."""
        self._random, self._share = Random(seed), share

    @property
    def idle(self) -> bool:
        """Whether everything has been brought."""
        return not self._running

    def post(self, letter: Letter) -> None:
        """Take a letter to be brought."""
        lane = self._lanes.get(letter.lane)
        if lane is None:
            lane = self._lanes[letter.lane] = deque()
            task = self.tasks.create_task(self._bring(letter.lane, lane))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        lane.append(letter)
        if self._happens() and len(lane) > 1:
            lane[-1], lane[-2] = lane[-2], lane[-1]
        if self._happens():
            lane.append(letter)

    async def close(self) -> None:
        """Bring nothing more."""
        for task in self._running:
            task.cancel()
        if self._session:
            await self._session.close()

    def _happens(self) -> bool:
        return bool(self._random) and self._random.random() < self._share

    async def _bring(self, name: str, lane: deque[Letter]) -> None:
        pause = _FIRST_PAUSE
        while lane:
            letter = lane[0]
            if await self._hand_over(letter):
                lane.remove(letter)
                pause = _FIRST_PAUSE
                self.told()
            else:
                await asyncio.sleep(pause)
                pause = min(_LONGEST_PAUSE, pause * 2)
        del self._lanes[name]
        self.told()

    async def _hand_over(self, letter: Letter) -> bool:
        self._session = self._session or ClientSession(timeout=_PATIENCE)
        began = asyncio.get_running_loop().time()
        try:
            async with self._session.post(
                letter.url, data=letter.body, headers=letter.headers
            ) as answer:
                body = await answer.read()
                self.statuses.append(answer.status)
                taken = self.accepts(answer.status)
        except (ClientError, OSError, TimeoutError):
            taken = False
        if taken:
            self.taken += 1
            if self.carried and body:
                await self.carried(body)
            self.seconds.append(asyncio.get_running_loop().time() - began)
        else:
            self.failed += 1
        return taken


def reached(url: str, reach: str) -> str:
    """Find an outside address on this machine."""
    address, here = urlsplit(url), urlsplit(reach)
    if not reach:
        return url
    return urlunsplit((here.scheme, here.netloc, address.path, address.query, ""))
