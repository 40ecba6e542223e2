"""The calls of MAX's Bot API that are made, each with what it answers."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from bot.channels.aside import Aside
from bot.channels.base import Failure, Undelivered
from bot.channels.calling import SECONDS, Answer, Caller, Upload
from bot.channels.max.errors import NOT_READY, code_of, refusal
from bot.channels.max.settings import MaxSettings
from bot.channels.max.wire import Page
from dialogs.json import Json

_OK: Final = 200
_SECONDS_TO_UPLOAD: Final = 60.0
_SECONDS_TO_ANSWER: Final = 10.0
_MOST_UPDATES: Final = 100
_POLL: Final = 30  # seconds that MAX waits for news
_READY_PAUSES: Final = (0.5, 1.0, 2.0, 4.0)  # seconds between tries while a file is looked through


class _Body(Struct):
    mid: str


class _Message(Struct):
    body: _Body


class _Sent(Struct):
    message: _Message


class _Place(Struct):
    url: str


class _Token(Struct):
    token: str


class _Held(Struct):
    """What was uploaded: an image has photos, a file its token."""

    token: str = ""
    photos: dict[str, _Token] = {}


class Subscription(Struct):
    """An address that is told of updates."""

    url: str
    update_types: list[str] | None = None


class _Subscriptions(Struct):
    subscriptions: list[Subscription] = []


class Api:
    """MAX, as one bot of ours sees it; every call raises `Undelivered`.

    All calls but the first try of a message, which its sender has let through, go ``aside``.
    """

    def __init__(self, settings: MaxSettings, caller: Caller, aside: Aside) -> None:
        self._url = settings.api_url.rstrip("/")
        self._caller = caller
        self._aside = aside
        self._headers = {"Authorization": settings.token}

    async def send(self, person: str, body: Mapping[str, Json]) -> str:
        """Post a message and return its name."""
        path = f"/messages?user_id={person}"
        answer = await self._post("POST", path, body)
        for pause in _READY_PAUSES:
            if code_of(answer) != NOT_READY:
                break
            await asyncio.sleep(pause)
            answer = await self._call("POST", path, body)
        sent = answer.read(_Sent) if answer.status == _OK else None
        if sent is None:
            raise refusal(answer)
        return sent.message.body.mid

    async def answer(self, callback: str, body: Mapping[str, Json]) -> None:
        """Answer a press."""
        await self._do("POST", f"/answers?callback_id={quote(callback, safe='')}", body)

    async def show_typing(self, dialog: int) -> None:
        """Show that we type."""
        await self._do("POST", f"/chats/{dialog}/actions", {"action": "typing_on"})

    async def upload(self, kind: str, file: Upload) -> Json:
        """Upload an ``image`` or a ``file`` and return what an attachment holds of it.

        A failure is never `unknown`: nobody sees what was only uploaded. Nor is anybody gone by it.
        """
        try:
            return await self._upload(kind, file)
        except Undelivered as failure:
            is_gone = failure.failure is Failure.GONE
            raise Undelivered(
                Failure.LATER if is_gone else failure.failure,
                failure.reason,
                failure.after,
                all_chats=failure.all_chats,
            ) from None

    async def _upload(self, kind: str, file: Upload) -> Json:
        answer = await self._call("POST", f"/uploads?type={kind}")
        place = answer.read(_Place) if answer.status == _OK else None
        if place is None:
            raise refusal(answer)
        # The address is a secret of its own and of another server: no token goes there.
        answer = await self._caller.call(
            "POST", place.url, form=file.form("data"), seconds=_SECONDS_TO_UPLOAD
        )
        held = answer.read(_Held) if answer.status == _OK else None
        if held and held.photos:
            return {"photos": {name: {"token": one.token} for name, one in held.photos.items()}}
        if held and held.token:
            return {"token": held.token}
        raise Undelivered(Failure.LATER, f"media ({answer.status})", answer.after)

    async def poll(self, marker: int | None, kinds: Sequence[str]) -> Page:
        """Wait for news; the marker says that all before it is taken in for good."""
        place = "" if marker is None else f"&marker={marker}"
        path = f"/updates?limit={_MOST_UPDATES}&timeout={_POLL}&types={','.join(kinds)}{place}"
        answer = await self._call("GET", path, seconds=_POLL + SECONDS)
        page = answer.read(Page) if answer.status == _OK else None
        if page is None:
            raise refusal(answer)
        return page

    async def subscriptions(self) -> list[Subscription]:
        """List the addresses that are told of updates."""
        answer = await self._call("GET", "/subscriptions")
        listed = answer.read(_Subscriptions) if answer.status == _OK else None
        if listed is None:
            raise refusal(answer)
        return listed.subscriptions

    async def subscribe(self, url: str, secret: str, kinds: Sequence[str]) -> None:
        """Have updates posted to an address, with the secret in a header."""
        body: dict[str, Json] = {"url": url, "update_types": list(kinds), "secret": secret}
        await self._do("POST", "/subscriptions", body)

    async def unsubscribe(self, url: str) -> None:
        """Have no more updates posted to an address."""
        await self._do("DELETE", f"/subscriptions?url={quote(url, safe='')}")

    async def offer_commands(self, commands: Sequence[Mapping[str, Json]]) -> None:
        """Set what the menu of commands shows."""
        await self._do("PATCH", "/me/commands", {"commands": [dict(one) for one in commands]})

    async def _do(self, method: str, path: str, body: Mapping[str, Json] | None = None) -> None:
        answer = await self._call(method, path, body, seconds=_SECONDS_TO_ANSWER)
        if answer.status != _OK:
            raise refusal(answer)

    async def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Json] | None = None,
        *,
        seconds: float = SECONDS,
    ) -> Answer:
        await self._aside.admit()
        return await self._post(method, path, body, seconds=seconds)

    async def _post(
        self,
        method: str,
        path: str,
        body: Mapping[str, Json] | None = None,
        *,
        seconds: float = SECONDS,
    ) -> Answer:
        url = f"{self._url}{path}"
        return await self._caller.call(
            method, url, headers=self._headers, json=body, seconds=seconds
        )
