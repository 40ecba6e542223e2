"""Forgetting: each call deletes a bounded number of the oldest rows and returns how many."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    bindparam,
    delete,
    exists,
    literal_column,
    select,
    tuple_,
)

from storage.figure_schema import fact, filling
from storage.line_schema import receipt
from storage.move_schema import move_code
from storage.people_schema import attempt, proof
from storage.schema import file, inbox, message, outbox, parked, wondered
from storage.statements import pages
from storage.talk_schema import CLOSED, callback, composed, enclosed, note, talk, talk_move
from storage.window_schema import window, window_link

_UNSENT = exists().where(
    outbox.c.chat_id == message.c.chat_id,
    outbox.c.seq == message.c.seq,
    outbox.c.state == literal_column("'pending'"),
)


def oldest(table: Table, at: str, *conditions: ColumnElement[bool]) -> Delete:
    """Delete at most ``:limit`` rows whose moment ``at`` lies before ``:before``, oldest first."""
    key = tuple_(*table.primary_key.columns)
    moment = table.c[at]
    old = (
        select(*table.primary_key.columns)
        .where(moment < bindparam("before", type_=moment.type), *conditions)
        .order_by(moment)
        .limit(bindparam("limit"))
    )
    return delete(table).where(key.in_(old))


_MESSAGES = oldest(message, "at", ~_UNSENT)
_INBOX = oldest(inbox, "received_at")
_PARKED = oldest(parked, "at")
_WONDERED = oldest(wondered, "at")
_FILES = oldest(file, "received_at")
_LOOSE_FILES = oldest(file, "loose_since")
_PROOFS = oldest(proof, "asked_at")
_ATTEMPTS = oldest(attempt, "last_at")
_FACTS = oldest(fact, "at")
_FILLINGS = oldest(filling, "moved_at")
_NOTES = oldest(note, "at")
_ENDED = (
    select(talk.c.id)
    .where(CLOSED, talk.c.closed_at < bindparam("before", type_=talk.c.closed_at.type))
    .order_by(talk.c.closed_at)
    .limit(bindparam("limit"))
)
_OF_TALKS = tuple(
    delete(table).where(table.c.talk_id.in_(bindparam("ids", expanding=True)))
    for table in (callback, composed, enclosed, talk_move)
)
_TALKS = delete(talk).where(talk.c.id.in_(bindparam("ids", expanding=True)))
_RECEIPTS = oldest(receipt, "at")
_WINDOW_LINKS = oldest(window_link, "until")
_WINDOWS = oldest(window, "until")
_MOVE_CODES = oldest(move_code, "until")


def messages(connection: Connection, before: datetime, limit: int) -> int:
    """Forget messages, and how they were sent; what is still to be sent stays."""
    return connection.execute(_MESSAGES, {"before": before, "limit": limit}).rowcount


def received(connection: Connection, before: datetime, limit: int) -> int:
    """Forget keys of events: a repeat from before then would count as new."""
    return connection.execute(_INBOX, {"before": before, "limit": limit}).rowcount


def parked_events(connection: Connection, before: datetime, limit: int) -> int:
    """Forget parked events."""
    return connection.execute(_PARKED, {"before": before, "limit": limit}).rowcount


def questions(connection: Connection, before: datetime, limit: int) -> int:
    """Forget questions asked in vain."""
    return connection.execute(_WONDERED, {"before": before, "limit": limit}).rowcount


def files(connection: Connection, before: datetime, limit: int) -> int:
    """Forget files, whatever they belong to."""
    return connection.execute(_FILES, {"before": before, "limit": limit}).rowcount


def loose_files(connection: Connection, before: datetime, limit: int) -> int:
    """Forget files that no conversation has found a place for since then."""
    return connection.execute(_LOOSE_FILES, {"before": before, "limit": limit}).rowcount


def proofs(connection: Connection, before: datetime, limit: int) -> int:
    """Forget proofs that were begun before then; their codes are long dead."""
    return connection.execute(_PROOFS, {"before": before, "limit": limit}).rowcount


def attempts(connection: Connection, before: datetime, limit: int) -> int:
    """Forget how often was tried; before then it counts no more."""
    return connection.execute(_ATTEMPTS, {"before": before, "limit": limit}).rowcount


def receipts(connection: Connection, before: datetime, limit: int) -> int:
    """Forget what messengers told of messages."""
    return connection.execute(_RECEIPTS, {"before": before, "limit": limit}).rowcount


def notes(connection: Connection, before: datetime, limit: int) -> int:
    """Forget what the desk noted about chats."""
    return connection.execute(_NOTES, {"before": before, "limit": limit}).rowcount


def facts(connection: Connection, before: datetime, limit: int) -> int:
    """Forget what was counted of questions and terms; the sums of the days stay."""
    return connection.execute(_FACTS, {"before": before, "limit": limit}).rowcount


def fillings(connection: Connection, before: datetime, limit: int) -> int:
    """Forget where drafts stood that have not moved since; the sums of the days stay."""
    return connection.execute(_FILLINGS, {"before": before, "limit": limit}).rowcount


def talks(connection: Connection, before: datetime, limit: int) -> int:
    """Forget talks that ended before then, with all that is kept of them."""
    ended = connection.execute(_ENDED, {"before": before, "limit": limit}).scalars().all()
    for page in pages(ended):
        for statement in (*_OF_TALKS, _TALKS):
            connection.execute(statement, {"ids": page})
    return len(ended)


def window_links(connection: Connection, before: datetime, limit: int) -> int:
    """Forget links to conversations that had ended by then."""
    return connection.execute(_WINDOW_LINKS, {"before": before, "limit": limit}).rowcount


def windows(connection: Connection, before: datetime, limit: int) -> int:
    """Forget windows that had ended by then."""
    return connection.execute(_WINDOWS, {"before": before, "limit": limit}).rowcount


def move_codes(connection: Connection, before: datetime, limit: int) -> int:
    """Forget codes of moves that had ended by then."""
    return connection.execute(_MOVE_CODES, {"before": before, "limit": limit}).rowcount
