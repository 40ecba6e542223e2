"""Sending: in order, chat by chat; each failure has its remedy; nothing is ever lost."""

import asyncio
from collections import defaultdict
from datetime import timedelta

import pytest

from bot.channels.aside import Aside
from bot.channels.base import Failure, Undelivered
from bot.channels.pace import Pace
from bot.metrics import Metrics
from bot.sending.remedies import pause
from bot.sending.sender import Sender
from storage.db import database_at
from storage.schema import outbox
from tests.bot.turning import letter, running, turns_on
from tests.storage.given import met, posted, rows

LATER = Undelivered(Failure.LATER, "busy")
IN_A_MINUTE = Undelivered(Failure.LATER, "too many", after=60)
GONE = Undelivered(Failure.GONE, "blocked by the user")
UNKNOWN = Undelivered(Failure.LATER, "cut off", unknown=True)
MINUTE = timedelta(minutes=1)
REJECTED = Undelivered(Failure.REJECTED, "cannot parse")


FAST = Pace(per_second=1000, chat_per_second=1000, chat_burst=1000)


class Messenger:
    """A messenger that delivers, or fails as it was told to, by chat or by text.

    A text with bars is shown with several calls.
    """

    name = "telegram"
    pace = FAST

    def __init__(self):
        self.delivered = []
        self.failing = defaultdict(list)

    def write(self, message, situation):
        """Make a call of each part."""
        return message.text.split("|")

    async def perform(self, chat, request, again):
        """Deliver one, or fail."""
        for told in (chat, request):
            if self.failing[told]:
                raise self.failing[told].pop(0)
        self.delivered.append(request)
        return f"m{len(self.delivered)}"


class Mortal(Messenger):
    """A channel whose process dies right after a delivery."""

    async def perform(self, chat, request, again):
        """Deliver, and die before anybody hears of it."""
        name = await super().perform(chat, request, again)
        asyncio.current_task().cancel()
        await asyncio.sleep(0)
        return name


@pytest.fixture
def messenger():
    return Messenger()


@pytest.fixture
def sender(messenger, store, clock):
    return Sender(messenger, store, Metrics(), clock, luck=lambda: 0.5)


@pytest.fixture
def unhurried(messenger, store, clock):
    """Make a sender whose silences end by the clock of the test."""
    seconds = lambda: clock().timestamp()  # noqa: E731
    return Sender(messenger, store, Metrics(), clock, luck=lambda: 0.5, seconds=seconds)


@pytest.fixture
async def settled(database_url):
    """Read what became of each message, in the order of their making."""
    database = database_at(database_url)

    async def read():
        async with database.transaction() as run:
            return [(row["state"], row["reason"]) for row in await run(rows, outbox)]

    yield read
    await database.close()


async def take_line(store, clock, me):
    async with store.work() as work:
        return await work.take_line("telegram", me, clock(), MINUTE)


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


async def test_waits_that_were_asked_for_make_no_pause_longer(sender, messenger, store, clock):
    """Nor does a program that was killed in the middle: only what failed is a failure."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, at=clock())
    messenger.failing["a1"] = [IN_A_MINUTE] * 5 + [LATER]
    for _ in range(5):
        await send_all(sender)
        clock.wait(seconds=61)
    await send_all(sender)
    clock.wait(seconds=2)
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
    assert pause(attempts, after, luck=0.5) == timedelta(seconds=seconds)


def test_what_failed_together_does_not_come_back_together():
    assert pause(3, None, luck=0.0) == timedelta(seconds=6)
    assert pause(3, None, luck=1.0) == timedelta(seconds=10)
    assert pause(3, 20.0, luck=1.0) == timedelta(seconds=20)


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


async def test_patience_ends_while_others_get_through_but_never_if_told_to_come_again(
    sender, messenger, store, clock, settled
):
    anna, boris, vera = await met(store, "a", "b", "c")
    await posted(store, anna, 1, 2, at=clock())
    await posted(store, boris, 1, at=clock())
    messenger.failing |= {"a1": [LATER] * 99, "b1": [IN_A_MINUTE] * 20}
    for seq in range(1, 26):
        await posted(store, vera, seq, at=clock())
        await send_all(sender)
        clock.wait(minutes=11)
    assert [text for text in messenger.delivered if text < "c"] == ["a2", "b1"]
    assert (await settled())[:3] == [("failed", "busy"), ("sent", None), ("sent", None)]


async def test_an_outage_uses_up_nobodys_patience(sender, messenger, store, clock):
    """As long as nothing gets through it is the messenger's fault, not the message's."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    messenger.failing["a1"] = [LATER] * 150
    for _ in range(200):
        await send_all(sender)
        clock.wait(minutes=13)
    assert messenger.delivered == ["a1", "a2"]


async def test_a_retry_goes_on_with_the_call_that_failed(sender, messenger, store, clock):
    """A picture that was shown is not shown again because the text after it had to wait."""
    (anna,) = await met(store, "one|two|a")
    await posted(store, anna, 1, at=clock())
    messenger.failing["two"] = [IN_A_MINUTE]
    await send_all(sender)
    assert messenger.delivered == ["one"]
    clock.wait(minutes=1)
    await send_all(sender)
    assert messenger.delivered == ["one", "two", "a1"]


