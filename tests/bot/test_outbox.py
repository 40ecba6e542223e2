"""Sending: in order, chat by chat; each failure has its remedy; nothing is ever lost."""

import asyncio
from collections import defaultdict
from datetime import timedelta

import pytest

from bot.channels.base import Failure, Undelivered
from bot.metrics import Metrics
from bot.outbox import Sender, pause
from storage.db import database_at
from storage.schema import outbox
from tests.bot.turning import letter, running, turns_on
from tests.storage.given import met, posted, rows

LATER = Undelivered(Failure.LATER, "busy")
IN_A_MINUTE = Undelivered(Failure.LATER, "too many", after=60)
GONE = Undelivered(Failure.GONE, "blocked by the user")
REJECTED = Undelivered(Failure.REJECTED, "cannot parse")


class Messenger:
    """A channel that delivers, or fails as it was told to, by chat or by text."""

    name = "telegram"

    def __init__(self):
        self.delivered = []
        self.failing = defaultdict(list)

    async def send(self, chat, message):
        """Deliver one, or fail."""
        for told in (chat, message.text):
            if self.failing[told]:
                raise self.failing[told].pop(0)
        self.delivered.append(message.text)
        return f"m{len(self.delivered)}"


class Mortal(Messenger):
    """A channel whose process dies right after a delivery."""

    async def send(self, chat, message):
        """Deliver, and die before anybody hears of it."""
        name = await super().send(chat, message)
        asyncio.current_task().cancel()
        return name


@pytest.fixture
def messenger():
    return Messenger()


@pytest.fixture
def sender(messenger, store, clock):
    return Sender(messenger, store, Metrics(), clock)


@pytest.fixture
async def settled(database_url):
    """Read what became of each message, in the order of their making."""
    database = database_at(database_url)

    async def read():
        async with database.transaction() as run:
            return [(row["state"], row["reason"]) for row in await run(rows, outbox)]

    yield read
    await database.close()


async def send_all(sender):
    while await sender.send_due():
        pass


async def test_messages_of_a_chat_go_in_order(sender, messenger, store, clock, settled):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, 2, 3, at=clock())
    await posted(store, boris, 1, 2, at=clock())
    await send_all(sender)
    for chat, said in ("a", ["a1", "a2", "a3"]), ("b", ["b1", "b2"]):
        assert [text for text in messenger.delivered if text.startswith(chat)] == said
    assert await settled() == [("sent", None)] * 5


async def test_a_held_chat_waits_as_long_as_the_messenger_says_and_keeps_its_order(
    sender, messenger, store, clock
):
    """Other chats go on meanwhile."""
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, 2, at=clock())
    await posted(store, boris, 1, at=clock())
    messenger.failing["a1"] = [IN_A_MINUTE]
    await send_all(sender)
    assert messenger.delivered == ["b1"]
    clock.wait(seconds=59)
    await posted(store, anna, 3, at=clock())
    await send_all(sender)
    assert messenger.delivered == ["b1"]
    clock.wait(seconds=2)
    await send_all(sender)
    assert messenger.delivered == ["b1", "a1", "a2", "a3"]


async def test_pauses_grow_where_the_messenger_says_nothing(sender, messenger, store, clock):
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, at=clock())
    messenger.failing["a1"] = [LATER] * 3
    for seconds in (2, 4, 8):
        await send_all(sender)
        clock.wait(seconds=seconds - 1)
        assert not await sender.send_due()
        clock.wait(seconds=1)
    await send_all(sender)
    assert messenger.delivered == ["a1"]


@pytest.mark.parametrize(
    ("attempts", "after", "seconds"),
    [
        (1, None, 2),
        (2, None, 4),
        (9, None, 512),
        (10, None, 600),
        (12, None, 600),
        (1, 7.5, 7.5),
        (12, 0.0, 0),
        (3, 3600.0, 3600),
    ],
)
def test_the_messengers_own_word_goes_before_our_growing_pauses(attempts, after, seconds):
    assert pause(attempts, after) == timedelta(seconds=seconds)


