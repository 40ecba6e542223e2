"""What WhatsApp posts: taken in when it is signed, and nothing else."""

from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.channels.base import Busy
from dialogs.incoming import Said
from tests.kit.whatsapp import APP_SECRET
from tests.kit.whatsapp.webhook import signature


async def post(server, body, signed=None):
    headers = {"X-Hub-Signature-256": signed} if signed is not None else {}
    async with (
        ClientSession() as session,
        session.post(server.webhook.url, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def test_the_address_is_verified_by_whoever_knows_the_token(server, desk, whatsapp):
    assert await server.subscribe() == (200, "1158201444")
    assert await server.subscribe("another token") == (403, "")
    assert await server.subscribe("не тот") == (403, "")
    assert desk.refusals == [("whatsapp", "unverified")] * 2


async def test_what_is_signed_is_taken_in_before_it_is_answered(server, desk, whatsapp):
    server.say("anna", "потеряла полис")
    await server.until(lambda: server.webhook.postman.taken)

    assert desk.heard == [Said("потеряла полис")]
    assert server.webhook.postman.statuses == [200]
    assert desk.taken[0].letter.phone == f"+{server.person('anna').phone}"


@pytest.mark.parametrize(
    "signed",
    [
        None,
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signature(APP_SECRET, b"another body"),
        signature("another secret", b'{"entry": []}'),
        signature(APP_SECRET, b'{"entry": []}').removeprefix("sha256="),
        signature(APP_SECRET, b'{"entry": []}').upper(),
    ],
)
async def test_what_is_forged_leaves_nothing_but_a_count(server, desk, whatsapp, signed):
    assert await post(server, b'{"entry": []}', signed) == 403
    assert desk.refusals == [("whatsapp", "forged")]


async def test_what_comes_in_counts_and_what_is_no_message_waits_for_its_turn(server, whatsapp):
    counted, turns = [], []

    async def admit():
        turns.append(len(server.calls))

    whatsapp.aside.join(admit, counted.append)
    server.album("anna", b"\xff\xd8 one", b"\xff\xd8 two")
    await server.until(lambda: server.chats.read)
    assert counted == [2]
    assert turns == [len(server.calls) - 1]  # before the mark that it was read


async def test_what_is_malformed_or_too_large_is_refused(server, desk, whatsapp):
    assert await post(server, b"{", signature(APP_SECRET, b"{")) == 400
    large = b" " * (3 * 1024 * 1024 + 1)
    assert await post(server, large, signature(APP_SECRET, large)) == 413
    assert desk.refusals == [("whatsapp", "malformed"), ("whatsapp", "too_large")]
    assert desk.taken == []


async def test_a_repeated_delivery_changes_nothing(server, desk, whatsapp):
    server.webhook.postman.confuse(1, 1.0)
    server.say("anna", "да")
    await server.until(lambda: server.webhook.postman.taken == 2)

    assert desk.heard == [Said("да")]


async def test_what_cannot_be_taken_in_now_comes_again(server, desk, whatsapp):
    desk.faults = [Busy()]
    server.say("anna", "да")
    await desk.until(lambda: desk.taken)

    assert server.webhook.postman.statuses[0] == 503
    assert desk.heard == [Said("да")]


async def test_several_messages_in_one_delivery_keep_their_order(server, desk, whatsapp):
    server.album("anna", b"one", b"two", caption="паспорт")
    await desk.until(lambda: len(desk.taken) == 2)

    first, second = desk.taken
    assert (first.letter.incoming.caption, second.letter.incoming.caption) == ("паспорт", "")
    assert await whatsapp.fetch(first.files[0]) == b"one"
    assert await whatsapp.fetch(second.files[0]) == b"two"
