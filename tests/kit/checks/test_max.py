import io
import json

import pytest
from aiohttp import ClientSession, FormData

from tests.kit.checks.asking import picture
from tests.kit.checks.receiving import receiver
from tests.kit.max import TOKEN, MaxServer


@pytest.fixture
async def server():
    """Run MAX with one person who has started the bot."""
    async with MaxServer() as server:
        server.start("anna")
        yield server


async def ask(server, call, asked=None, token=TOKEN, **query):
    """Make one call; return its status and what came back."""
    method, path = call.split(" ")
    headers = {"Authorization": token}
    query = {name: str(value) for name, value in query.items()}
    async with (
        ClientSession() as session,
        session.request(method, server.url + path, json=asked, params=query, headers=headers) as it,
    ):
        return it.status, await it.json()


async def send(server, **body):
    return await ask(server, "POST /messages", body, chat_id=server.person("anna").chat_id)


def keyboard(*rows):
    return [{"type": "inline_keyboard", "payload": {"buttons": list(rows)}}]


def button(text="Да", kind="callback", **more):
    more = more or ({"payload": "y"} if kind == "callback" else {})
    return {"type": kind, "text": text, **more}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"text": "x" * 4000}, None),
        ({"text": "x" * 4001}, "text: size must be between 0 and 4000"),
        ({"text": " "}, "Message must have text or attachments"),
        ({"text": "x", "colour": "red"}, "body has an unknown field colour"),
        ({"text": "x", "format": "bbcode"}, "format: markdown or html is expected"),
        ({"text": "x", "attachments": keyboard(*[[button()]] * 30)}, None),
        ({"text": "x", "attachments": keyboard(*[[button()]] * 31)}, "buttons: from 1 to 30 rows"),
        ({"text": "x", "attachments": keyboard([button()] * 7)}, None),
        ({"text": "x", "attachments": keyboard([button()] * 8)}, "buttons: too many in a row"),
        (
            {"text": "x", "attachments": keyboard([button(kind="request_contact")] * 4)},
            "buttons: too many in a row",
        ),
        ({"text": "x", "attachments": keyboard([button("x" * 128)])}, None),
        ({"text": "x", "attachments": keyboard([button("x" * 129)])}, "button.text: size must be"),
        ({"text": "x", "attachments": keyboard([button(payload="x" * 1025)])}, "button.payload: s"),
        (
            {"text": "x", "attachments": keyboard([button(kind="reply")])},
            "button.type reply is not",
        ),
        (
            {"text": "x", "attachments": keyboard([button(payload="x", url="y")])},
            "button has an unknown field url",
        ),
        (
            {"text": "x", "attachments": keyboard([button(kind="link", url="ftp://x")])},
            "button.url",
        ),
        ({"text": "x", "attachments": keyboard([button()]) * 13}, "attachments: too many"),
        (
            {"attachments": [{"type": "file", "payload": {"token": "nothing"}}]},
            "attachment token is invalid",
        ),
        (
            {"attachments": [{"type": "file", "payload": {"token": "x"}}, *keyboard([button()])]},
            "Must be only one file attachment in message",
        ),
    ],
)
async def test_messages_that_max_takes_and_refuses(server, body, problem):
    status, told = await send(server, **body)
    assert status == (400 if problem else 200)
    if problem:
        assert told["code"] == "proto.payload"
        assert told["message"].startswith(problem)
    assert len(server.screen("anna").said) == (problem is None)
    assert bool(server.violations) == bool(problem)


@pytest.mark.parametrize(
    ("text", "mode", "seen"),
    [
        ("**жирно** и *косо*", "markdown", "жирно и косо"),
        ("[там](https://example.org)", "markdown", "там"),
        ("<b>жирно</b> &lt; <unknown>да</unknown>", "html", "жирно < да"),
        ("a < b", "html", "a < b"),
        ("**как есть**", None, "**как есть**"),
    ],
)
async def test_marks_are_stripped_silently(server, text, mode, seen):
    await send(server, text=text, **({"format": mode} if mode else {}))
    assert server.screen("anna").said[0].text == seen


async def test_a_wrong_token_path_or_parameter_opens_nothing(server):
    assert (await ask(server, "GET /me", token=f"Bearer {TOKEN}"))[0] == 401
    assert (await ask(server, "GET /you"))[0] == 404
    assert (await ask(server, "GET /me", access_token=TOKEN))[0] == 400
    assert len(server.violations) == 3


async def test_the_bot_writes_only_where_it_was_started(server):
    stranger = server.person("boris")
    assert (await ask(server, "POST /messages", {"text": "x"}, chat_id=stranger.chat_id))[0] == 403
    assert (await ask(server, "POST /messages", {"text": "x"}, chat_id=1))[0] == 404
    server.block("anna")
    status, told = await send(server, text="x")
    assert (status, told["code"]) == (403, "chat.denied")
    server.unblock("anna")
    assert (await send(server, text="x"))[0] == 200


