"""One message on its way: written as its messenger's calls, which are made one after another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from bot.channels.base import Failure, Messenger, Situation, Undelivered
from storage.outbox import Posted

Admit: TypeAlias = Callable[[Posted], Awaitable[None]]
"""Returns when a call of this message may be made."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that its messenger took, under the name it gave it."""

    posted: Posted
    name: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that its messenger did not take, after ``done`` of its calls were made."""

    posted: Posted
    failure: Undelivered
    done: int


Result: TypeAlias = Delivered | Stuck


async def deliver(messenger: Messenger[Any], posted: Posted, now: datetime, admit: Admit) -> Result:
    """Make the calls of one message that have not been made before."""
    done, name = posted.done, ""
    situation = Situation(posted.language, now, posted.heard_at, bool(posted.notice))
    try:
        requests = messenger.write(posted.message, situation)
        for request in requests[done:]:
            await admit(posted)
            name = await messenger.perform(posted.address, request, partial(admit, posted))
            done += 1
    except Undelivered as failure:
        return Stuck(posted, failure, done)
    except Exception as error:  # noqa: BLE001 — a fault of the adapter must not stop other chats
        return Stuck(posted, Undelivered(Failure.LATER, type(error).__name__, unknown=True), done)
    return Delivered(posted, name)
