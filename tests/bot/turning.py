"""Turns on a real database, with a form of the tests among the real answers."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count

from bot.channels.base import Letter
from bot.codes import Codes
from bot.conversing import Conversing
from bot.metrics import Metrics
from bot.turns import Turns
from dialogs.fields import Choice
from dialogs.form import Form, Step
from dialogs.incoming import Opened, Said
from tests import forms
from tests.worlds import NOON, world

POISON = "яд"


class Touchy(Choice):
    """A choice that breaks on one word, as a fault of ours would."""

    def read(self, incoming, asking):
        """Raise on the poison."""
        if incoming == Said(POISON):
            raise ZeroDivisionError(f"about {incoming.text}")
        return super().read(incoming, asking)


FORMS = {
    **forms.FORMS,
    "table": Form(id="table", version=1, steps=(Step("seats", Touchy("two", "four")),)),
}


def conversing():
    """Ask the real core about the tests' world; receipts are numbered."""
    numbers = count(1)

    def worlds(now):
        return replace(world(now.astimezone(NOON.tzinfo), FORMS), now=now.astimezone(NOON.tzinfo))

    return Conversing(worlds, lambda: f"0000-{next(numbers):04}-0", Codes("secret"))


def turns_on(store, clock, metrics=None, **more):
    """Make turns that nobody runs yet."""
    return Turns(store, conversing(), metrics or Metrics(), clock, **more)


@asynccontextmanager
async def running(turns):
    """Run turns inside the block; leaving it closes them."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turns.run())
        try:
            yield turns
        finally:
            turns.close()


def letter(clock, chat, key, incoming, channel="web"):
    """Write a letter as a channel does; text stands for having said it."""
    event = Said(incoming) if isinstance(incoming, str) else incoming
    return Letter(channel, chat, f"{chat}:{key}", event, clock())


async def begin(turns, clock, chat):
    """Come to the question of the form that may break."""
    await turns.take(letter(clock, chat, "begin", Opened("f-table")))
    await turns.take(letter(clock, chat, "agree", "да"))


async def transcript(store, chat, channel="web"):
    """Read a chat as (place, voice, text)."""
    async with store.look() as look:
        messages = await look.messages_after(channel, chat, 0, 1000)
    return [(one.seq, one.voice, one.text) for one in messages]


async def citizen(store, chat):
    """Read what the citizen said, in order."""
    return [text for _, voice, text in await transcript(store, chat) if voice == "citizen"]
