"""Forgetting who got which notice, once it is long over; how many there were is kept.

Like `storage.retention`: each call deletes a bounded number of rows and returns how many. What is
deleted is added to the totals in the same transaction, so sums are the same before, during, after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, exists, insert, or_, select, update

from dialogs.notices.states import ENDED
from storage.notice_schema import (
    notice,
    notice_answer,
    notice_file,
    notice_listed,
    notice_recipient,
    notice_reply,
    notice_total,
)
from storage.notices import reason_words
from storage.retention import oldest
from storage.statements import pages

ANSWERED: Final = "answered"
REPLIED: Final = "replied"
"""Words of totals beside the states of recipients: a place of an answer stands as the reason."""

_rec = notice_recipient
_LEFT: Final = (notice_recipient, notice_answer, notice_reply, notice_listed)
_OVER = (
    select(notice.c.id)
    .where(
        notice.c.state.in_(tuple(ENDED)),
        notice.c.ended_at < bindparam("before", type_=notice.c.ended_at.type),
        or_(*(exists().where(table.c.notice_id == notice.c.id) for table in _LEFT)),
    )
    .order_by(notice.c.id)
    .limit(1)
)
_SOME: Final[Mapping[Table, Any]] = {
    _rec: select(_rec.c.person, _rec.c.state, _rec.c.channel, _rec.c.reason),
    notice_answer: select(notice_answer.c.chat_id, notice_answer.c.answer),
    notice_reply: select(notice_reply.c.chat_id),
    notice_listed: select(notice_listed.c.row),
}
_FILES = oldest(notice_file, "at")
_SAME = (
    notice_total.c.notice_id == bindparam("this"),
    notice_total.c.word == bindparam("told"),
    notice_total.c.channel == bindparam("through"),
    notice_total.c.reason == bindparam("because"),
)
_ADD = update(notice_total).where(*_SAME).values(people=notice_total.c.people + bindparam("more"))

_Sums = Counter[tuple[str, str, str]]


def recipients(connection: Connection, before: datetime, limit: int) -> int:
    """Forget who got a notice that ended before then, what they answered, and its list."""
    number = connection.execute(_OVER, {"before": before}).scalar_one_or_none()
    if number is None:
        return 0
    deleted = 0
    words = reason_words(connection)
    for table in _LEFT:
        some = _SOME[table].where(table.c.notice_id == number).limit(limit - deleted)
        rows = connection.execute(some).all()
        _sum_up(connection, number, _sums(table, rows, words))
        _delete(connection, table, number, [row[0] for row in rows])
        deleted += len(rows)
        if deleted == limit:
            break
    # Another notice may be over as well: whoever sweeps goes on until nothing is deleted.
    return limit if deleted else 0


def files(connection: Connection, before: datetime, limit: int) -> int:
    """Forget what notices carried."""
    return connection.execute(_FILES, {"before": before, "limit": limit}).rowcount


def _sums(table: Table, rows: Iterable[Any], words: Mapping[int, str]) -> _Sums:
    if table is _rec:
        return Counter((row.state, row.channel, words.get(row.reason, "")) for row in rows)
    if table is notice_answer:
        return Counter((ANSWERED, "", str(row.answer)) for row in rows)
    if table is notice_reply:
        return Counter((REPLIED, "", "") for _ in rows)
    return Counter()


def _sum_up(connection: Connection, number: int, sums: _Sums) -> None:
    for (word, channel, reason), people in sums.items():
        where = {"this": number, "told": word, "through": channel, "because": reason}
        if not connection.execute(_ADD, where | {"more": people}).rowcount:
            row = {
                "notice_id": number,
                "word": word,
                "channel": channel,
                "reason": reason,
                "people": people,
            }
            connection.execute(insert(notice_total), [row])


def _delete(connection: Connection, table: Table, number: int, keys: list[int]) -> None:
    key = next(iter(_SOME[table].selected_columns))
    column = table.c[key.name]
    statement = delete(table).where(
        table.c.notice_id == number, column.in_(bindparam("keys", expanding=True))
    )
    for page in pages(keys):
        connection.execute(statement, {"keys": list(set(page))})
