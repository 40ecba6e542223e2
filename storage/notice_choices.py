"""What people said to notices: which kinds they want, what they answered to a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select, update

from dialogs.notices.content import Kind
from storage.notice_schema import notice_answer, notice_choice, notice_recipient
from storage.notice_settling import opt_out, persons_of
from storage.statements import insert_absent, pages


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody agreed to notices of a kind, or refused them, by the ``version`` of a text."""

    chat_id: int
    kind: Kind
    agrees: bool
    version: str


_AT = notice_choice.c.at
_ALL = select(notice_choice.c.chat_id, notice_choice.c.kind, notice_choice.c.agrees).where(
    notice_choice.c.chat_id.in_(bindparam("ids", expanding=True))
)
_SAY_AGAIN = (  # within the same instant: the last word counts
    update(notice_choice)
    .where(
        notice_choice.c.chat_id == bindparam("whose"),
        notice_choice.c.kind == bindparam("of"),
        notice_choice.c.at == bindparam("moment"),
    )
    .values(agrees=bindparam("yes"), version=bindparam("by"))
)
_CHANGE = (
    update(notice_answer)
    .where(
        notice_answer.c.notice_id == bindparam("this"),
        notice_answer.c.chat_id == bindparam("whose"),
    )
    .values(answer=bindparam("said"), at=bindparam("moment"))
)

_IS_MEANT = select(
    exists().where(
        notice_recipient.c.notice_id == bindparam("this"),
        notice_recipient.c.person.in_(bindparam("persons", expanding=True)),
    )
)


def choose(connection: Connection, choices: Iterable[Choice], now: datetime) -> None:
    """Write choices down; who refuses is left out of what is still on its way, at once."""
    for choice in choices:
        row = {
            "chat_id": choice.chat_id,
            "kind": choice.kind,
            "at": now,
            "agrees": choice.agrees,
            "version": choice.version,
        }
        if not connection.execute(insert_absent(connection, notice_choice), row).rowcount:
            said = {"whose": choice.chat_id, "of": choice.kind, "moment": now}
            changed = {"yes": choice.agrees, "by": choice.version}
            connection.execute(_SAY_AGAIN, said | changed)
        if not choice.agrees:
            opt_out(connection, [choice.chat_id], choice.kind, now)


def of_chats(connection: Connection, chat_ids: Iterable[int]) -> dict[int, dict[Kind, bool]]:
    """Read the latest choices of chats, by kind."""
    latest: dict[int, dict[Kind, bool]] = {}
    for page in pages(sorted(set(chat_ids))):
        for row in connection.execute(_ALL.order_by(_AT), {"ids": page}):
            latest.setdefault(row.chat_id, {})[row.kind] = row.agrees
    return latest


def answer(connection: Connection, said: Iterable[tuple[int, int, int]], now: datetime) -> None:
    """Note answers to the questions of notices: notice, chat, place; the last one counts.

    Only those who were meant to get the notice are heard: a code can be forged.
    """
    for number, chat_id, place in said:
        persons = persons_of(connection, chat_id)
        if not connection.execute(_IS_MEANT, {"this": number, "persons": persons}).scalar():
            continue
        row = {"notice_id": number, "chat_id": chat_id, "answer": place, "at": now}
        if not connection.execute(insert_absent(connection, notice_answer), row).rowcount:
            changed = {"this": number, "whose": chat_id, "said": place, "moment": now}
            connection.execute(_CHANGE, changed)
