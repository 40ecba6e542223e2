"""Documents that are the same for everybody: given to a messenger once, sent again by its name."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_REMEMBERED: Final = 100
_GOOD_FOR: Final = 24 * 3600.0  # seconds; the shortest that a messenger promises is 30 days


class Held(Generic[T]):
    """What a messenger calls such documents, by our name; whoever comes at once waits for it."""

    def __init__(self, good_for: float = _GOOD_FOR) -> None:
        self._good_for = good_for
        self._held: OrderedDict[str, tuple[T, float]] = OrderedDict()
        self._turn = asyncio.Lock()

    async def held(self, name: str, upload: Callable[[], Awaitable[T]]) -> T:
        """Return what the messenger calls a document, after giving it if it has not got it."""
        if (known := self._known(name)) is not None:
            return known
        async with self._turn:
            if (known := self._known(name)) is not None:
                return known
            given = await upload()
            self._held[name] = (given, asyncio.get_running_loop().time() + self._good_for)
            if len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
            return given

    def _known(self, name: str) -> T | None:
        known, until = self._held.get(name, (None, 0.0))
        return known if asyncio.get_running_loop().time() < until else None
