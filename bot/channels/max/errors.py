"""MAX's refusals as ours, by status and code; each reason is a word for the desk.

Statuses and codes are those of MAX's schema. How long to keep silent after a 429 is told
nowhere, nor whom it concerns; so a short silence is kept towards everybody.
"""

import re
from typing import Final

from msgspec import Struct

from bot.channels.base import Failure, Undelivered
from bot.channels.calling import Answer
from bot.channels.held import NotTaken

NOT_READY: Final = "attachment.not.ready"
"""A file was uploaded, and is still looked through: the same call again, a little later."""

_SILENCE: Final = 2.0  # seconds
_CODE: Final = re.compile(r"[a-z0-9._-]{1,40}", re.IGNORECASE | re.ASCII)


class _Refusal(Struct):
    code: str = ""


def code_of(answer: Answer) -> str:
    """Return MAX's own word for a refusal, or the status."""
    said = answer.read(_Refusal)
    return said.code if said and _CODE.fullmatch(said.code) else str(answer.status)


def refusal(answer: Answer) -> Undelivered:
    """Tell why a message was not taken; how a file that has lapsed is called, is told nowhere."""
    code = code_of(answer)
    match answer.status:
        case 400 if code == NOT_READY:
            return Undelivered(Failure.LATER, f"media ({code})", _SILENCE)
        case 401:
            return Undelivered(Failure.LATER, f"token ({code})", all_chats=True)
        case 403 | 404:
            return Undelivered(Failure.GONE, f"stopped ({code})")
        case 413:
            return Undelivered(Failure.REJECTED, f"media ({code})")
        case 429:
            after = _SILENCE if answer.after is None else answer.after
            guess = answer.after is None
            return Undelivered(
                Failure.LATER, f"throughput ({code})", after, all_chats=True, guess=guess
            )
        case 503 if code != "503":
            return Undelivered(Failure.LATER, f"service ({code})", answer.after)
        case status if status not in range(400, 500):
            # A gateway in between, or an acceptance that cannot be read: it may have gone through.
            return Undelivered(Failure.LATER, f"service ({code})", answer.after, unknown=True)
    return NotTaken(Failure.REJECTED, f"parameter ({code})")
