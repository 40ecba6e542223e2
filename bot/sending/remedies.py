"""What becomes of a message: a pure decision, from what its messenger said of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias, assert_never

from bot.channels.base import Failure
from bot.sending.delivery import Delivered, Result, Stuck
from storage.notice_settling import Settled

Verdict: TypeAlias = Literal["gone", "failed", "unknown", "later"]

_FIRST_PAUSE: Final = timedelta(seconds=2)
_LONGEST_PAUSE: Final = timedelta(minutes=10)
_MOST_ATTEMPTS: Final = 12


@dataclass(slots=True)
class Remedies:
    """What is to be written down for a batch of results, by kind; see `storage.work.Work`.

    Messages are named by id, chats by theirs; ``recipients`` are those of notices. ``hold`` is
    until when the messenger wants silence of the whole bot, and why.
    """

    sent: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    progress: list[tuple[int, int, bool]] = field(default_factory=list)
    later: list[tuple[int, datetime]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    recipients: list[Settled] = field(default_factory=list)
    hold: tuple[datetime, str] | None = None


def pause(attempts: int, after: float | None, luck: float) -> timedelta:
    """Tell how long to wait after a failed attempt; the messenger's own word goes first.

    ``luck`` from 0 to 1 spreads what failed together, so that it does not come back together.
    """
    if after is not None:
        return timedelta(seconds=after)
    doubled: timedelta = min(_FIRST_PAUSE * 2 ** min(attempts - 1, 20), _LONGEST_PAUSE)
    return doubled * (0.75 + luck / 2)


def verdict(stuck: Stuck, *, patient: bool) -> Verdict:
    """Decide what becomes of a message that was not taken.

    Answers go at least once, so what is unknown is tried again; notices at most once.
    ``patient`` while the messenger takes nothing from anybody: that uses up no patience, nor
    does a messenger that says when to come again.
    """
    failure = stuck.failure
    match failure.failure:
        case Failure.GONE:
            return "gone"
        case Failure.REJECTED:
            return "failed"
        case Failure.LATER:
            if failure.unknown and stuck.posted.lane == "notice":
                return "unknown"
            tired = stuck.posted.attempts >= _MOST_ATTEMPTS and failure.after is None
            return "failed" if tired and not patient else "later"
        case _:
            assert_never(failure.failure)


def add(remedies: Remedies, result: Result, now: datetime, luck: float, *, patient: bool) -> bool:
    """Add what one result asks for; tell whether the next message of the chat may go."""
    posted = result.posted
    if posted.notice:
        return _add_recipient(remedies, result, now, luck, patient=patient)
    if isinstance(result, Delivered):
        remedies.sent.append((posted.id, result.name))
        return True
    reason = result.failure.reason
    match verdict(result, patient=patient):
        case "gone":
            remedies.gone.append(posted.chat_id)
            return False
        case "failed":
            remedies.failed.append((posted.id, reason))
        case "unknown":
            remedies.unknown.append((posted.id, reason))
        case "later":
            held = now + pause(posted.attempts, result.failure.after, luck)
            remedies.later.append((posted.chat_id, held))
            # Who says when to come again has not failed: that is no reason to wait ever longer.
            has_failed = result.failure.after is None
            if has_failed or result.done != posted.done:
                remedies.progress.append((posted.id, result.done, has_failed))
            return False
    return True


def _add_recipient(
    remedies: Remedies, result: Result, now: datetime, luck: float, *, patient: bool
) -> bool:
    """Add what became of the recipient of a notice; nothing of the chat waits behind it."""
    posted = result.posted
    if isinstance(result, Delivered):
        remedies.recipients.append(Settled(posted.notice, posted.id, "accepted"))
        return True
    reason = result.failure.reason
    match verdict(result, patient=patient):
        case "gone":
            remedies.gone.append(posted.chat_id)
            end = Settled(posted.notice, posted.id, "failed", "blocked")
        case "failed":
            end = Settled(posted.notice, posted.id, "failed", reason)
        case "unknown":
            end = Settled(posted.notice, posted.id, "unknown", reason)
        case "later":
            due = now + pause(posted.attempts, result.failure.after, luck)
            end = Settled(posted.notice, posted.id, "retry", reason, due, result.done)
    remedies.recipients.append(end)
    return True
