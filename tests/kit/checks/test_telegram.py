import pytest

from tests.kit.checks.asking import ask, button, inline, picture
from tests.kit.loopback import outage
from tests.kit.telegram import TelegramServer

UNMATCHED = "can't parse entities: Unmatched end tag"


@pytest.fixture
async def server():
    """Run Telegram with one person who has started the bot."""
    async with TelegramServer() as server:
        server.start("anna")
        yield server


def anna(server):
    return server.person("anna").id


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<b>x</b> <i>y</i>", "x y"),
        ('<a href="https://example.org">there</a>', "there"),
        ('<span class="tg-spoiler">hidden</span>', "hidden"),
        ("tea & sugar", "tea & sugar"),
        ("&unknown;", "&unknown;"),
        ("<B>x</B>", "x"),
        ("x" * 4096, "x" * 4096),
        (f"<b>{'x' * 4096}</b>", "x" * 4096),
        ("&amp;" * 4096, "&" * 4096),
    ],
)
async def test_html_that_telegram_takes_is_shown_without_its_marks(server, text, seen):
    status, sent = await ask(
        server, "sendMessage", chat_id=anna(server), text=text, parse_mode="HTML"
    )
    assert (status, sent["text"]) == (200, seen)
    assert server.screen("anna").said[-1].text == seen
    assert server.violations == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a < b", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<", "can't parse entities: Unclosed start tag at byte offset 0"),
        ("ы<x>", 'can\'t parse entities: Unsupported start tag "x" at byte offset 2'),
        ("<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("<b>x</i>", f'{UNMATCHED} at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "can't parse entities: Unclosed start tag at byte offset 0"),
        (
            "<span>x</span>",
            'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
        ("", 'parameter "text" is required'),
        ("  \n ", "message text is empty"),
        ("<b> </b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("x" * 32_769, "text is too long"),
    ],
)
async def test_text_that_telegram_refuses(server, text, reason):
    asked = {"text": text} if text else {}
    status, words = await ask(
        server, "sendMessage", chat_id=anna(server), parse_mode="HTML", **asked
    )
    assert (status, words) == (400, f"Bad Request: {reason}")
    assert server.screen("anna").said == []
    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (inline(button(callback_data="x" * 65)), "BUTTON_DATA_INVALID"),
        (inline(button(callback_data="ы" * 33)), "BUTTON_DATA_INVALID"),
        (inline(button(callback_data="")), "BUTTON_DATA_INVALID"),
        (inline(button(" ")), "can't parse inline keyboard button: Text of the button must be"),
        (inline({"text": "x"}), "can't parse inline keyboard button: Text buttons are unallowed"),
        (
            inline(button(callback_data="x", url="https://example.org")),
            "can't parse inline keyboard button: Text buttons are unallowed",
        ),
        (inline(button(url="javascript:x")), "inline keyboard button URL 'javascript:x' is inval"),
        (inline(*[button()] * 101), "reply markup is too long"),
        (inline(button(callback_data="x", colour="red")), 'field "colour" is unknown'),
        ({"keyboard": [[{"text": ""}]]}, "can't parse keyboard button: Text of the button"),
        ({"keyboard": []}, "REPLY_MARKUP_EMPTY"),
    ],
)
async def test_keyboards_that_telegram_refuses(server, markup, reason):
    status, words = await ask(
        server, "sendMessage", chat_id=anna(server), text="?", reply_markup=markup
    )
    assert status == 400
    assert words.startswith(f"Bad Request: {reason}")
    assert server.screen("anna").said == []


async def test_a_hundred_buttons_and_the_longest_data_are_taken(server):
    markup = inline(*[button(callback_data="ы" * 32)] * 100)
    status, _ = await ask(
        server, "sendMessage", chat_id=anna(server), text="?", reply_markup=markup
    )
    assert status == 200
    assert len(server.screen("anna").said[0].labels) == 100


@pytest.mark.parametrize(
    ("method", "asked", "status", "words"),
    [
        ("sendNothing", {}, 404, "Not Found: method not found"),
        ("sendMessage", {"text": "x"}, 400, 'Bad Request: parameter "chat_id" is required'),
        ("getMe", {"colour": "red"}, 400, 'Bad Request: parameter "colour" is unknown'),
        ("sendMessage", {"chat_id": 1, "text": "x"}, 400, "Bad Request: chat not found"),
        ("setMyCommands", {"commands": [{"command": "Я", "description": "я"}]}, 400, None),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, 400, None),
        ("setMyDescription", {"description": "x" * 513}, 400, None),
        ("setWebhook", {"url": "http://example.org/x", "secret_token": "s"}, 400, None),
        ("setWebhook", {"url": "https://example.org:81/x", "secret_token": "s"}, 400, None),
        ("setWebhook", {"url": "https://example.org/x", "secret_token": "s s"}, 400, None),
        ("answerCallbackQuery", {"callback_query_id": "7"}, 400, None),
        ("getFile", {"file_id": "nothing"}, 400, None),
    ],
)
async def test_calls_that_telegram_refuses(server, method, asked, status, words):
    answered = await ask(server, method, **asked)
    assert answered[0] == status
    assert words in {None, answered[1]}


