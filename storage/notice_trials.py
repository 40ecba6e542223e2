"""Chats that somebody of the staff calls their own, to see notices there before others do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.notice_schema import notice_trial, notice_trial_code
from storage.schema import chat
from storage.statements import insert_absent


@dataclass(frozen=True, slots=True)
class Trial:
    """One such chat."""

    chat_id: int
    channel: str
    address: str = field(repr=False)


_CODE = select(notice_trial_code.c.login, notice_trial_code.c.until).where(
    notice_trial_code.c.digest == bindparam("this")
)
_SPEND = delete(notice_trial_code).where(notice_trial_code.c.digest == bindparam("this"))
_SPEND_OF = delete(notice_trial_code).where(notice_trial_code.c.login == bindparam("whose"))
_OVER = delete(notice_trial_code).where(
    notice_trial_code.c.until < bindparam("now", type_=notice_trial_code.c.until.type)
)
_OF = (
    select(chat.c.id, chat.c.channel, chat.c.address)
    .join(notice_trial, notice_trial.c.chat_id == chat.c.id)
    .where(notice_trial.c.login == bindparam("whose"))
    .order_by(notice_trial.c.at)
)
_PART = delete(notice_trial).where(
    notice_trial.c.login == bindparam("whose"), notice_trial.c.chat_id == bindparam("this")
)


def offer(connection: Connection, login: str, digest: str, until: datetime, now: datetime) -> None:
    """Keep the digest of a code that somebody is to type; an earlier one of theirs is over."""
    connection.execute(_SPEND_OF, {"whose": login})
    connection.execute(_OVER, {"now": now})
    row = {"digest": digest, "login": login, "until": until}
    connection.execute(insert(notice_trial_code), [row])


def take(connection: Connection, typed: Iterable[tuple[str, int]], now: datetime) -> None:
    """Link the chats in which codes were typed, each code once and while it is good."""
    for digest, chat_id in typed:
        found = connection.execute(_CODE, {"this": digest}).one_or_none()
        if found is None:
            continue
        connection.execute(_SPEND, {"this": digest})
        if now < found.until:
            row = {"login": found.login, "chat_id": chat_id, "at": now}
            connection.execute(insert_absent(connection, notice_trial), [row])


def of(connection: Connection, login: str) -> list[Trial]:
    """List the chats of somebody, in the order in which they were named."""
    return [Trial(*row) for row in connection.execute(_OF, {"whose": login})]


def part(connection: Connection, login: str, chat_id: int) -> None:
    """Forget that a chat is somebody's."""
    connection.execute(_PART, {"whose": login, "this": chat_id})
