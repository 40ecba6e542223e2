"""The one place where Telegram's errors become ours, by the table of its Bot API server.

Words after https://github.com/tdlib/telegram-bot-api (`Client.cpp`, `td/telegram/net`); they are
looked for in small letters, as the server has changed their case before.
"""

from enum import Enum
from typing import Final

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

from bot.channels.base import Failure, Undelivered

_NO_METHOD: Final = "method not found"
_LONGEST_REASON: Final = 200
_NOBODY_THERE: Final = ("chat not found", "user not found", "peer_id_invalid")


class Refusal(Enum):
    """Refusals of one call that have a remedy."""

    NOTHING_CHANGED = "nothing changed"
    NOT_EDITABLE = "not editable"
    UNPARSED = "unparsed"
    UNKNOWN_FILE = "unknown file"
    TOO_BIG = "too big"
    NO_TOPIC = "no topic"
    TOPIC_CLOSED = "topic closed"


_REFUSALS: Final = {
    "message is not modified": Refusal.NOTHING_CHANGED,
    "message to edit not found": Refusal.NOT_EDITABLE,
    "message can't be edited": Refusal.NOT_EDITABLE,
    "there is no text in the message to edit": Refusal.NOT_EDITABLE,
    "can't parse entities": Refusal.UNPARSED,
    "wrong file": Refusal.UNKNOWN_FILE,
    "wrong remote file": Refusal.UNKNOWN_FILE,
    "invalid file_id": Refusal.UNKNOWN_FILE,
    "file is too big": Refusal.TOO_BIG,
    "message thread not found": Refusal.NO_TOPIC,
    "topic_deleted": Refusal.NO_TOPIC,
    "topic_id_invalid": Refusal.NO_TOPIC,
    "topic_closed": Refusal.TOPIC_CLOSED,
    "topic_not_modified": Refusal.NOTHING_CHANGED,
}


def refusal(error: Exception) -> Refusal | None:
    """Name the refusal that an error is, if it has a remedy."""
    if not isinstance(error, TelegramBadRequest):
        return None
    said = error.message.lower()
    return next((one for words, one in _REFUSALS.items() if words in said), None)


def taken_all_the_same(error: Exception) -> object:
    """Return the result of a call that succeeded though the client cannot read the answer.

    Its types refuse what a newer Bot API adds; the message was sent and must not be sent again.
    """
    match error:
        case ClientDecodeError(data={"ok": True, "result": result}):
            return result
    return None


def undelivered(error: AiogramError | OSError, *, flooded_before: bool = False) -> Undelivered:
    """Say what an error means for a message.

    ``flooded_before``: another chat is being waited for as well, so a wait concerns the bot.
    """
    reason = _reason(error)
    match error:
        case TelegramRetryAfter(retry_after=seconds):
            return Undelivered(
                Failure.LATER, "too many requests", seconds, all_chats=flooded_before
            )
        case TelegramForbiddenError():
            return Undelivered(Failure.GONE, reason)
        case TelegramNotFound() if _NO_METHOD in reason.lower():
            return Undelivered(Failure.REJECTED, reason)  # an older server of one's own
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Undelivered(Failure.LATER, f"the token is refused: {reason}", all_chats=True)
        case TelegramMigrateToChat() | TelegramEntityTooLarge():
            return Undelivered(Failure.REJECTED, reason)
        case TelegramBadRequest():
            nobody = any(words in reason.lower() for words in _NOBODY_THERE)
            return Undelivered(Failure.GONE if nobody else Failure.REJECTED, reason)
        case TelegramServerError():
            return Undelivered(Failure.LATER, reason)
        case TelegramNetworkError():
            connected = not isinstance(error.__cause__, ClientConnectorError)
            return Undelivered(Failure.LATER, reason, unknown=connected)
    return Undelivered(Failure.LATER, reason, unknown=True)


def is_of_the_bot(failure: Undelivered) -> bool:
    """Tell whether no call will succeed until somebody does something: the token is refused."""
    return failure.all_chats and failure.after is None


def _reason(error: Exception) -> str:
    """Word an error for a log: what Telegram says, but no address, for it has the token."""
    unsaid = isinstance(error, TelegramNetworkError) and not isinstance(
        error, TelegramEntityTooLarge
    )
    if unsaid or not isinstance(error, TelegramAPIError):
        cause = error.__cause__ or error
        return f"{type(error).__name__}: {type(cause).__name__}"
    return error.message[:_LONGEST_REASON]