async def test_a_wrong_token_opens_nothing(server):
    assert await ask(server, "getMe", token="1:x") == (401, "Unauthorized")
    assert server.violations == ["getme came with a wrong token"]


async def test_who_blocked_the_bot_or_never_started_it_is_not_written_to(server):
    stranger = server.person("boris").id
    status, words = await ask(server, "sendMessage", chat_id=stranger, text="x")
    assert (status, words) == (403, "Forbidden: bot can't initiate conversation with a user")
    server.block("anna")
    status, words = await ask(server, "sendMessage", chat_id=anna(server), text="x")
    assert (status, words) == (403, "Forbidden: bot was blocked by the user")
    server.unblock("anna")
    assert (await ask(server, "sendMessage", chat_id=anna(server), text="x"))[0] == 200
    assert server.violations == []


async def test_only_the_bots_own_messages_are_changed_and_only_when_something_changes(server):
    _, sent = await ask(
        server, "sendMessage", chat_id=anna(server), text="x", reply_markup=inline(button())
    )
    own = {"chat_id": anna(server), "message_id": sent["message_id"]}
    assert (await ask(server, "editMessageReplyMarkup", **own))[0] == 200
    assert server.screen("anna").said[0].keys == ()
    status, words = await ask(server, "editMessageText", text="x", **own)
    assert (status, words[:39]) == (400, "Bad Request: message is not modified: s")
    assert (await ask(server, "editMessageText", text="y", **own))[0] == 200
    assert (server.screen("anna").said[0].text, server.screen("anna").said[0].edited) == ("y", True)
    assert server.violations == []
    others = {"chat_id": anna(server), "message_id": 1}
    assert await ask(server, "editMessageText", text="y", **others) == (
        400,
        "Bad Request: message can't be edited",
    )
    assert server.violations == ["editmessagetext: message 1 is not the bot's own"]


async def test_a_press_is_answered_once_and_not_too_late(server):
    await ask(server, "sendMessage", chat_id=anna(server), text="?", reply_markup=inline(button()))
    server.press("anna", "Да")
    server.press("anna", "Да")
    _, updates = await ask(server, "getUpdates", timeout=0)
    first, second = (one["callback_query"]["id"] for one in updates if "callback_query" in one)
    assert await ask(server, "answerCallbackQuery", callback_query_id=first) == (200, True)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await ask(server, "answerCallbackQuery", callback_query_id=first) == (400, too_old)
    server.presses.grow_old()
    assert await ask(server, "answerCallbackQuery", callback_query_id=second) == (400, too_old)
    assert server.violations == []


async def test_a_press_that_nobody_answers_is_a_violation(server, monkeypatch):
    await ask(server, "sendMessage", chat_id=anna(server), text="?", reply_markup=inline(button()))
    server.press("anna", "Да")
    assert server.violations == []
    monkeypatch.setattr("tests.kit.telegram.presses._PATIENCE", 0.0)
    assert server.violations == ["the press of y by anna was not answered"]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"no picture", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (picture(2000, 90), 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (picture(9000, 1100), 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (picture() + bytes(10 * 1024 * 1024), 413, "Request Entity Too Large"),
        (picture(), 200, None),
    ],
    ids=["no picture", "long", "wide", "large", "fit"],
)
async def test_photos_are_looked_into(server, content, status, words):
    asked = {"chat_id": anna(server), "photo": "attach://it"}
    answered = await ask(server, "sendPhoto", {"it": content}, **asked)
    assert answered[0] == status
    assert words in (None, answered[1])
    longest = await ask(server, "sendPhoto", {"it": picture()}, caption="x" * 1025, **asked)
    assert longest == (400, "Bad Request: message caption is too long")


async def test_an_album_has_two_to_ten_items_of_one_kind(server):
    def album(*kinds):
        media = [{"type": kind, "media": "attach://it"} for kind in kinds]
        asked = {"chat_id": anna(server), "media": media}
        return ask(server, "sendMediaGroup", {"it": picture()}, **asked)

    assert (await album("photo"))[0] == 400
    assert (await album("photo", "document"))[0] == 400
    assert (await album(*["photo"] * 11))[0] == 400
    status, sent = await album("photo", "photo")
    assert (status, len({one["media_group_id"] for one in sent})) == (200, 1)


async def test_updates_wait_until_they_are_confirmed(server):
    server.say("anna", "one")
    _, updates = await ask(server, "getUpdates", timeout=0)
    assert [one["message"]["text"] for one in updates] == ["/start", "one"]
    _, again = await ask(server, "getUpdates", timeout=0, offset=updates[1]["update_id"])
    assert again == updates[1:]
    _, none = await ask(server, "getUpdates", timeout=0, offset=updates[1]["update_id"] + 1)
    assert none == []


