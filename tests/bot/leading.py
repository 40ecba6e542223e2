"""A desk of representatives over turns on a real database."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.codes import Codes
from bot.conversing import Conversing
from bot.live import Live
from bot.metrics import Metrics
from bot.takeover.leading import Leading, Representative
from bot.turns import Turns
from dialogs.hours import Desk, Hours
from tests.bot.turning import FORMS, running
from tests.worlds import world

ALWAYS = Desk(Hours(((datetime.min.time(), datetime.max.time()),) * 7))
MOSCOW = ZoneInfo("Europe/Moscow")
ANNA, BORIS = Representative("anna", "Анна"), Representative("boris", "Борис")
LEASE = timedelta(minutes=10)


def turns_with_desk(store, clock, desk=ALWAYS, metrics=None, **more):
    """Make turns in whose world representatives can be called."""
    numbers = count(1)

    def worlds(now):
        here = now.astimezone(MOSCOW)
        return replace(world(here, FORMS), now=here, desk=desk)

    conversing = Conversing(worlds, lambda: f"0000-{next(numbers):04}-0", Codes("secret"))
    return Turns(store, conversing, metrics or Metrics(), clock, **more)


@asynccontextmanager
async def desk_on(store, clock, **more):
    """Run turns, and give them with the verbs of a desk."""
    async with running(turns_with_desk(store, clock, **more)) as turns:
        yield turns, Leading(turns, store, clock, Live(), LEASE)


async def talk_of(store, chat, channel="web"):
    """Read the newest talk of a chat."""
    async with store.look() as look:
        found = await look.chat(channel, chat)
        return next(iter(await look.talks_of_chat(found.id)), None)


async def owner_of(store, chat, channel="web"):
    """Read who leads a chat."""
    async with store.look() as look:
        return (await look.chat(channel, chat)).owner


async def told(store, chat, channel="web"):
    """Read a chat as its citizen does."""
    async with store.look() as look:
        return await look.told_after(channel, chat, 0, 10_000)


async def history(store, chat, channel="web"):
    """Read a chat as the desk does."""
    async with store.look() as look:
        return await look.messages_after(channel, chat, 0, 10_000)
