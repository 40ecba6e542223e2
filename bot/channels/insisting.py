"""How often what a messenger does not take is tried again, where no message depends on it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from bot.channels.base import Failure, Undelivered

REFUSALS: Final = 3
"""Of the token, in a row, until we stop receiving: one may be a slip, three are an answer."""

_PAUSES: Final = (0.5, 1.0, 2.0, 4.0)  # seconds; after fifteen nobody looks at a button any more
_LONGEST_PAUSE: Final = 5.0


async def insist(attempt: Callable[[], Awaitable[Undelivered | None]]) -> None:
    """Answer a press, more than once if need be: until then its button turns.

    ``attempt`` returns what kept the messenger from taking the answer; one that comes twice does
    no harm.
    """
    for pause in (*_PAUSES, None):
        failure = await attempt()
        if failure is None or failure.failure is not Failure.LATER or pause is None:
            return
        await asyncio.sleep(max(pause, min(failure.after or 0.0, _LONGEST_PAUSE)))