async def test_of_what_is_unknown_answers_go_again_and_notices_do_not(
    sender, messenger, store, clock, settled
):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, 2, at=clock())
    await posted(store, boris, 1, 2, at=clock(), lane="notice")
    messenger.failing |= {"a1": [UNKNOWN], "b1": [UNKNOWN]}
    await send_all(sender)
    clock.wait(seconds=3)
    await send_all(sender)
    assert messenger.delivered == ["b2", "a1", "a2"]
    assert sorted(await settled()) == [
        ("sent", None),
        ("sent", None),
        ("sent", None),
        ("unknown", "cut off"),
    ]


async def test_silence_is_kept_by_all_and_remembered_over_a_restart(
    sender, messenger, store, clock
):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, at=clock())
    messenger.failing["a1"] = [Undelivered(Failure.LATER, "flood", after=300, all_chats=True)]
    await take_line(store, clock, "me")
    await send_all(sender)
    await posted(store, boris, 1, at=clock())
    clock.wait(seconds=100)
    line = await take_line(store, clock, "heir")
    assert (line.held_until - clock(), line.reason) == (timedelta(seconds=200), "flood")
    heir = Sender(messenger, store, Metrics(), clock)
    heir.obey(line.held_until, line.reason)
    for one in (sender, heir):
        await send_all(one)
    assert messenger.delivered == []


@pytest.mark.parametrize("guess", [True, False])
async def test_only_a_silence_that_was_asked_for_is_for_answers_to_presses_too(
    messenger, store, clock, guess
):
    """Not every messenger tells how long; a press that waits for a guess goes on turning."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, at=clock())
    messenger.aside = Aside()
    too_many = Undelivered(Failure.LATER, "flood", 300, all_chats=True, guess=guess)
    messenger.failing["a1"] = [too_many]
    await send_all(Sender(messenger, store, Metrics(), clock))
    if guess:
        await messenger.aside.admit()
    else:
        with pytest.raises(Undelivered):
            await messenger.aside.admit()


async def test_a_bot_that_may_send_nothing_loses_nothing(
    unhurried, messenger, store, clock, settled
):
    """A token withdrawn for a day: everything is kept, and nobody's patience used up."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    messenger.failing["a1"] = [Undelivered(Failure.LATER, "unauthorized", all_chats=True)] * 5
    for _ in range(5):
        await send_all(unhurried)
        assert unhurried.held_because == "unauthorized"
        clock.wait(minutes=11)
    assert await settled() == [("pending", None)] * 2


async def test_a_slip_of_the_messengers_costs_seconds(unhurried, messenger, store, clock, settled):
    """A token that is refused once is tried again soon; each time after that, later."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, at=clock())
    messenger.failing["a1"] = [Undelivered(Failure.LATER, "unauthorized", all_chats=True)] * 2
    for seconds in (2, 4):
        await send_all(unhurried)
        assert (unhurried.held_until - clock()).total_seconds() == seconds
        clock.wait(seconds=seconds)
    await send_all(unhurried)
    assert messenger.delivered == ["a1"]


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
    """At least once: who takes the line over takes over what the dead one had claimed."""
    (anna,) = await met(store, "a")
    await posted(store, anna, 1, 2, at=clock())
    await posted(store, anna, 3, 4, at=clock(), lane="notice")
    await take_line(store, clock, "mortal")
    mortal = Mortal()
    with pytest.raises(asyncio.CancelledError):
        await Sender(mortal, store, Metrics(), clock).send_due()
    assert mortal.delivered == ["a1", "a3"]
    clock.wait(minutes=2)
    await take_line(store, clock, "heir")
    messenger = Messenger()
    await send_all(Sender(messenger, store, Metrics(), clock))
    assert messenger.delivered == ["a1", "a2"]
    doubtful = [("unknown", "interrupted")] * 2  # of notices nobody knows: at most once
    assert await settled() == [("sent", None)] * 2 + doubtful


async def test_one_process_has_the_line_until_it_dies_or_leaves_it(store, clock, database_url):
    assert await take_line(store, clock, "one")
    other = await take_line(store, clock, "other")
    if database_url.startswith("sqlite"):  # one process only, so the other one is dead
        assert other
        return
    assert other is None
    clock.wait(seconds=30)
    assert await take_line(store, clock, "one")
    clock.wait(minutes=1)
    assert await take_line(store, clock, "other")
    assert await take_line(store, clock, "one") is None
    async with store.work() as work:
        await work.leave_line("telegram", "one")  # which has it no more
    assert await take_line(store, clock, "one") is None
    async with store.work() as work:
        await work.leave_line("telegram", "other")
    assert await take_line(store, clock, "one")


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


async def test_a_closed_sender_ends_what_is_under_way_and_begins_nothing_more(
    sender, messenger, store, clock, settled
):
    anna, boris = await met(store, "a", "b")
    await posted(store, anna, 1, at=clock())
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(sender.run())
        while not messenger.delivered:  # noqa: ASYNC110 — the messenger of the test tells nobody
            await asyncio.sleep(0.01)
        sender.close()
        await posted(store, boris, 1, at=clock())
    assert messenger.delivered == ["a1"]
    assert await settled() == [("sent", None), ("pending", None)]


async def test_a_woken_sender_looks_at_once(sender, messenger, store, clock):
    (anna,) = await met(store, "a")
    async with asyncio.timeout(4), asyncio.TaskGroup() as tasks:  # before it looks by itself
        tasks.create_task(sender.run())
        await posted(store, anna, 1, at=clock())
        while not messenger.delivered:
            sender.wake()
            await asyncio.sleep(0.01)
        sender.close()
