"""The web chat's page and what is posted from it."""

import asyncio
import json
import re

import pytest

from bot.channels.web.page import SPOKEN_BY_SCRIPT
from bot.channels.web.visitor import accepted
from bot.channels.web.wire import LONGEST_TEXT, Line, line
from bot.http import PAGE_HEADER, Pace, Rate
from dialogs.incoming import Opened, Pressed, Said
from dialogs.message import Message
from tests.bot.channels.chatting import START, post

JSON = {"Content-Type": "application/json"}
OURS = {PAGE_HEADER: "1", **JSON}
BODY = json.dumps({"key": "k", "text": "hi"})


@pytest.mark.parametrize(
    ("query", "cookie", "browser", "language"),
    [
        ("", "", "", "ru"),
        ("", "", "en-GB,en;q=0.9,ru;q=0.5", "en"),
        ("", "", "de,fr;q=0.9", "ru"),
        ("", "ru", "en", "ru"),
        ("?lang=en", "ru", "ru", "en"),
        ("?lang=xx", "", "en", "en"),
    ],
)
async def test_page_speaks_the_language_asked_for_chosen_before_or_the_browsers(
    serving, query, cookie, browser, language
):
    headers = {"Accept-Language": browser, "Cookie": f"polis_language={cookie}"}
    async with serving() as client, client.get(f"/{query}", headers=headers) as page:
        assert f'<html lang="{language}">' in await page.text()


def test_languages_of_a_browser_come_in_the_order_of_its_wish():
    assert accepted("en;q=0.5, ru-RU, de;q=oops, fr;q=0.7") == ["ru", "fr", "en"]


async def test_chosen_language_is_remembered(serving):
    async with serving() as client:
        await client.get("/?lang=en")
        async with client.get("/") as page:
            assert '<html lang="en">' in await page.text()


async def test_page_runs_no_script_and_style_of_its_own_text(client):
    """The policy forbids what is inline, so the page has none; a browser test sees it obeyed."""
    async with client.get("/") as page:
        text = await page.text()
        policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert re.findall(r"<script(?![^>]*src=)[^>]*>", text) == [
        '<script type="application/json" id="settings">'
    ]


@pytest.mark.parametrize("address", ["/", "/chat/messages", "/nowhere", "/chat/events"])
async def test_every_answer_carries_safe_headers(serving, address):
    async with serving() as client, client.get(address) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Server" not in answer.headers


@pytest.mark.parametrize(
    ("public_url", "begins", "secure"),
    [("http://127.0.0.1:8080", "polis=", False), ("https://polis.example", "__Host-polis=", True)],
)
async def test_cookie_is_out_of_reach_of_scripts_and_other_sites(
    serving, public_url, begins, secure
):
    async with serving(public_url) as client, client.get("/") as page:
        cookie = page.headers["Set-Cookie"]
    assert cookie.startswith(begins)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure


async def test_forged_cookie_opens_no_chat(serving, chats):
    async with serving() as client:
        forged = {**OURS, "Cookie": "polis=someone.AAAA"}
        async with client.post("/chat/messages", data=BODY, headers=forged) as answer:
            assert answer.status == 401
        async with client.get("/chat/events", headers=forged) as answer:
            assert answer.status == 401
    assert not chats.letters


@pytest.mark.parametrize(
    ("what", "incoming"),
    [
        ({"text": " потеряла\r\nполис \x00"}, Said("потеряла\nполис")),
        ({"text": ""}, Said("")),
        ({"code": "l:en"}, Pressed("l:en")),
        ({"opened": "loss"}, Opened("loss")),
        ({"opened": ""}, Opened("")),
    ],
)
async def test_post_becomes_what_happened(client, chats, what, incoming):
    async with post(client, key="k-1", **what) as answer:
        assert answer.status == 200
    (letter,) = chats.letters
    assert letter.incoming == incoming
    assert letter.key == f"{letter.chat}:k-1"
    assert (letter.channel, letter.sent_at, letter.language) == ("web", START, "ru")


async def test_post_is_answered_only_when_it_is_durable(client, chats):
    chats.gate.clear()
    posting = asyncio.ensure_future(post(client, key="k", text="hi"))
    done, _ = await asyncio.wait({posting}, timeout=0.05)
    assert not done
    chats.gate.set()
    assert (await posting).status == 200


