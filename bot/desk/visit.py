"""One request at the desk: who asks, in which language, and what they may be answered with."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from aiohttp import web
from multidict import MultiDict, MultiMapping

from bot.desk.browsers import browser_name
from bot.desk.deeds import Deed
from bot.desk.desk import Desk
from bot.desk.permissions import (
    EVERYWHERE,
    UNKNOWN,
    Permission,
    may,
    regions_of,
    role_key,
    sees,
)
from bot.desk.purposes import PURPOSES
from bot.desk.rendering import Times, render
from bot.desk.sections import sections_of
from bot.desk.streams import Piece
from bot.http import PAGE_HEADER, address
from dialogs.json import Json
from dialogs.words import Words
from storage.staff import Staff
from storage.staff_sessions import StaffSession
from storage.work import Work

CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-Polis-Csrf"
_LONGEST_ADDRESS: Final = 45  # characters of IPv6, which a proxy tells us

SPOKEN: Final = (
    "desk.cancel",
    "desk.close",
    "desk.copied",
    "desk.go_on",
    "desk.keys.close",
    "desk.keys.list",
    "desk.keys.open",
    "desk.keys.rows",
    "desk.keys.title",
    "desk.lost",
    "desk.not_copied",
    "desk.offline",
    "desk.signed_out",
)
"""Texts that scripts of every page speak."""


class NotSignedIn(RuntimeError):
    """A page asked who is there although its route lets anybody in: a fault of ours."""


@dataclass(slots=True)
class Visit:
    """What a page is given.

    ``token`` is what the browser keeps, drawn anew for a newcomer; ``session`` and ``who``
    are None until somebody has given a password. ``form`` is what was posted, text by name,
    ``file`` the bytes of a file that came with it.
    """

    desk: Desk
    request: web.Request
    words: Words
    now: datetime
    token: str = field(repr=False)
    session: StaffSession | None = None
    who: Staff | None = None
    form: MultiDict[str] = field(default_factory=MultiDict, repr=False)
    file: bytes = field(default=b"", repr=False)

    @property
    def staff(self) -> Staff:
        """Return who is signed in."""
        if self.who is None:
            raise NotSignedIn(self.request.path)
        return self.who

    @property
    def at(self) -> Mapping[str, str]:
        """Return the named parts of the address."""
        return self.request.match_info

    @property
    def query(self) -> MultiMapping[str]:
        """Return what follows the question mark of the address."""
        return self.request.query

    @property
    def address(self) -> str:
        """Tell where the request came from; empty for this very machine."""
        return address(self.request)[:_LONGEST_ADDRESS]

    @property
    def is_from_script(self) -> bool:
        """Tell whether a script of ours asks, which wants JSON."""
        return self.request.headers.get(PAGE_HEADER) == "1"

    @property
    def is_inside(self) -> bool:
        """Tell whether the sign-in is complete."""
        return self.session is not None and self.session.stage == "full"

    @property
    def regions(self) -> frozenset[str] | None:
        """Return the regions a query may show, "" for an unknown one; None for all."""
        return regions_of(self.staff)

    def may(self, permission: Permission) -> bool:
        """Tell whether somebody is signed in who may do something."""
        return self.is_inside and may(self.staff, permission)

    def sees(self, region: str) -> bool:
        """Tell whether citizens of a region may be shown."""
        return self.is_inside and sees(self.staff, region)

    async def journal(self, work: Work, deed: Deed, about: str = "", purpose: str = "") -> None:
        """Write into the journal who did what: the last call in the deed's own transaction."""
        entry = (self.staff.login, deed, about, purpose)
        await work.write_journal(self.desk.chain, [entry], self.now)

    def page(self, template: str, /, *, status: int = 200, **values: object) -> web.Response:
        """Write a page of the desk; see `frame.html.j2` for what every template is given."""
        text = render(template, {**self._shared(), **values})
        return web.Response(text=text, content_type="text/html", status=status)

    def spoken(self, *more: str) -> dict[str, str]:
        """Give the texts that a page's scripts speak: those of every page, and ``more`` keys."""
        return {key.removeprefix("desk."): self.words(key) for key in (*SPOKEN, *more)}

    def json(self, value: Json, *, status: int = 200) -> web.Response:
        """Answer a script."""
        return web.json_response(value, status=status)

    def back(self, path: str, *, done: str = "") -> web.Response:
        """Send the browser to a page, which says that something was done: ``desk.done.<done>``."""
        mark = "&" if "?" in path else "?"
        where = f"{path}{mark}done={done}" if done else path
        return web.Response(status=303, headers={"Location": where})

    async def stream(self, pieces: AsyncIterator[Piece]) -> web.StreamResponse:
        """Send news to an open page for as long as it listens."""
        return await self.desk.streams.follow(self.request, pieces, self._is_still_in)

    async def _is_still_in(self) -> bool:
        if self.session is None:
            return False
        async with self.desk.store.look() as look:
            found = await look.session(self.session.digest)
        return found is not None and not found[1].is_disabled

    def _region_name(self, region: str) -> str:
        if region in (EVERYWHERE, UNKNOWN):
            return self.words(f"desk.region.{region}")
        return self.desk.region_name(region, self.words)

    def _shared(self) -> dict[str, object]:
        done = self.query.get("done", "")
        return {
            "words": self.words,
            "languages": list(self.desk.words),
            "brand": self.desk.brand(self.words.language),
            "assets": f"/desk/static/{self.desk.assets.digest}",
            "styles": self.desk.assets.styles,
            "staff": self.who if self.is_inside else None,
            "may": self.may,
            "sections": sections_of(self.may, self.request.path),
            "token": self.desk.tokens.csrf(self.token),
            "spoken": self.spoken(),
            "purposes_known": PURPOSES,
            "at": Times(self.words.language, self.desk.zone, self.now),
            "here": self.request.path,
            "done": done if done and self.words.has(f"desk.done.{done}") else "",
            "is_demo": self.desk.is_demo,
            "role_key": role_key,
            "browser_name": browser_name,
            "region_name": self._region_name,
        }