async def test_of_two_pollers_the_first_is_sent_away(server):
    _, updates = await ask(server, "getUpdates", timeout=0)
    behind = updates[-1]["update_id"] + 1
    first = server.tasks.create_task(ask(server, "getUpdates", timeout=20, offset=behind))
    await server.until(lambda: server.updates.polled)
    second = server.tasks.create_task(ask(server, "getUpdates", timeout=20, offset=behind))
    status, words = await first
    assert (status, words[:41]) == (409, "Conflict: terminated by other getUpdates ")
    server.say("anna", "still there")
    assert [one["message"]["text"] for one in (await second)[1]] == ["still there"]


async def test_with_a_webhook_nobody_may_poll(server):
    asked = {"url": "https://example.org/hook", "secret_token": "s3"}
    assert await ask(server, "setWebhook", **asked) == (200, True)
    status, words = await ask(server, "getUpdates", timeout=0)
    assert (status, words[:42]) == (409, "Conflict: can't use getUpdates method whil")


async def test_only_what_was_asked_for_comes(server):
    await ask(server, "getUpdates", timeout=0, allowed_updates=["message"])
    assert server.say("anna", "x")
    assert server.block("anna") == 0


async def test_the_31st_message_of_a_chat_at_once_earns_a_429_and_a_line_in_the_book(server):
    answers = [
        await ask(server, "sendMessage", chat_id=anna(server), text=str(n)) for n in range(31)
    ]
    refused = [words for status, words in answers if status == 429]
    assert refused
    assert refused[0] == "Too Many Requests: retry after 1"
    assert server.violations[0].startswith("a 429 was earned: sendmessage to ")


@pytest.mark.parametrize("fault", ["500", "502", "429", "401", "cut_before", "cut_after", "refuse"])
async def test_a_fault_comes_once_and_only_what_is_cut_afterwards_has_been_done(server, fault):
    server.fail(fault, call="sendMessage")
    try:
        status, _ = await ask(server, "sendMessage", chat_id=anna(server), text="x")
    except Exception as error:  # noqa: BLE001 — each fault breaks the careless client otherwise
        status = type(error).__name__
    expected = {"500": 500, "429": 429, "401": 401}
    assert status == expected.get(fault, status)
    assert status != 200
    assert len(server.screen("anna").said) == (fault == "cut_after")
    assert server.faults.happened == {fault: 1}
    assert server.violations == []


async def test_coming_back_before_the_wait_is_over_is_a_violation(server, monkeypatch):
    monkeypatch.setattr("tests.kit.flood._TRAVELLING", 0.0)
    server.fail("429", call="sendMessage")
    await ask(server, "sendMessage", chat_id=anna(server), text="x")
    await ask(server, "sendMessage", chat_id=anna(server), text="x")
    assert len(server.violations) == 1
    assert "before the end of the wait" in server.violations[0]


async def test_nobody_listens_during_an_outage(server):
    async with outage(server):
        with pytest.raises(OSError, match="Cannot connect"):
            await ask(server, "getMe")
    assert (await ask(server, "getMe"))[0] == 200


async def test_a_share_of_calls_fails_by_a_seed(server):
    server.fail_at_random(seed=7, share=0.5, kinds=("500",))
    statuses = [(await ask(server, "getMe"))[0] for _ in range(40)]
    assert 5 < statuses.count(500) < 35
    server.faults.forget()
    assert (await ask(server, "getMe"))[0] == 200


GROUP = -1001234567890


async def test_topics_are_made_closed_and_opened_by_whoever_may(server):
    forum = server.forum(GROUP)
    status, made = await ask(server, "createForumTopic", chat_id=GROUP, name="Гость 1")
    named = {"chat_id": GROUP, "message_thread_id": made["message_thread_id"]}
    assert (status, made["name"]) == (200, "Гость 1")
    status, sent = await ask(server, "sendMessage", text="слово", **named)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (
        made["message_thread_id"],
        True,
    )
    assert await ask(server, "closeForumTopic", **named) == (200, True)
    assert await ask(server, "closeForumTopic", **named) == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert await ask(server, "sendMessage", text="x", **named) == (400, "Bad Request: TOPIC_CLOSED")
    assert await ask(server, "reopenForumTopic", **named) == (200, True)
    (topic,) = forum.topics.values()
    topic.deleted = True
    assert await ask(server, "sendMessage", text="x", **named) == (
        400,
        "Bad Request: TOPIC_DELETED",
    )
    words = "Bad Request: message thread not found"
    assert await ask(server, "sendMessage", chat_id=GROUP, text="x") == (400, words)
    forum.manages = False
    status, words = await ask(server, "createForumTopic", chat_id=GROUP, name="x")
    assert (status, "not enough rights" in words) == (400, True)
    forum.kicked = True
    status, words = await ask(server, "sendMessage", text="x", **named)
    assert (status, "kicked" in words) == (403, True)


async def test_the_21st_message_of_a_group_in_a_minute_earns_a_429(server):
    server.forum(GROUP)
    asked = {"chat_id": GROUP, "name": "x"}
    statuses = [(await ask(server, "createForumTopic", **asked))[0] for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert server.violations[0].startswith("a 429 was earned: createforumtopic to ")