async def test_editing_keeps_what_is_null_and_takes_away_what_is_empty(server):
    _, sent = await send(server, text="?", attachments=keyboard([button()]))
    mid = sent["message"]["body"]["mid"]
    await ask(server, "PUT /messages", {"text": "!"}, message_id=mid)
    assert server.screen("anna").said[0].labels == ["Да"]
    await ask(server, "PUT /messages", {"attachments": []}, message_id=mid)
    shown = server.screen("anna").said[0]
    assert (shown.text, shown.labels) == ("!", [])
    own = server.say("anna", "x")
    assert (await ask(server, "PUT /messages", {"text": "y"}, message_id=own))[0] == 403
    assert server.violations == [f"message {own} is not the bot's own"]


async def test_a_press_is_answered_by_a_notice_or_an_edit(server, monkeypatch):
    await send(server, text="?", attachments=keyboard([button()]))
    callback = server.press("anna", "Да")
    assert (await ask(server, "POST /answers", {}, callback_id=callback))[0] == 400
    answer = {"message": {"text": "Готово", "attachments": []}, "notification": "Да"}
    assert (await ask(server, "POST /answers", answer, callback_id=callback))[0] == 200
    screen = server.screen("anna")
    assert (screen.said[0].text, screen.said[0].labels) == ("Готово", [])
    assert screen.notices == ["Да"]
    assert (await ask(server, "POST /answers", answer, callback_id=callback))[0] == 404
    server.press("anna", data="y")
    monkeypatch.setattr("tests.kit.max.people._PATIENCE", 0.0)
    assert any("was not answered" in line for line in server.violations)


async def test_updates_come_until_a_marker_commits_them(server):
    server.say("anna", "one")
    _, page = await ask(server, "GET /updates", timeout=0)
    assert [one["update_type"] for one in page["updates"]] == ["bot_started", "message_created"]
    _, again = await ask(server, "GET /updates", timeout=0)
    assert again == page
    _, none = await ask(server, "GET /updates", timeout=0, marker=page["marker"])
    assert none == {"updates": [], "marker": page["marker"]}
    assert (await ask(server, "GET /updates", timeout=91))[0] == 400


async def test_a_press_of_a_deleted_message_comes_without_it(server):
    _, sent = await send(server, text="?", attachments=keyboard([button()]))
    server.delete("anna", sent["message"]["body"]["mid"])
    server.press("anna", "Да")
    _, page = await ask(server, "GET /updates", timeout=0)
    assert page["updates"][-1]["message"] is None


async def test_a_file_is_attached_once_it_has_been_processed(server):
    async def upload(kind, content):
        _, told = await ask(server, "POST /uploads", type=kind)
        form = FormData(quote_fields=False)
        form.add_field("data", io.BytesIO(content), filename="лист.pdf")
        async with ClientSession() as session, session.post(told["url"], data=form) as answer:
            return await answer.json()

    payload = {"token": (await upload("file", b"%PDF"))["token"]}
    status, told = await send(server, attachments=[{"type": "file", "payload": payload}])
    assert (status, told["code"]) == (400, "attachment.not.ready")
    assert (await send(server, attachments=[{"type": "file", "payload": payload}]))[0] == 200
    assert server.screen("anna").said[0].file == ("лист.pdf", b"%PDF")
    photos = await upload("image", picture())
    assert (await send(server, attachments=[{"type": "image", "payload": photos}]))[0] == 200
    assert server.violations == []


async def test_a_webhook_is_https_with_a_secret_and_wants_exactly_200():
    async with receiver() as bot, MaxServer(reach=bot.url) as server:
        for asked in (
            {"url": "http://example.org/hook", "secret": "secret"},
            {"url": "https://example.org:8443/hook", "secret": "secret"},
            {"url": "https://example.org/hook", "secret": "s s s"},
        ):
            assert (await ask(server, "POST /subscriptions", asked))[0] == 400
        asked = {"url": "https://example.org/hook", "secret": "secret-5"}
        assert (await ask(server, "POST /subscriptions", asked))[0] == 200
        bot.statuses.extend([204, 503])
        server.start("anna", "f-loss")
        await server.until(lambda: len(bot.got) == 3)
        path, headers, body = bot.got[-1]
        assert (path, headers["X-Max-Bot-Api-Secret"]) == ("/hook", "secret-5")
        assert json.loads(body)["payload"] == "f-loss"
        assert (await ask(server, "GET /updates", timeout=0))[0] == 400


async def test_contacts_carry_their_proof_only_when_they_are_ones_own(server):
    server.person("boris", phone="79991112233")
    server.contact("anna")
    server.contact("anna", of="boris")
    server.contact("anna", forged=True)
    _, page = await ask(server, "GET /updates", timeout=0)
    cards = [one["message"]["body"]["attachments"][0]["payload"] for one in page["updates"][1:]]
    own, others, forged = cards
    assert own["max_info"]["user_id"] == server.person("anna").id
    assert own["hash"] != forged["hash"]
    assert (others["max_info"]["user_id"], others["hash"]) == (server.person("boris").id, None)


async def test_the_34th_request_at_once_earns_a_429(server):
    statuses = [(await ask(server, "GET /me"))[0] for _ in range(60)]
    assert 429 in statuses
    assert server.violations[0] == "a 429 was earned: GET /me beyond thirty requests a second"
