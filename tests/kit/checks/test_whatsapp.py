import io
import json
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, FormData

from tests.bot.conftest import Clock
from tests.kit.checks.asking import picture
from tests.kit.checks.receiving import receiver
from tests.kit.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, WhatsAppServer
from tests.kit.whatsapp.webhook import signature


@asynccontextmanager
async def whatsapp(**how):
    """Run WhatsApp with one person who has just written, and a bare webhook."""
    clock = Clock()
    async with receiver() as bot, WhatsAppServer(clock, reach=bot.url, **how) as server:
        server.bot, server.time = bot, clock
        server.say("anna", "здравствуйте")
        await server.until(lambda: bot.got)
        yield server


async def post(server, asked, token=TOKEN, number=PHONE_NUMBER_ID, version="v26.0"):
    address = f"{server.url}/{version}/{number}/messages"
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        ClientSession() as session,
        session.post(address, json=asked, headers=headers) as answer,
    ):
        told = await answer.json()
    return answer.status, told


async def send(server, kind="text", user="anna", **content):
    """Send one message to a person; returns the status and the code of the error, 0 without."""
    head = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    to = {"recipient": server.person(user).bsuid}
    status, told = await post(server, {**head, **to, "type": kind, kind: content})
    return status, told.get("error", {}).get("code", 0)


def buttons(*titles):
    replies = [
        {"type": "reply", "reply": {"id": f"b{n}", "title": t}} for n, t in enumerate(titles)
    ]
    return {"type": "button", "body": {"text": "?"}, "action": {"buttons": replies}}


def rows(*titles, **more):
    listed = [{"id": f"r{n}", "title": title, **more} for n, title in enumerate(titles)]
    action = {"button": "Выбрать", "sections": [{"rows": listed}]}
    return {"type": "list", "body": {"text": "?"}, "action": action}


def repeated(asked):
    asked["action"]["buttons"][1]["reply"]["id"] = "b0"
    return asked


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("text", {"body": "x" * 4096}, 0),
        ("text", {"body": "x" * 4097}, 100),
        ("text", {"body": ""}, 131009),
        ("text", {}, 131008),
        ("text", {"body": "x", "colour": "red"}, 100),
        ("interactive", buttons("Да", "Нет", "Не знаю"), 0),
        ("interactive", buttons("Да", "Нет", "Не знаю", "Потом"), 131009),
        ("interactive", buttons("x" * 20), 0),
        ("interactive", buttons("x" * 21), 131009),
        ("interactive", buttons(""), 131009),
        ("interactive", buttons("Да", "Да"), 131009),
        ("interactive", repeated(buttons("Да", "Нет")), 131009),
        ("interactive", {**buttons("Да"), "body": {"text": "x" * 1025}}, 131009),
        ("interactive", {**buttons("Да"), "footer": {"text": "x" * 61}}, 131009),
        ("interactive", {**buttons("Да"), "type": "carousel"}, 131009),
        ("interactive", rows(*"абвгдежзик"), 0),
        ("interactive", rows(*"абвгдежзикл"), 131009),
        ("interactive", rows("x" * 24, description="x" * 72), 0),
        ("interactive", rows("x" * 25), 131009),
        ("interactive", rows("x", description="x" * 73), 131009),
        ("image", {"id": "nothing"}, 100),
        ("image", {"id": "1", "link": "https://example.org/x.jpg"}, 131009),
        ("image", {"link": "http://example.org/x.jpg"}, 131009),
        ("poll", {}, 131051),
        ("template", {"name": "x", "language": {"code": "ru"}}, 132001),
    ],
)
async def test_messages_that_whatsapp_takes_and_refuses(kind, content, code):
    async with whatsapp() as server:
        status, told = await send(server, kind, **content)
        assert (status == 200, told) == (code == 0, code)
        assert len(server.screen("anna").said) == (code == 0)
        assert bool(server.violations) == (code != 0)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"to": "79990000001", "type": "text", "text": {"body": "x"}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "x"}}, 131008),
        ({"messaging_product": "whatsapp", "to": "Анна", "text": {"body": "x"}}, 131009),
        ({"messaging_product": "whatsapp", "to": "7999000", "text": {"body": "x"}, "a": 1}, 100),
        ({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}, 131009),
    ],
)
async def test_requests_without_their_head_are_refused(asked, code):
    async with whatsapp() as server:
        status, told = await post(server, asked)
        assert (status, told["error"]["code"]) == (400, code)


async def test_a_wrong_token_number_or_version_opens_nothing():
    async with whatsapp() as server:
        assert (await post(server, {}, token="x"))[0] == 401
        assert (await post(server, {}, number="1"))[0] == 400
        assert (await post(server, {}, version="v20.0"))[0] == 400
        assert len(server.violations) == 3


