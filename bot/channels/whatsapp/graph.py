"""The calls of the Cloud API that are made, each with what it answers."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from bot.channels.aside import Aside
from bot.channels.base import Failure, Undelivered, UnfitFile
from bot.channels.calling import Answer, Caller, Upload
from bot.channels.whatsapp.errors import refusal
from bot.channels.whatsapp.settings import WhatsAppSettings
from dialogs.json import Json

_OK: Final = 200
_SECONDS_TO_UPLOAD: Final = 60.0


class _Named(Struct):
    id: str


class _Accepted(Struct):
    messages: list[_Named]


class Media(Struct):
    """Where a file can be had for five minutes, and how large it is in bytes."""

    url: str
    mime_type: str = ""
    file_size: int | None = None


class Graph:
    """Meta's Graph API, as one number of ours sees it.

    What goes where messages go, but is none, goes ``aside``.
    """

    def __init__(self, settings: WhatsAppSettings, caller: Caller, aside: Aside) -> None:
        self._settings = settings
        self._caller = caller
        self._aside = aside
        self._headers = {"Authorization": f"Bearer {settings.token}"}

    async def send(self, body: Mapping[str, Json]) -> str:
        """Post a message and return its name; raises `Undelivered`."""
        answer = await self._post({"messaging_product": "whatsapp", **body})
        accepted = answer.read(_Accepted) if answer.status == _OK else None
        if accepted is None or not accepted.messages:
            raise refusal(answer)
        return accepted.messages[0].id

    async def mark(self, message: str, *, typing: bool = False) -> None:
        """Tell a person that a message of theirs was read, and perhaps that we type."""
        body: dict[str, Json] = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": message,
        }
        if typing:
            body["typing_indicator"] = {"type": "text"}
        await self._aside.admit()
        answer = await self._post(body)
        if answer.status != _OK:
            raise refusal(answer)

    async def upload(self, file: Upload) -> str:
        """Upload a file and return its name; a failure is never `unknown`, for nobody sees it."""
        form = file.form("file", messaging_product="whatsapp", type=file.kind)
        url = f"{self._settings.number}/media"
        try:
            answer = await self._caller.call(
                "POST", url, headers=self._headers, form=form, seconds=_SECONDS_TO_UPLOAD
            )
            named = answer.read(_Named) if answer.status == _OK else None
            if named is None:
                raise refusal(answer)
        except Undelivered as failure:
            raise _known(failure) from None
        return named.id

    async def find(self, media: str) -> Media:
        """Ask where a file is; raises `UnfitFile` and `Undelivered`."""
        url = f"{self._settings.graph}/{quote(media, safe='')}"
        answer = await self._caller.call("GET", url, headers=self._headers)
        found = answer.read(Media) if answer.status == _OK else None
        if found is None:
            failure = refusal(answer)
            if failure.failure is Failure.REJECTED:
                raise UnfitFile("broken")  # Meta keeps no such file, or no more
            raise _known(failure)
        return found

    async def fetch(self, url: str) -> bytes:
        """Fetch a file; its address wants the token, too."""
        return await self._caller.fetch(url, self._headers)

    async def _post(self, body: Mapping[str, Json]) -> Answer:
        url = f"{self._settings.number}/messages"
        return await self._caller.call("POST", url, headers=self._headers, json=body)


def _known(failure: Undelivered) -> Undelivered:
    """Say of what nobody sees that it can be done again."""
    return Undelivered(
        Failure.LATER if failure.unknown else failure.failure,
        failure.reason,
        failure.after,
        all_chats=failure.all_chats,
    )
