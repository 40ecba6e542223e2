"""What the tables hold of a conversation, given to the chat in which it goes on.

History stays where it was said, and so do closed talks, which are about it.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BindParameter,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.extracts import extract
from storage.notice_schema import notice_choice
from storage.people_schema import identity_journal, link, proof
from storage.schema import application, chat, consent, file, reminder

_LEFT: Final[BindParameter[int]] = bindparam("left")
_HERE: Final[BindParameter[int]] = bindparam("here")
_SELF: Final = "self"
_there = link.alias("there")
_chosen = notice_choice.alias("chosen")
_given = consent.alias("given")
_set = reminder.alias("set")

_APPLICATIONS = update(application).where(application.c.chat_id == _LEFT).values(chat_id=_HERE)
_COUNT = (
    update(chat)
    .where(chat.c.id == bindparam("this"))
    .values(applications=chat.c.applications + bindparam("more"))
)
_FILES = (
    update(file)
    .where(file.c.chat_id == _LEFT)
    .values(chat_id=_HERE, sealed_in=func.coalesce(file.c.sealed_in, file.c.chat_id))
)
_EXTRACTS = update(extract).where(extract.c.chat_id == _LEFT).values(chat_id=_HERE)
_REMINDERS = (  # of applications, whose names are the same in every chat; the core sets the others
    update(reminder)
    .where(
        reminder.c.chat_id == _LEFT,
        or_(reminder.c.name.like("promise:%"), reminder.c.name.like("clarify:%")),
        ~exists().where(_set.c.chat_id == _HERE, _set.c.name == reminder.c.name),
    )
    .values(chat_id=_HERE)
)
_CHOICES = (  # what was chosen here stays so
    update(notice_choice)
    .where(
        notice_choice.c.chat_id == _LEFT,
        ~exists().where(_chosen.c.chat_id == _HERE, _chosen.c.kind == notice_choice.c.kind),
    )
    .values(chat_id=_HERE)
)
_CONSENTS = (
    update(consent)
    .where(
        consent.c.chat_id == _LEFT,
        ~exists().where(
            _given.c.chat_id == _HERE,
            _given.c.at == consent.c.at,
            _given.c.version == consent.c.version,
        ),
    )
    .values(chat_id=_HERE)
)
_COMING = select(link.c.insured_id).where(
    link.c.chat_id == _LEFT,
    ~exists().where(
        _there.c.chat_id == _HERE,
        or_(
            _there.c.insured_id == link.c.insured_id,
            and_(link.c.role == _SELF, _there.c.role == _SELF),
        ),
    ),
)
_LINKED = select(link.c.insured_id).where(link.c.chat_id == _LEFT)
_LINK = (
    update(link)
    .where(link.c.chat_id == _LEFT, link.c.insured_id.in_(bindparam("coming", expanding=True)))
    .values(chat_id=_HERE)
)
_UNLINK = delete(link).where(link.c.chat_id == _LEFT)
_UNPROVE = delete(proof).where(proof.c.chat_id == _LEFT)


def carry(connection: Connection, left: int, here: int, now: datetime) -> int:
    """Give one chat what another has; return how many applications there were.

    Both chats must have been loaded for change. Done again it changes nothing. Two people are
    never made one: where both chats are proven to be of somebody else, the one here stays.
    """
    chats = {"left": left, "here": here}
    _carry_people(connection, chats, now)
    moved = connection.execute(_APPLICATIONS, chats).rowcount
    counts = [{"this": left, "more": -moved}, {"this": here, "more": moved}]
    connection.execute(_COUNT, counts)
    for statement in (_FILES, _EXTRACTS, _REMINDERS, _CHOICES, _CONSENTS):
        connection.execute(statement, chats)
    return moved


def _carry_people(connection: Connection, chats: dict[str, int], now: datetime) -> None:
    """Link people to the other chat, and note so in the journal of identity."""
    linked = sorted(connection.execute(_LINKED, chats).scalars())
    coming = sorted(connection.execute(_COMING, chats).scalars())
    if coming:
        connection.execute(_LINK, {**chats, "coming": coming})
    connection.execute(_UNLINK, chats)
    connection.execute(_UNPROVE, chats)
    noted = [(chats["left"], "unlinked", one) for one in linked]
    noted += [(chats["here"], "linked", one) for one in coming]
    rows = [
        {"at": now, "chat_id": chat_id, "kind": kind, "insured_id": insured}
        for chat_id, kind, insured in noted
    ]
    if rows:
        connection.execute(insert(identity_journal), rows)