async def test_a_person_who_left_gets_no_more(sender, messenger, store, clock, settled):
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    messenger.failing["a1"] = [GONE]
    await send_all(sender)
    await posted(store, anna, 3, at=clock())
    await send_all(sender)
    assert messenger.delivered == []
    assert await settled() == [("dropped", "gone")] * 3


async def test_a_person_who_comes_back_is_answered_again(sender, messenger, store, clock):
    async with running(turns_on(store, clock, pushed=("telegram",))) as turns:
        messenger.failing["a"] = [GONE]
        await turns.take(letter(clock, "a", "1", "спасибо", channel="telegram"))
        await send_all(sender)
        assert messenger.delivered == []
        await turns.take(letter(clock, "a", "2", "спасибо", channel="telegram"))
        await send_all(sender)
    assert len(messenger.delivered) == 1


async def test_a_refused_message_is_settled_and_the_next_goes_on(
    sender, messenger, store, clock, settled
):
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    messenger.failing["a1"] = [REJECTED]
    await send_all(sender)
    assert messenger.delivered == ["a2"]
    assert await settled() == [("failed", "cannot parse"), ("sent", None)]


async def test_patience_ends_but_never_while_the_messenger_asks_for_it(
    sender, messenger, store, clock, settled
):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, 2, at=clock())
    await posted(store, boris, 1, at=clock())
    messenger.failing |= {"a1": [LATER] * 99, "b1": [IN_A_MINUTE] * 20}
    for _ in range(25):
        await send_all(sender)
        clock.wait(minutes=11)
    assert messenger.delivered == ["a2", "b1"]
    assert await settled() == [("failed", "busy"), ("sent", None), ("sent", None)]


async def test_a_fault_of_an_adapter_is_tried_again_and_holds_up_nobody_else(
    sender, messenger, store, clock
):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, at=clock())
    await posted(store, boris, 1, at=clock())
    messenger.failing["a1"] = [KeyError("message_id")]
    await send_all(sender)
    assert messenger.delivered == ["b1"]
    clock.wait(seconds=3)
    await send_all(sender)
    assert messenger.delivered == ["b1", "a1"]


async def test_a_process_killed_between_sending_and_settling_sends_again(store, clock, settled):
    """At least once: the lease of the dead one lapses, and another goes on in order."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    mortal = Mortal()
    with pytest.raises(asyncio.CancelledError):
        await Sender(mortal, store, Metrics(), clock).send_due()
    assert mortal.delivered == ["a1"]
    messenger = Messenger()
    heir = Sender(messenger, store, Metrics(), clock)
    await send_all(heir)
    assert messenger.delivered == []
    clock.wait(minutes=2, seconds=1)
    await send_all(heir)
    assert messenger.delivered == ["a1", "a2"]
    assert await settled() == [("sent", None)] * 2


async def test_two_senders_on_one_database_send_each_message_once(store, clock):
    chats = await met(store, *"abcdefgh")
    for chat in chats:
        await posted(store, chat, 1, 2, 3, at=clock())
    messenger = Messenger()
    senders = [Sender(messenger, store, Metrics(), clock) for _ in range(3)]
    await asyncio.gather(*map(send_all, senders))
    assert sorted(messenger.delivered) == sorted(
        f"{chat}{seq}" for chat in "abcdefgh" for seq in (1, 2, 3)
    )


async def test_a_closed_sender_sends_what_waits_and_ends(sender, messenger, store, clock):
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    sender.close()
    await asyncio.wait_for(sender.run(), 10)
    assert messenger.delivered == ["a1", "a2"]


async def test_a_woken_sender_looks_at_once(sender, messenger, store, clock):
    (anna,) = await met(store, "a")
    async with asyncio.timeout(4), asyncio.TaskGroup() as tasks:  # before it looks by itself
        tasks.create_task(sender.run())
        await posted(store, anna, 1, at=clock())
        while not messenger.delivered:
            sender.wake()
            await asyncio.sleep(0.01)
        sender.close()
