"""Who wrote after having got a notice, within three days; and what its buttons were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, select

from dialogs.effects import Button
from storage.notice_schema import notice_reply, notice_total, notice_wording
from storage.schema import chat, message
from storage.statements import insert_absent, pages
from storage.talk_schema import talk

GATHERED_FOR: Final = timedelta(hours=72)
"""Whoever writes later is not taken to answer a notice."""


@dataclass(frozen=True, slots=True)
class NoticeReply:
    """The first words of a chat after a notice; ``talk`` is its newest dialog, None without one.

    ``region`` is that dialog's, empty if unknown.
    """

    chat_id: int
    channel: str
    seq: int
    at: datetime
    talk: int | None
    region: str


_GOT = select(
    chat.c.notice_id,
    chat.c.id,
    bindparam("seq", type_=message.c.seq.type),
    bindparam("now", type_=message.c.at.type),
).where(
    chat.c.id == bindparam("this"),
    message.c.chat_id == chat.c.id,
    message.c.seq == chat.c.notice_seq,
    message.c.at >= bindparam("since", type_=message.c.at.type),
)
_BUTTONS = (
    select(
        message.c.chat_id,
        func.coalesce(message.c.extra, notice_wording.c.extra, type_=message.c.extra.type),
    )
    .join(chat, and_(chat.c.id == message.c.chat_id, chat.c.notice_seq == message.c.seq))
    .outerjoin(notice_wording, notice_wording.c.id == message.c.wording)
    .where(chat.c.id.in_(bindparam("ids", expanding=True)))
)
_newer = talk.alias("newer")
_NEWEST = (
    select(func.max(_newer.c.id))
    .where(_newer.c.chat_id == chat.c.id)
    .correlate(chat)
    .scalar_subquery()
)
_LISTED = (
    select(
        notice_reply.c.chat_id,
        chat.c.channel,
        notice_reply.c.seq,
        notice_reply.c.at,
        talk.c.id,
        func.coalesce(talk.c.region, ""),
    )
    .join(chat, chat.c.id == notice_reply.c.chat_id)
    .outerjoin(talk, talk.c.id == _NEWEST)
    .where(
        notice_reply.c.notice_id == bindparam("this"),
        notice_reply.c.chat_id > bindparam("after"),
    )
    .order_by(notice_reply.c.chat_id)
    .limit(bindparam("limit"))
)
_COUNT = (
    select(func.count())
    .select_from(notice_reply)
    .where(notice_reply.c.notice_id == bindparam("this"))
)
_FORGOTTEN = select(func.coalesce(func.sum(notice_total.c.people), 0)).where(
    notice_total.c.notice_id == bindparam("this"), notice_total.c.word == "replied"
)


def note(connection: Connection, wrote: Iterable[tuple[int, int]], now: datetime) -> None:
    """Note who wrote, by chat and place, as a reply to the notice that the chat got last."""
    columns = ["notice_id", "chat_id", "seq", "at"]
    statement = insert_absent(connection, notice_reply).from_select(columns, _GOT)
    since = now - GATHERED_FOR
    for chat_id, seq in wrote:
        connection.execute(statement, {"this": chat_id, "seq": seq, "now": now, "since": since})


def buttons(connection: Connection, chat_ids: Sequence[int]) -> dict[int, tuple[Button, ...]]:
    """Read the buttons under the notices that chats got last."""
    found: dict[int, tuple[Button, ...]] = {}
    for page in pages(sorted(set(chat_ids))):
        for chat_id, extra in connection.execute(_BUTTONS, {"ids": page}):
            kept: dict[str, Any] = extra or {}
            found[chat_id] = tuple(Button(code, label) for code, label in kept.get("b", ()))
    return found


def listed(connection: Connection, number: int, after: int, limit: int) -> list[NoticeReply]:
    """Read a page of replies, in the order of chats."""
    where = {"this": number, "after": after, "limit": limit}
    return [NoticeReply(*row) for row in connection.execute(_LISTED, where)]


def count(connection: Connection, number: int) -> int:
    """Count who wrote after a notice."""
    many: int = connection.execute(_COUNT, {"this": number}).scalar_one()
    forgotten: int = connection.execute(_FORGOTTEN, {"this": number}).scalar_one()
    return many + forgotten
