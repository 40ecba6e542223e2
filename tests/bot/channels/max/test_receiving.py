"""How MAX's updates come in: posted with a secret, or polled by a marker."""

import asyncio
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.channels.aside import Aside
from bot.channels.base import Busy, Failure, Undelivered
from bot.channels.calling import Caller
from bot.channels.max import MaxSettings, build
from bot.channels.max.api import Api
from bot.channels.max.receiving import stay_subscribed
from dialogs.effects import Button
from dialogs.incoming import Opened, Said, Unreadable
from tests.bot.channels.desk import Desk, hosting, running, show, surroundings
from tests.bot.channels.max.conftest import OUTSIDE, SECRET
from tests.bot.channels.max.payloads import created
from tests.kit.max import TOKEN

NAMED = {"X-Max-Bot-Api-Secret": SECRET}


async def post(url, body, headers):
    async with (
        ClientSession() as session,
        session.post(url, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def test_the_menu_of_commands_is_set_at_the_start(server, polled):
    await server.until(lambda: server.commands)

    assert server.commands[0] == ("menu", "Меню: с чего начать")
    assert ("english", "Switch to English") in server.commands


async def test_updates_that_are_posted_are_taken_in_before_they_are_answered(server, desk, called):
    server.start("anna", "f-newborn")
    server.say("anna", "потеряла полис")
    await server.until(lambda: server.updates.idle)

    assert desk.heard == [Opened("f-newborn"), Said("потеряла полис")]
    assert server.updates.postman.statuses == [200, 200]
    assert server.violations == []


async def test_a_press_is_answered_before_its_update_is(server, desk, called):
    """A program killed after the 200 is not told of the press again, and it would go on turning."""
    messenger, _ = called
    server.start("anna")
    await desk.until(lambda: desk.taken)
    await show(messenger, desk.taken[0].letter.chat, "Чем помочь?", buttons=(Button("m", "Меню"),))
    statuses = server.updates.postman.statuses
    known = len(statuses)
    server.press("anna", "Меню")
    await server.until(lambda: len(statuses) > known or not server.presses)
    assert len(statuses) == known
    await server.until(lambda: len(statuses) > known)
    assert not server.presses


@pytest.mark.parametrize("headers", [{}, {"X-Max-Bot-Api-Secret": "another"}])
async def test_what_is_forged_leaves_nothing_but_a_count(desk, called, headers):
    _, url = called

    assert await post(url, created("да"), headers) == 403
    assert (desk.refusals, desk.taken) == ([("max", "forged")], [])


async def test_what_is_malformed_or_too_large_is_refused(desk, called):
    _, url = called

    assert await post(url, b"[]", NAMED) == 400
    assert await post(url, b" " * (1024 * 1024 + 1), NAMED) == 413
    assert desk.refusals == [("max", "malformed"), ("max", "too_large")]


async def test_every_call_that_is_no_message_waits_for_its_turn(server, desk, called):
    messenger, _ = called
    turns = []

    async def admit():
        turns.append(len(server.calls))

    messenger.aside.join(admit, lambda _: None)
    before = len(server.calls)
    server.start("anna")
    await desk.until(lambda: desk.taken)
    chat = desk.taken[0].letter.chat
    await show(messenger, chat, "Здравствуйте!", buttons=(Button("m", "Меню"),))
    server.press("anna", "Меню")
    await server.until(lambda: [one for one in server.calls if one.name == "POST /answers"])
    await messenger.show_typing(chat)
    names = [one.name for one in server.calls[before:]]
    assert names == ["POST /messages", "POST /answers", "POST /chats/{chat}/actions"]
    assert turns == [before + 1, before + 2]


async def test_what_cannot_be_taken_in_now_comes_again(server, desk, called):
    desk.faults = [Busy()]
    server.start("anna")
    await desk.until(lambda: desk.taken)

    assert server.updates.postman.statuses[0] == 503


async def test_updates_that_come_twice_and_out_of_order_are_taken_once(server, desk, polled):
    server.updates.confuse(3, 0.7)
    said = [str(number) for number in range(30)]
    for text in said:
        server.say("anna", text)
        await desk.until(lambda text=text: any(one == Said(text) for one in desk.heard))

    assert [one.text for one in desk.heard] == said


async def test_the_marker_moves_on_only_when_what_it_passes_is_taken_in(server, desk, polled):
    desk.faults = [Busy()]
    server.say("anna", "раз")
    await desk.until(lambda: desk.taken)
    server.say("anna", "два")
    await desk.until(lambda: len(desk.taken) == 2)

    assert desk.heard == [Said("раз"), Said("два")]


async def test_what_was_not_taken_in_is_there_for_the_next_start(server, desk):
    settings = MaxSettings(TOKEN, server.url, "polling")

    class Broken(Desk):
        async def take(self, arrivals):
            raise OSError("the database is away")

    server.say("anna", "раз")
    broken = build(settings, surroundings(Broken()))
    with pytest.raises(OSError, match="away"):
        await broken.run()
    await broken.close()
    async with running(build(settings, surroundings(desk))):
        await desk.until(lambda: desk.taken)

    assert desk.heard == [Said("раз")]


async def test_polling_goes_on_after_faults(server, desk, polled):
    for fault in ("500", "502", "cut_after", "429"):
        server.fail(fault, 1, "GET /updates")
    server.say("anna", "да")
    async with asyncio.timeout(60):
        await desk.until(lambda: desk.taken)


async def test_to_be_polled_nothing_may_be_subscribed(server, desk):
    server.updates.subscribe(OUTSIDE, SECRET, [])
    async with running(build(MaxSettings(TOKEN, server.url, "polling"), surroundings(desk))):
        await server.until(lambda: not server.updates.subscriptions)
        server.say("anna", "да")
        await desk.until(lambda: desk.taken)

    assert server.violations == []


async def test_a_lost_subscription_is_made_again(server):
    settings, caller = MaxSettings(TOKEN, server.url, "webhook", SECRET, OUTSIDE), Caller()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(
            stay_subscribed(Api(settings, caller, Aside()), settings, check=0.05)
        )
        for _ in range(2):
            await server.until(lambda: server.updates.subscriptions)
            server.updates.subscriptions.clear()
        task.cancel()
    await caller.close()

    assert server.violations == []


async def test_a_token_refused_by_a_slip_does_not_end_the_run(server, desk, polled):
    server.fail("401", 2, "GET /updates")
    server.say("anna", "раз")
    await desk.until(lambda: desk.taken)
    server.say("anna", "два")
    await desk.until(lambda: len(desk.taken) == 2)

    assert desk.heard == [Said("раз"), Said("два")]


async def test_a_refused_token_ends_the_run(server, desk):
    messenger = build(MaxSettings("another", server.url, "polling"), surroundings(desk))
    with pytest.raises(Undelivered) as failed:
        await messenger.run()
    await messenger.close()

    assert (failed.value.failure, failed.value.all_chats) == (Failure.LATER, True)
    assert "another" not in str(failed.value)


async def test_a_correction_is_answered_rather_than_lost(server, desk, polled):
    name = server.say("anna", "12.03.2020")
    await desk.until(lambda: desk.taken)
    server.edit("anna", name, "13.03.2020")
    await desk.until(lambda: len(desk.taken) == 2)

    assert desk.heard[1] == Unreadable("edited")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"token": " "}, "TOKEN"),
        ({"mode": "webhook", "webhook_secret": "shrt"}, "WEBHOOK_SECRET"),
        ({"mode": "webhook", "webhook_secret": "с кириллицей"}, "WEBHOOK_SECRET"),
        ({"ca_file": "/no/such/file.pem"}, "CA_FILE"),
    ],
)
def test_without_its_settings_it_is_not_built(given, missing):
    settings = MaxSettings(**{"token": "t", "mode": "polling", **given})
    with pytest.raises(ValueError, match=missing):
        build(settings, surroundings(Desk()))


async def test_a_polled_bot_has_no_address(server, desk):
    messenger = build(MaxSettings(TOKEN, server.url, "polling"), surroundings(desk))
    async with hosting(messenger) as url:
        assert await post(f"{url}/max/webhook", b"{}", NAMED) == 404
