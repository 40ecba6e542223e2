"""Files that a messenger is given once: what becomes of a name that it does not take."""

import asyncio

import pytest

from bot.channels.base import Failure, Undelivered
from bot.channels.held import Held, NotTaken

POSTER = "photo:notice-1"


class Sending:
    """A messenger that takes names from the ``first``-th on, and how it was tried."""

    def __init__(self, first):
        self.first = first
        self.given = 0
        self.tried = []
        self.turns = 0

    async def again(self):
        """Let one more call through."""
        self.turns += 1

    async def give(self):
        """Take a file; return its name."""
        self.given += 1
        return self.given

    async def send(self, name):
        """Take a message that holds a name."""
        self.tried.append(name)
        if name < self.first:
            raise NotTaken(Failure.REJECTED, "media")
        return f"message {name}"


async def test_a_name_that_worked_and_is_refused_is_given_up_and_the_message_goes_at_once():
    messenger = Sending(first=1)
    held = Held()
    await held.send(POSTER, messenger.give, messenger.send, messenger.again)
    messenger.first = 2

    assert await held.send(POSTER, messenger.give, messenger.send, messenger.again) == "message 2"
    assert (messenger.tried, messenger.given, messenger.turns) == ([1, 1, 2], 2, 1)


async def test_a_new_name_that_never_worked_is_kept_however_many_messages_fail():
    messenger = Sending(first=9)
    held = Held()
    for _ in range(3):
        with pytest.raises(NotTaken):
            await held.send(POSTER, messenger.give, messenger.send, messenger.again)

    assert (messenger.tried, messenger.given) == ([1, 1, 1], 1)


async def test_an_old_name_that_never_worked_is_given_up_once_for_a_message():
    messenger = Sending(first=3)
    held = Held(new_for=0.0)
    with pytest.raises(NotTaken):
        await held.send(POSTER, messenger.give, messenger.send, messenger.again)

    assert await held.send(POSTER, messenger.give, messenger.send, messenger.again) == "message 3"
    assert messenger.tried == [1, 2, 2, 3]


async def test_who_is_refused_after_another_gave_the_file_anew_takes_the_new_name():
    messenger = Sending(first=1)
    held = Held()
    await held.send(POSTER, messenger.give, messenger.send, messenger.again)
    messenger.first = 2

    async def send_late(name):
        if name == 1:
            await held.send(POSTER, messenger.give, messenger.send, messenger.again)
        return await messenger.send(name)

    assert await held.send(POSTER, messenger.give, send_late, messenger.again) == "message 2"
    assert messenger.given == 2


class Slow(Sending):
    """A messenger that takes a file only once ``may_end`` is set, or ``fails`` to."""

    def __init__(self, fails=None):
        super().__init__(first=1)
        self.fails = fails
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def give(self):
        """Take a file after a while; return its name."""
        name = await super().give()
        self.begun.set()
        await asyncio.sleep(0)  # others come meanwhile
        await self.may_end.wait()
        if self.fails:
            raise self.fails
        return name

    async def send_many(self, held, document=POSTER, many=5):
        """Send a document to many at once; return what came of each."""
        sending = [held.send(document, self.give, self.send, self.again) for _ in range(many)]
        return await asyncio.gather(*sending, return_exceptions=True)


async def test_of_many_at_once_one_gives_the_file_and_the_others_go_each_in_its_turn():
    messenger = Slow()
    messenger.may_end.set()

    assert await messenger.send_many(Held()) == ["message 1"] * 5
    assert (messenger.given, messenger.turns) == (1, 4)


@pytest.mark.parametrize(
    ("fails", "reason", "after"),
    [
        (Undelivered(Failure.LATER, "connection", unknown=True), "connection", None),
        (Undelivered(Failure.LATER, "token", all_chats=True), "token", None),
        (Undelivered(Failure.LATER, "throughput", 2.0, all_chats=True), "throughput", 2.0),
        (OSError("the database is away"), "OSError", None),
    ],
)
async def test_a_file_that_is_not_taken_fails_at_once_for_all_who_wait(fails, reason, after):
    """Nobody gives it after them. They come later, for of theirs nothing was sent or counted."""
    messenger, held = Slow(fails), Held()
    messenger.may_end.set()
    first, *others = await messenger.send_many(held)

    assert first is fails
    assert messenger.given == 1
    for other in others:
        told = (other.failure, other.reason, other.after, other.unknown, other.all_chats)
        assert told == (Failure.LATER, reason, after, False, False)
    messenger.fails = None
    assert await messenger.send_many(held, many=1) == ["message 2"]


async def test_one_file_waits_for_no_other():
    poster, map_, held = Slow(), Slow(), Held()
    map_.may_end.set()
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(poster.send_many(held))
        await poster.begun.wait()
        assert await map_.send_many(held, "paper:notice-2", 1) == ["message 1"]
        assert not waiting.done()
        poster.may_end.set()


async def test_when_the_one_who_gives_is_stopped_another_gives():
    messenger, held = Slow(), Held()
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(messenger.send_many(held, many=1))
        await messenger.begun.wait()
        others = tasks.create_task(messenger.send_many(held, many=3))
        stopped = tasks.create_task(messenger.send_many(held, many=1))
        for _ in range(3):
            await asyncio.sleep(0)  # all have come, and wait
        stopped.cancel()
        first.cancel()
        messenger.may_end.set()

    assert others.result() == ["message 2"] * 3