@pytest.mark.parametrize("tells", ["later", "at once"])
async def test_outside_of_the_24_hours_only_templates_go(tells):
    async with whatsapp(tells=tells) as server:
        server.template("promise", "ru", "Заявление {{1}}: ответим {{2}}.", replies=("Посмотреть",))
        server.time.wait(hours=23, minutes=59)
        assert await send(server, body="x") == (200, 0)
        server.time.wait(minutes=2)
        status, code = await send(server, body="x")
        assert (status, code) == ((200, 0) if tells == "later" else (400, 131047))
        if tells == "later":
            await server.until(lambda: "failed" in [one["status"] for one in statuses(server)])
            failed = next(one for one in statuses(server) if one["status"] == "failed")
            assert failed["errors"][0]["code"] == 131047
        assert server.violations == ["free text was sent to anna outside of the 24 hours"]

        def values(*texts):
            parameters = [{"type": "text", "text": text} for text in texts]
            return [{"type": "body", "parameters": parameters}]

        sent = {"name": "promise", "language": {"code": "ru"}}
        assert await send(server, "template", **sent, components=values("1", "2")) == (200, 0)
        assert server.screen("anna").said[-1].text == "Заявление 1: ответим 2."
        assert (await send(server, "template", **sent, components=values("1")))[1] == 132000
        assert (await send(server, "template", **sent, components=values("1", "a\nb")))[1] == 100
        server.template("promise", "ru", "x", state="paused")
        assert (await send(server, "template", **sent))[1] == 132015


def payloads(server):
    for _, headers, body in server.bot.got:
        assert headers["X-Hub-Signature-256"] == signature(APP_SECRET, body)
        assert body.isascii()
        assert b"/" not in body.replace(b"\\/", b"")
        yield json.loads(body)["entry"][0]["changes"][0]["value"]


def statuses(server):
    return [one for value in payloads(server) for one in value.get("statuses", ())]


async def test_what_people_do_is_brought_signed_over_the_escaped_bytes():
    async with whatsapp() as server:
        server.person("boris", phone="", name="Борис")
        server.say("boris", "https://пример.рф/")
        await server.until(lambda: len(server.bot.got) == 2)
        boris = list(payloads(server))[1]
        assert "wa_id" not in boris["contacts"][0]
        assert "from" not in boris["messages"][0]
        assert boris["messages"][0]["from_user_id"] == server.person("boris").bsuid
        assert boris["messages"][0]["text"]["body"] == "https://пример.рф/"


async def test_a_delivery_is_repeated_until_it_is_taken():
    async with whatsapp() as server:
        server.bot.statuses.extend([500, 403, 204])
        server.say("anna", "x")
        await server.until(lambda: server.webhook.postman.idle)
        assert len(server.bot.got) == 5
        assert len({body for _, _, body in server.bot.got[1:]}) == 1


async def test_buttons_and_rows_are_pressed_by_their_labels():
    async with whatsapp() as server:
        await send(server, "interactive", **buttons("Да", "Нет"))
        server.press("anna", "Нет")
        await send(server, "interactive", **rows("Первое", description="и главное"))
        server.press("anna", "Первое")
        await server.until(lambda: server.webhook.postman.idle)
        replies = [
            message["interactive"]
            for value in payloads(server)
            for message in value.get("messages", ())
            if message["type"] == "interactive"
        ]
        assert replies == [
            {"type": "button_reply", "button_reply": {"id": "b1", "title": "Нет"}},
            {
                "type": "list_reply",
                "list_reply": {"id": "r0", "title": "Первое", "description": "и главное"},
            },
        ]


async def test_media_lives_five_minutes_behind_the_bearer():
    async with whatsapp() as server, ClientSession() as session:
        server.photo("anna", picture(), "полис")
        await server.until(lambda: server.webhook.postman.idle)
        image = list(payloads(server))[-1]["messages"][0]["image"]
        bearer = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
        async with session.get(f"{server.url}/v26.0/{image['id']}", **bearer) as answer:
            told = await answer.json()
        assert told["file_size"] == len(picture())
        async with session.get(told["url"], **bearer) as answer:
            assert await answer.read() == picture()
        async with session.get(told["url"]) as answer:
            assert answer.status == 401
        server.time.wait(minutes=5, seconds=1)
        async with session.get(told["url"], **bearer) as answer:
            assert answer.status == 404


@pytest.mark.parametrize(
    ("kind", "size", "status"),
    [
        ("image/jpeg", 5 * 1024 * 1024, 200),
        ("image/jpeg", 5 * 1024 * 1024 + 1, 400),
        ("image/gif", 10, 400),
        ("application/pdf", 10, 200),
        ("application/pdf", 0, 400),
    ],
)
async def test_uploads_are_measured_by_their_kind(kind, size, status):
    async with whatsapp() as server, ClientSession() as session:
        form = FormData({"messaging_product": "whatsapp", "type": kind})
        form.add_field("file", io.BytesIO(bytes(size)), filename="x", content_type=kind)
        async with session.post(
            f"{server.url}/v26.0/{PHONE_NUMBER_ID}/media",
            data=form,
            headers={"Authorization": f"Bearer {TOKEN}"},
        ) as answer:
            assert answer.status == status


async def test_who_blocked_the_business_sees_nothing_and_nothing_is_delivered():
    async with whatsapp() as server:
        server.block("anna")
        assert await send(server, body="x") == (200, 0)
        await server.until(lambda: server.webhook.postman.idle)
        assert server.screen("anna").said == []
        assert [one["status"] for one in statuses(server)] == ["sent"]


async def test_the_46th_message_at_once_to_one_person_hits_the_pair_limit():
    async with whatsapp() as server:
        codes = [(await send(server, body="x"))[1] for _ in range(46)]
        assert codes == [0] * 45 + [131056]
        assert len(server.violations) == 1


async def test_the_webhook_is_verified_by_a_challenge():
    async with whatsapp() as server:
        status, _ = await server.subscribe()
        assert status == 405  # the bare webhook takes only what is posted
