"""WhatsApp's refusals as ours: by the code alone, as Meta advises, never by the words.

The table follows Meta's page of error codes (May 2026); each reason is a word for the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from msgspec import Struct

from bot.channels.base import Failure, Undelivered
from bot.channels.calling import Answer
from bot.channels.held import NotTaken

_PAIR_PAUSE: Final = 6.0  # seconds; about one message in six is let through to one person
_THROUGHPUT_PAUSE: Final = 5.0  # seconds for the whole number; Meta does not say how long


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an error means; ``all_chats`` when it is said of the whole number.

    Said of it without an ``after``, nothing can be sent until somebody mends the account.
    ``of_content`` when it is said of what the message holds, which may be a file that has lapsed.
    """

    failure: Failure
    reason: str
    all_chats: bool = False
    after: float | None = None
    of_content: bool = False

    def undelivered(self, after: float | None = None) -> Undelivered:
        """Return it as an exception; ``after`` is what the answer itself said."""
        pause = self.after if after is None else after
        kind = NotTaken if self.of_content else Undelivered
        return kind(self.failure, self.reason, pause, all_chats=self.all_chats)


_LATER: Final = Failure.LATER
_REJECTED: Final = Failure.REJECTED

_CODES: Final[Mapping[int, Verdict]] = {
    **dict.fromkeys((130429, 80007, 4), Verdict(_LATER, "throughput", True, _THROUGHPUT_PAUSE)),
    131056: Verdict(_LATER, "pair", after=_PAIR_PAUSE),
    **dict.fromkeys((1, 2, 131000, 131016), Verdict(_LATER, "service")),
    131047: Verdict(_REJECTED, "window"),
    131026: Verdict(Failure.GONE, "number"),
    **dict.fromkeys((131021, 131030), Verdict(_REJECTED, "number")),
    **dict.fromkeys((131049, 131048, 130472), Verdict(_REJECTED, "spam")),
    131050: Verdict(_REJECTED, "stopped"),
    **dict.fromkeys((131051, 131052, 131053), Verdict(_REJECTED, "media", of_content=True)),
    **dict.fromkeys((131008, 131009, 100), Verdict(_REJECTED, "parameter", of_content=True)),
    **dict.fromkeys(
        (190, 0, 3, 10, 131005, 133010, *range(200, 300)),
        Verdict(_LATER, "token", all_chats=True),
    ),
    **dict.fromkeys((368, 131031, 130497, 131042), Verdict(_LATER, "restricted", all_chats=True)),
}
_TEMPLATES: Final = range(132000, 133000)
_UNAUTHORISED: Final = 401
_TOO_MANY: Final = 429
_REFUSED: Final = range(400, 500)


def judge(code: int) -> Verdict:
    """Tell what a code means; one that nobody has described is ours to look at."""
    known = _CODES.get(code)
    if known is None:
        known = Verdict(_REJECTED, "template" if code in _TEMPLATES else "unknown")
    return replace(known, reason=f"{known.reason} ({code})")


class _Error(Struct):
    code: int = 0


class _Refusal(Struct):
    error: _Error


def refusal(answer: Answer) -> Undelivered:
    """Tell why an answer is none; one without a code of Meta's is no word of Meta's."""
    said = answer.read(_Refusal)
    if said is not None:
        return judge(said.error.code).undelivered(answer.after)
    reason = f"service ({answer.status})"
    if answer.status == _UNAUTHORISED:
        return Undelivered(_LATER, f"token ({answer.status})", all_chats=True)
    if answer.status == _TOO_MANY:
        after = _THROUGHPUT_PAUSE if answer.after is None else answer.after
        return Undelivered(_LATER, f"throughput ({answer.status})", after, all_chats=True)
    if answer.status not in _REFUSED:
        # A gateway in between, or an acceptance that cannot be read: it may have gone through.
        return Undelivered(_LATER, reason, answer.after, unknown=True)
    return Undelivered(_REJECTED, reason)
