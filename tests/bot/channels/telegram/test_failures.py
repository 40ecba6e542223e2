"""Telegram's errors and what they mean, line by line of the table in its server's source."""

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage

from bot.channels.base import Failure
from bot.channels.telegram.failures import (
    Refusal,
    is_of_the_bot,
    refusal,
    taken_all_the_same,
    undelivered,
)

CALL = SendMessage(chat_id=5, text="личное")
LATER, GONE, REJECTED = Failure.LATER, Failure.GONE, Failure.REJECTED
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("kind", "words", "failure"),
    [
        (TelegramForbiddenError, "Forbidden: bot was blocked by the user", GONE),
        (TelegramForbiddenError, "Forbidden: user is deactivated", GONE),
        (TelegramForbiddenError, "Forbidden: bot can't initiate conversation with a user", GONE),
        (TelegramForbiddenError, "Forbidden: bot was kicked from the supergroup chat", GONE),
        (TelegramBadRequest, "Bad Request: chat not found", GONE),
        (TelegramBadRequest, "Bad Request: PEER_ID_INVALID", GONE),
        (TelegramBadRequest, "Bad Request: message is too long", REJECTED),
        (TelegramBadRequest, "Bad Request: message caption is too long", REJECTED),
        (TelegramBadRequest, "Bad Request: BUTTON_DATA_INVALID", REJECTED),
        (TelegramBadRequest, "Bad Request: reply markup is too long", REJECTED),
        (TelegramBadRequest, "Bad Request: message text is empty", REJECTED),
        (TelegramEntityTooLarge, "Request Entity Too Large", REJECTED),
        (TelegramNotFound, "Not Found: method not found", REJECTED),
        (TelegramServerError, "Internal Server Error: sent but not committed", LATER),
        (RestartingTelegram, "Internal Server Error: restart", LATER),
        (TelegramConflictError, "Conflict: terminated by other getUpdates request", LATER),
        (TelegramUnauthorizedError, "Unauthorized", LATER),
        (TelegramNotFound, "Not Found", LATER),
        (TelegramAPIError, "I'm a teapot", LATER),
    ],
)
def test_what_each_error_means_for_a_message(kind, words, failure):
    """And whether it is the whole bot that cannot send."""
    told = undelivered(kind(CALL, words))
    assert (told.failure, told.after) == (failure, None)
    assert words in told.reason
    assert is_of_the_bot(told) is (words in {"Unauthorized", "Not Found"})


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (NOT_MODIFIED, Refusal.NOTHING_CHANGED),
        ("Bad Request: message to edit not found", Refusal.NOT_EDITABLE),
        ("Bad Request: message can't be edited", Refusal.NOT_EDITABLE),
        ("Bad Request: there is no text in the message to edit", Refusal.NOT_EDITABLE),
        ("Bad Request: can't parse entities: Unsupported start tag", Refusal.UNPARSED),
        ("Bad Request: wrong file identifier/HTTP URL specified", Refusal.UNKNOWN_FILE),
        ("Bad Request: wrong file_id or the file is temporarily unavailable", Refusal.UNKNOWN_FILE),
        ("Bad Request: file is too big", Refusal.TOO_BIG),
        ("Bad Request: message thread not found", Refusal.NO_TOPIC),
        ("Bad Request: chat not found", None),
    ],
)
def test_some_refusals_have_a_remedy(words, remedy):
    """By words, as Telegram has no codes for them."""
    assert refusal(TelegramBadRequest(CALL, words)) is remedy
    assert refusal(TelegramForbiddenError(CALL, words)) is None


@pytest.mark.parametrize("before", [False, True])
def test_a_wait_is_of_the_chat_until_another_waits_as_well(before):
    """Telegram does not say whom it concerns."""
    told = undelivered(TelegramRetryAfter(CALL, "Too Many Requests", 7), flooded_before=before)
    assert (told.failure, told.after, told.all_chats) == (LATER, 7, before)
    assert not is_of_the_bot(told)


def test_a_group_that_became_another_is_no_chat_of_a_person():
    """Only groups do; their new id is in the answer."""
    told = undelivered(TelegramMigrateToChat(CALL, "group chat was upgraded", -100500))
    assert told.failure is REJECTED


@pytest.mark.parametrize(
    "error",
    [
        TelegramNetworkError(CALL, "ClientOSError: http://x/bot42:SECRET/sendMessage"),
        ClientDecodeError("Failed to decode object", ValueError("SECRET"), "<html>SECRET</html>"),
        ConnectionResetError("SECRET"),
    ],
    ids=["network", "page", "socket"],
)
def test_where_nobody_knows_the_message_may_have_arrived(error):
    """The reason says nothing that may hold the token or what a person wrote."""
    told = undelivered(error)
    assert (told.failure, told.unknown) == (LATER, True)
    assert "SECRET" not in told.reason


def test_an_answer_of_a_newer_bot_api_is_an_answer():
    """What cannot be read in it is no reason to send again."""
    taken = {"ok": True, "result": {"message_id": 7, "hologram": {}}}
    assert taken_all_the_same(ClientDecodeError("", ValueError(), taken)) == taken["result"]
    refused = {"ok": False, "result": {"message_id": 7}}
    assert taken_all_the_same(ClientDecodeError("", ValueError(), refused)) is None
    assert taken_all_the_same(TelegramServerError(CALL, "x")) is None