async def test_repeated_post_is_taken_once(client, chats):
    for _ in range(3):
        async with post(client, key="k", text="hi") as answer:
            assert answer.status == 200
    assert len(chats.letters) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"key": "k"}',
        '{"text": "hi"}',
        '{"key": "k", "text": 7}',
        '{"key": "k", "text": "hi", "code": "m"}',
        '{"key": "k", "text": "hi", "chat": "other"}',
        '{"key": "a:b", "text": "hi"}',
        '{"key": "k", "code": "привет"}',
        '{"key": "k", "text": "\\ud800"}',
        '{"key": "k", "opened": "<script>"}',
    ],
)
async def test_malformed_post_is_refused(client, chats, body):
    async with client.post("/chat/messages", data=body, headers=OURS) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"] == "malformed"
    assert not chats.letters


@pytest.mark.parametrize("text", ["я" * (LONGEST_TEXT + 1), "я" * 100_000])
async def test_too_long_text_is_refused_with_words(client, chats, words, text):
    async with post(client, key="k", text=text) as answer:
        assert answer.status == 413
        assert (await answer.json())["message"] == words["ru"]("web.problem.too_long")
    assert not chats.letters


@pytest.mark.parametrize(
    "headers",
    [
        JSON,
        {**OURS, "Origin": "https://evil.example"},
        {**OURS, "Origin": "null"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_post_from_a_foreign_page_is_refused(client, chats, headers):
    async with client.post("/chat/messages", data=BODY, headers=headers) as answer:
        assert answer.status == 403
    assert not chats.letters


async def test_post_of_our_page_behind_a_proxy_is_taken(client):
    headers = {**OURS, "Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}
    async with client.post("/chat/messages", data=BODY, headers=headers) as answer:
        assert answer.status == 200


async def test_haste_is_slowed_and_nothing_else(client, chats, clock):
    statuses = []
    for number in range(20):
        async with post(client, key=f"k{number}", text="hi") as answer:
            statuses.append(answer.status)
    assert statuses == [200] * 15 + [429] * 5
    assert answer.headers["Retry-After"] == "1"

    clock.wait(1)
    async with post(client, key="later", text="hi") as answer:
        assert answer.status == 200
    assert len(chats.letters) == 16


async def test_crowd_behind_one_address_is_slowed_as_a_whole(client):
    """A new cookie for every post does not help whoever floods from one address."""
    statuses = set()
    for number in range(310):
        if number % 10 == 0:
            client.session.cookie_jar.clear()
            await client.get("/")
        headers = {**OURS, "X-Forwarded-For": "made up, 203.0.113.9"}
        body = json.dumps({"key": f"k{number}", "text": "hi"})
        async with client.post("/chat/messages", data=body, headers=headers) as answer:
            statuses.add((number >= 300, answer.status))
    assert statuses == {(False, 200), (True, 429)}


def test_pace_forgets_whoever_rested(clock):
    pace = Pace(Rate(burst=2, per_second=1), clock, most=3)
    assert [pace.wait("a") for _ in range(3)] == [0, 0, 1]
    clock.wait(10)
    for client in "bcdef":
        assert pace.wait(client) == 0
    assert len(pace._spent) <= 3  # noqa: SLF001 — memory is what the law is about


async def test_fault_inside_shows_nothing_of_the_inside(client, chats, caplog):
    chats.fault = RuntimeError("мой полис 1234")
    async with post(client, key="k", text="мой полис 1234") as answer:
        assert answer.status == 500
        assert await answer.json() == {"error": "broken"}
    assert "RuntimeError" in caplog.text
    assert "полис" not in caplog.text


async def test_parts_of_the_page_may_be_kept_for_ever_because_their_address_changes(client):
    async with client.get("/") as page:
        addresses = re.findall(r'(?:href|src)="(chat/static/[^"]+)"', await page.text())
    assert len(addresses) > 10
    for address in set(addresses):
        async with client.get(f"/{address}") as part:
            assert part.status == 200
            assert "immutable" in part.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["page.html.j2", "..%2Fchat.py", "nothing.js"])
async def test_only_parts_of_the_page_are_served(client, name):
    async with client.get(f"/chat/static/x/{name}") as part:
        assert part.status == 404


def test_chat_id_never_reaches_the_page():
    written = line(Message(1, "citizen", START, "hi", key="secret-chat:k1"), "secret-chat")
    assert b"secret-chat" not in written
    assert json.loads(written)["key"] == "k1"
    assert Line.__struct_fields__ == (
        "seq", "voice", "at", "text", "buttons", "note", "files", "document", "key"
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_word_of_the_page_exists_in_every_language(words, language):
    for key in SPOKEN_BY_SCRIPT:
        assert words[language](key)
    own = {each: {key for key in words[each].texts if key.startswith("web.")} for each in words}
    assert own["ru"] == own["en"]
