"""Which notices people want: each kind is stopped, and had back, by itself, in their own chat."""

from contextlib import asynccontextmanager

from bot.assistant import turning
from bot.channels.base import Letter
from dialogs.buttons import encode
from dialogs.incoming import Pressed, Said
from dialogs.notices.meanings import ChooseNotices
from tests.bot.notices.house import OLGA, house, written
from tests.storage.given import met


@asynccontextmanager
async def talking(store, clock):
    """Let two people talk in one messenger; gives the house, and what tells of a person."""
    it = await house(store, clock, "telegram")
    await met(store, "1", "2")
    async with turning(it.assistant):
        count = iter(range(1000))

        async def do(incoming, chat="1"):
            sent = Letter("telegram", chat, f"{chat}:{next(count)}", incoming, clock())
            await it.assistant.turns.take(sent)

        yield it, do


async def said_last(it, chat="1"):
    """Read the newest words in a chat."""
    async with it.store.look() as look:
        said = await look.messages_before("telegram", chat, None, 1)
    return said[0].text


async def preview(it, kind):
    """Count who would get a notice of a kind now."""
    number = await it.notices.create(written(kind), OLGA)
    return (await it.notices.preview(number)).people


async def test_one_kind_is_stopped_and_the_others_go_on(store, clock):
    """Refused by one person, service notices go to the other one; duties go to both."""
    async with talking(store, clock) as (it, do):
        await do(Pressed(encode(ChooseNotices("service", agrees=False))))
        counted = {kind: await preview(it, kind) for kind in ("duty", "service", "advertising")}
        assert counted == {"duty": 2, "service": 1, "advertising": 0}

        await do(Pressed(encode(ChooseNotices("advertising", agrees=True))))
        await do(Pressed(encode(ChooseNotices("duty", agrees=False))))
        counted = {kind: await preview(it, kind) for kind in ("duty", "service", "advertising")}
        assert counted == {"duty": 1, "service": 1, "advertising": 1}

        await do(Pressed(encode(ChooseNotices("service", agrees=True))))
        assert await preview(it, "service") == 2


async def test_what_is_asked_is_told_of_ones_own_chat(store, clock):
    """Each hears of their own choices."""
    async with talking(store, clock) as (it, do):
        await do(Said("рассылки"))
        assert "полисе: присылаю;" in await said_last(it)
        await do(Pressed(encode(ChooseNotices("service", agrees=False))))
        await do(Said("рассылки"))
        assert "полисе: не присылаю;" in await said_last(it)
        await do(Said("рассылки"), chat="2")
        assert "полисе: присылаю;" in await said_last(it, chat="2")
