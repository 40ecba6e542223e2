"""What an address of the desk is, and what it must say of itself to exist at all."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from aiohttp import web

from bot.desk.permissions import ABOUT_CITIZENS, ALLOWED, Permission
from bot.desk.visit import Visit

Door: TypeAlias = Literal["open", "threshold"]
"""Before anybody is signed in: for everybody; for whoever has given the right password."""

Page: TypeAlias = Callable[[Visit], Awaitable[web.StreamResponse]]
RegionOf: TypeAlias = Callable[[Visit], Awaitable[str | None]]
"""Finds the region of what an address is about, "" if unknown, None if there is no such thing."""

FILTERED: Final = "filtered"
"""The page shows many things, and its queries leave out those of foreign regions."""

_LONGEST_FORM: Final = 64 * 1024  # bytes


class NotARoute(ValueError):
    """An address that does not say who may use it; told to whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address.

    ``needs`` is who may use it. ``region`` finds whose region counts; it is asked for where
    the permission concerns citizens, unless the page filters by itself. ``is_passive`` marks
    what pages ask for by themselves: it does not keep a sign-in alive. ``longest`` bounds a
    form in bytes; a form that ``takes_file`` may bring one besides.
    """

    method: Literal["GET", "POST"]
    path: str
    needs: Permission | Door
    act: Page
    region: RegionOf | Literal["filtered"] | None = None
    is_passive: bool = False
    takes_file: bool = False
    longest: int = _LONGEST_FORM

    def __post_init__(self) -> None:
        """Refuse what the permission matrix could not cover."""
        if self.needs not in ALLOWED and self.needs not in ("open", "threshold"):
            raise NotARoute(f"{self.path}: there is no permission {self.needs}")
        if self.needs in ABOUT_CITIZENS and self.region is None:
            raise NotARoute(f"{self.path}: about citizens, so it must tell the region")
        if self.region == FILTERED and self.needs not in ABOUT_CITIZENS:
            raise NotARoute(f"{self.path}: filters by region what is not about citizens")
