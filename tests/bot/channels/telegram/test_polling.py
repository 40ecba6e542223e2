"""Receiving by polling: nothing is acknowledged before it is durable."""

import asyncio

import pytest

from bot.channels.base import Busy, Failure, Undelivered
from bot.channels.telegram.polling import pause
from dialogs.effects import Button
from dialogs.incoming import Opened, Said
from tests.bot.channels.telegram.conftest import run


async def test_what_people_do_arrives_in_order(server, desk, polling):
    server.start("anna", "t-loss")
    for number in range(5):
        server.say("anna", str(number))
    await desk.until(6)
    assert desk.incoming == [Opened("t-loss"), *(Said(str(number)) for number in range(5))]
    assert server.updates.allowed == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    assert server.violations == []


async def test_what_could_not_be_taken_comes_again(server, desk, polling):
    """It was never acknowledged."""
    desk.faults = [Busy(), Busy()]
    server.start("anna")
    await desk.until(1)
    assert desk.incoming == [Opened()]


async def test_repeats_and_disorder_lose_nothing(server, desk, polling):
    server.updates.confuse(7, 0.5)
    server.start("anna")
    for number in range(20):
        server.say("anna", str(number))
        await desk.until(number + 2)
    assert len(desk.taken) == 21


async def test_one_update_that_cannot_be_read_does_not_stop_the_others(server, desk, polling):
    server.updates.add("message", {"message_id": "seven"})
    server.start("anna")
    await desk.until(1)
    assert desk.incoming == [Opened()]
    assert desk.refusals == [("telegram", "malformed")]


@pytest.mark.parametrize("fault", ["cut_before", "cut_after", "500", "502", "429", "refuse", "401"])
async def test_receiving_goes_on_after_a_fault(server, desk, polling, fault):
    server.fail(fault, 2, "getUpdates")
    server.start("anna")
    await desk.until(1)
    server.say("anna", "привет")
    await desk.until(2)
    assert server.violations == []


async def test_a_press_is_answered_again_where_its_answer_did_not_arrive(
    server, desk, say, polling
):
    server.start("anna")
    await desk.until(1)
    await say("anna", buttons=(Button("m", "Меню"),))
    server.fail("500", 1, "answerCallbackQuery")
    server.fail("cut_before", 1, "answerCallbackQuery")
    server.press("anna", "Меню")
    await server.until(lambda: not server.presses.waiting)
    assert server.violations == []


async def test_a_second_poller_does_not_stop_the_first_for_good(server, desk, polling):
    """Two instances by mistake: whoever is sent away comes back later, and says so in the log."""
    await server.until(lambda: server.updates.polled)
    await server.updates.poll(0, 1, 0)
    server.start("anna")
    await desk.until(1)
    assert server.updates.conflicts == 1


async def test_a_webhook_left_behind_is_taken_away(server, desk, telegram):
    server.updates.hook("https://polis.example/telegram/webhook", "secret")
    async with run(telegram):
        await server.until(lambda: not server.updates.webhook.url)


async def test_a_refused_token_ends_receiving(server, telegram):
    """Nothing will be better before somebody does something."""
    server.fail("401", 99)
    with pytest.raises(Undelivered) as failed:
        await telegram.run()
    assert (failed.value.failure, failed.value.all_chats) == (Failure.LATER, True)


async def test_a_token_refused_later_ends_receiving_too(server, telegram, desk):
    async with asyncio.timeout(20):
        task = asyncio.ensure_future(telegram.run())
        await server.until(lambda: server.updates.polled)
        server.fail("401", 99, "getUpdates")
        server.start("anna")
        with pytest.raises(Undelivered):
            await task


def test_pauses_grow_and_are_never_alike():
    """What Telegram asks for goes first."""
    assert pause(9, 3.0) == 3.0
    assert all(0.5 * 2**n <= pause(n, None) <= 2**n for n in range(1, 6))
    assert all(32 <= pause(n, None) <= 64 for n in range(6, 2000, 100))
    assert len({pause(3, None) for _ in range(20)}) > 1
