"""Documents that are the same for everybody: given to a messenger once, sent again by its name."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.channels.base import Undelivered
from bot.channels.documents import is_lasting
from bot.channels.first import First
from bot.channels.pace import Again, at_once

T = TypeVar("T")

_REMEMBERED: Final = 100
_GOOD_FOR: Final = 24 * 3600.0  # seconds; the shortest that a messenger promises is 30 days
_NEW_FOR: Final = 60.0  # seconds; what is refused so early was at fault from the beginning


class NotTaken(Undelivered):
    """A messenger refuses what a message holds, which may be a file that has lapsed there."""


@dataclass(slots=True)
class _Named(Generic[T]):
    """What a messenger calls a document, and since when; a name ``works`` once it was taken."""

    name: T
    since: float
    works: bool = False

    def age(self) -> float:
        """Tell how many seconds ago the document was given."""
        return asyncio.get_running_loop().time() - self.since


class Held(Generic[T]):
    """What a messenger calls such documents, by our name.

    Of those who come at once one gives the document. The others wait for that one, and send then,
    each in its turn; if the giving fails, it has failed for all of them.
    """

    def __init__(self, new_for: float = _NEW_FOR) -> None:
        self._new_for = new_for
        self._held: OrderedDict[str, _Named[T]] = OrderedDict()
        self._first = First()

    async def send(
        self,
        document: str,
        give: Callable[[], Awaitable[T]],
        send: Callable[[T], Awaitable[str]],
        again: Again,
    ) -> str:
        """Send a document by what the messenger calls it, after giving it if it has not got it.

        One that may change, or is somebody's own, is given each time.

        A name that is not taken any more has lapsed on the messenger's side: the document is
        given anew and the message sent ``again``, once. One that is new and was never taken is no
        reason for that, else each message to many would bring a faulty file again.
        """
        if not is_lasting(document):
            return await send(await give())
        named = await self._named(document, give, again)
        try:
            sent = await send(named.name)
        except NotTaken:
            if not named.works and named.age() < self._new_for:
                raise
            if self._held.get(document) is named:  # nobody has given it anew meanwhile
                del self._held[document]
            named = await self._named(document, give, at_once)
            await again()
            sent = await send(named.name)
        named.works = True
        return sent

    async def _named(
        self, document: str, give: Callable[[], Awaitable[T]], again: Again
    ) -> _Named[T]:
        has_waited = False
        while (known := self._known(document)) is None:
            has_waited = await self._first.waited(document)
            if not has_waited:
                with self._first.going(document):
                    return self._keep(document, await give())
        if has_waited:  # else all who waited would send in the same moment
            await again()
        return known

    def _keep(self, document: str, name: T) -> _Named[T]:
        named = self._held[document] = _Named(name, asyncio.get_running_loop().time())
        if len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)
        return named

    def _known(self, document: str) -> _Named[T] | None:
        known = self._held.get(document)
        return known if known and known.age() < _GOOD_FOR else None
