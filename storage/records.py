"""Forgetting records that are kept for years: what was filed, agreed to, proven and issued.

Like `storage.retention`: each call deletes a bounded number of the oldest, and returns how many.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, select

from dialogs.lifecycle import ENDED
from storage.extracts import extract
from storage.people_schema import identity_journal
from storage.retention import oldest
from storage.schema import application, application_move, chat, consent, file
from storage.statements import pages

_JOURNAL = oldest(identity_journal, "at")
_EXTRACTS = oldest(extract, "issued_at")
_USED = exists().where(
    chat.c.id == consent.c.chat_id,
    chat.c.seen_at >= bindparam("before", type_=chat.c.seen_at.type),
)
_FILED = exists().where(application.c.chat_id == consent.c.chat_id)
_CONSENTS = oldest(consent, "at", ~_USED, ~_FILED)

_before = bindparam("before", type_=application.c.filed_at.type)
_MOVED = exists().where(
    application_move.c.number == application.c.number, application_move.c.at >= _before
)
_LONG_ENDED = (
    select(application.c.number)
    .where(application.c.filed_at < _before, application.c.state.in_(sorted(ENDED)), ~_MOVED)
    .order_by(application.c.filed_at)
    .limit(bindparam("limit"))
)
_OF_APPLICATIONS = tuple(
    delete(column.table).where(column.in_(bindparam("numbers", expanding=True)))
    for column in (file.c.attached_to, application_move.c.number, application.c.number)
)


def journal(connection: Connection, before: datetime, limit: int) -> int:
    """Forget how chats came to be linked, and who was refused."""
    return connection.execute(_JOURNAL, {"before": before, "limit": limit}).rowcount


def extracts(connection: Connection, before: datetime, limit: int) -> int:
    """Forget extracts by the day of issue; their numbers are unknown from then on."""
    return connection.execute(_EXTRACTS, {"before": before, "limit": limit}).rowcount


def consents(connection: Connection, before: datetime, limit: int) -> int:
    """Forget consents that nothing rests on: a chat unused since then, no application kept."""
    return connection.execute(_CONSENTS, {"before": before, "limit": limit}).rowcount


def applications(connection: Connection, before: datetime, limit: int) -> int:
    """Forget applications that ended before then, with their lives and files; none that goes on."""
    ended = connection.execute(_LONG_ENDED, {"before": before, "limit": limit}).scalars().all()
    for page in pages(ended):
        for statement in _OF_APPLICATIONS:
            connection.execute(statement, {"numbers": page})
    return len(ended)
