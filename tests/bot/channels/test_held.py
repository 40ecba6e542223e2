"""Files that a messenger is given once: what becomes of a name that it does not take."""

import pytest

from bot.channels.base import Failure
from bot.channels.held import Held, NotTaken


class Sending:
    """A messenger that takes names from the ``first``-th on, and how it was tried."""

    def __init__(self, first):
        self.first = first
        self.given = 0
        self.tried = []
        self.admitted = 0

    async def admit(self):
        """Let one more call through."""
        self.admitted += 1

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
    held = Held(messenger.admit)
    await held.send("photo:notice-1", messenger.give, messenger.send)
    messenger.first = 2

    assert await held.send("photo:notice-1", messenger.give, messenger.send) == "message 2"
    assert (messenger.tried, messenger.given, messenger.admitted) == ([1, 1, 2], 2, 1)


async def test_a_new_name_that_never_worked_is_kept_however_many_messages_fail():
    messenger = Sending(first=9)
    held = Held(messenger.admit)
    for _ in range(3):
        with pytest.raises(NotTaken):
            await held.send("photo:notice-1", messenger.give, messenger.send)

    assert (messenger.tried, messenger.given) == ([1, 1, 1], 1)


async def test_an_old_name_that_never_worked_is_given_up_once_for_a_message():
    messenger = Sending(first=3)
    held = Held(messenger.admit, new_for=0.0)
    with pytest.raises(NotTaken):
        await held.send("photo:notice-1", messenger.give, messenger.send)

    assert await held.send("photo:notice-1", messenger.give, messenger.send) == "message 3"
    assert messenger.tried == [1, 2, 2, 3]


async def test_who_is_refused_after_another_gave_the_file_anew_takes_the_new_name():
    messenger = Sending(first=1)
    held = Held(messenger.admit)
    await held.send("photo:notice-1", messenger.give, messenger.send)
    messenger.first = 2

    async def send_late(name):
        if name == 1:
            await held.send("photo:notice-1", messenger.give, messenger.send)
        return await messenger.send(name)

    assert await held.send("photo:notice-1", messenger.give, send_late) == "message 2"
    assert messenger.given == 2
