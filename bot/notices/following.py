"""What a notice says that follows another one, and whom it is for; pure."""

from dataclasses import replace
from datetime import datetime

from dialogs.notices.content import UNRATIONED, Audience, Content, Results


def those_left(number: int) -> Results:
    """Name those whom a notice would have gone to yet when it was stopped."""
    return Results(number, ("skipped",), reasons=("stopped",))


def those_missed(number: int) -> Results:
    """Name those whom a notice did not reach, to be tried through another channel."""
    return Results(number, ("failed", "unknown"), elsewhere=True)


def those_reached(number: int) -> Results:
    """Name those who got a notice, or may have got it."""
    return Results(number, ("accepted", "read", "unknown"))


def said_again(content: Content, audience: Audience, now: datetime, *, corrects: bool) -> Content:
    """Say the same to others; moments that are over are left out."""
    return replace(
        content,
        audience=audience,
        starts_at=_if_later(content.starts_at, now),
        expires_at=_if_later(content.expires_at, now),
        budget=UNRATIONED if corrects else content.budget,
    )


def _if_later(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment > now else None
