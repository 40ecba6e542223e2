"""What many want at once and one of them does; the others wait, and share what came of it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from bot.channels.base import Failure, Undelivered


class First:
    """Who is at what, by name. Nobody waits for anything of another name.

    ``is_of_one`` tells of a failure whether it concerns only whom it happened to: then one of those
    who waited is the next to try. Every other failure is theirs as well, at once.
    """

    def __init__(self, is_of_one: Callable[[Undelivered], bool] = lambda _: False) -> None:
        self._is_of_one: Final = is_of_one
        self._under_way: dict[str, asyncio.Future[Undelivered | None]] = {}

    async def waited(self, name: str) -> bool:
        """Wait for whoever is at it; tell whether anybody was, who may have left it undone.

        Raises `Undelivered` with what it failed of. Whoever waited has called nothing, so that is
        never `unknown`; nor does it say once more for each of them what is said of all chats.
        """
        under_way = self._under_way.get(name)
        if under_way is None:
            return False
        if failure := await asyncio.shield(under_way):
            raise Undelivered(failure.failure, failure.reason, failure.after)
        return True

    @contextmanager
    def going(self, name: str) -> Iterator[None]:
        """Let others wait for what is done inside the block."""
        under_way = self._under_way[name] = asyncio.get_running_loop().create_future()
        failure: Undelivered | None = None
        try:
            yield
        except Undelivered as error:
            failure = None if self._is_of_one(error) else error
            raise
        except Exception as error:
            failure = Undelivered(Failure.LATER, type(error).__name__)
            raise
        finally:  # who was cancelled leaves it to the others
            del self._under_way[name]
            under_way.set_result(failure)
