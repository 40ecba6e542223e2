"""Where one-time codes go: through a gateway of text messages, or into a demonstration's inbox."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

import aiohttp

_PATIENCE: Final = 10.0  # seconds
_KEPT: Final = 50  # messages of the demonstration
_REFUSED: Final = 400  # status from which on a message was not taken


class NotSent(Exception):
    """The gateway did not take a message; the text tells why, and nothing of people."""


class Gateway(Protocol):
    """Sends short texts to phones."""

    async def send(self, phone: str, text: str) -> None:
        """Send a text to a phone, «+7…»; raises `NotSent`."""
        ...


class SmsGateway:
    """Posts ``{"to", "text"}`` as JSON to the address of the organisation's gateway."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def send(self, phone: str, text: str) -> None:
        """Send a text; raises `NotSent`."""
        body = {"to": phone, "text": text}
        try:
            async with (
                asyncio.timeout(_PATIENCE),
                self._session.post(self._url, json=body, headers=self._headers) as response,
            ):
                if response.status >= _REFUSED:
                    raise NotSent(f"the gateway has answered {response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotSent(f"the gateway is out of reach: {type(error).__name__}") from None


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that a demonstration shows instead of sending it."""

    at: datetime
    phone: str = field(repr=False)
    text: str = field(repr=False)


class DemonstrationInbox:
    """Keeps the last texts in memory, for a page that is marked as a demonstration."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.shown: deque[Shown] = deque(maxlen=_KEPT)

    async def send(self, phone: str, text: str) -> None:
        """Put a text on top."""
        self.shown.appendleft(Shown(self._clock(), phone, text))
