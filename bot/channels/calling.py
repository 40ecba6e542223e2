"""Calls over HTTP to a messenger: what came back, or why it is not known whether they arrived."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Final, TypeVar
from urllib.parse import urlsplit

import aiohttp
import msgspec

from bot.channels.base import LARGEST_FILE, Failure, Undelivered, UnfitFile

Shape = TypeVar("Shape")

SECONDS: Final = 30.0
"""How long an answer to a call is waited for."""

_SECONDS_TO_FETCH: Final = 60.0
_LONGEST_ANSWER: Final = 1024 * 1024
_LONGEST_WAIT: Final = 24 * 60 * 60.0
_FETCHED: Final = 200
_GONE: Final = frozenset({400, 404, 410})
_UNFIT: Final = ("audio/", "video/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``after`` is how many seconds we are asked to keep silent."""

    status: int
    body: bytes = field(repr=False)
    after: float | None = None

    def read(self, shape: type[Shape]) -> Shape | None:
        """Read the body, or None when it has another shape: a page of HTML, for one."""
        try:
            return msgspec.json.decode(self.body, type=shape)
        except (msgspec.DecodeError, RecursionError):
            return None


class Caller:
    """Calls a messenger; its connections are opened by the first call and closed by `close`."""

    def __init__(self, ssl: SSLContext | None = None) -> None:
        self._ssl = ssl
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: aiohttp.FormData | None = None,
        seconds: float = SECONDS,
    ) -> Answer:
        """Make a call; raises `Undelivered` when no answer came.

        The failure is `unknown` unless no connection was made: whatever was cut off in the
        middle may have been done.
        """
        data: object = form
        sent = dict(headers or {})
        if json is not None:
            data, sent["Content-Type"] = msgspec.json.encode(json), "application/json"
        try:
            async with (
                asyncio.timeout(seconds),
                self._open().request(
                    method, url, data=data, headers=sent, allow_redirects=False
                ) as got,
            ):
                body = await _within(got, _LONGEST_ANSWER)
                return Answer(got.status, body, _after(got.headers.get("Retry-After", "")))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Undelivered(Failure.LATER, _reason(error)) from None
        except (aiohttp.ClientError, TimeoutError, OSError, _TooLong) as error:
            raise Undelivered(Failure.LATER, _reason(error), unknown=True) from None

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> bytes:
        """Fetch a file that somebody sent; raises `UnfitFile` and `Undelivered`."""
        try:
            async with (
                asyncio.timeout(_SECONDS_TO_FETCH),
                self._open().get(url, headers=headers, max_redirects=3) as got,
            ):
                _expect_file(got)
                return await _within(got, LARGEST_FILE)
        except _TooLong:
            raise UnfitFile("too_large") from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Undelivered(Failure.LATER, _reason(error)) from None

    async def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        session, self._session = self._session, None
        if session:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # No cookies are kept: nobody on the other side is a browser's site.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self._ssl or True),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
            )
        return self._session


class _TooLong(Exception):
    """More came than was expected."""


def is_fit(kind: str, size: int | None) -> None:
    """Refuse what is not worth fetching; raises `UnfitFile`.

    Only what is never a paper is refused by its name: the kind of the rest is found in its bytes.
    """
    if kind.startswith(_UNFIT):
        raise UnfitFile("kind")
    if size is not None and size > LARGEST_FILE:
        raise UnfitFile("too_large")


def is_safe(url: str, api_url: str) -> bool:
    """Tell whether files are fetched from there: over TLS, or where the messenger itself is."""
    try:
        wanted, own = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    return wanted.scheme == "https" or wanted[:2] == own[:2]


def _expect_file(got: aiohttp.ClientResponse) -> None:
    if got.status in _GONE:
        raise UnfitFile("broken")
    if got.status != _FETCHED:
        after = _after(got.headers.get("Retry-After", ""))
        raise Undelivered(Failure.LATER, f"media ({got.status})", after)
    if (got.content_length or 0) > LARGEST_FILE:
        raise _TooLong


async def _within(got: aiohttp.ClientResponse, most: int) -> bytes:
    body = bytearray()
    async for piece in got.content.iter_any():
        body += piece
        if len(body) > most:
            raise _TooLong
    return bytes(body)


def _after(said: str) -> float | None:
    try:
        seconds = float(said)
    except ValueError:
        return None
    return min(seconds, _LONGEST_WAIT) if math.isfinite(seconds) and seconds >= 0 else None


def _reason(error: BaseException) -> str:
    return f"connection ({type(error).__name__.strip('_')})"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way to a messenger, of the content type ``kind``."""

    content: bytes = field(repr=False)
    kind: str
    filename: str

    def form(self, part: str, **fields: str) -> aiohttp.FormData:
        """Write it as a form whose part of that name holds the file."""
        form = aiohttp.FormData()
        for name, value in fields.items():
            form.add_field(name, value)
        form.add_field(part, self.content, content_type=self.kind, filename=self.filename)
        return form
