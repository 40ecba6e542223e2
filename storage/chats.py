"""Chats: where a person is met, and the state of the conversation there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select, update

from dialogs.json import Json
from storage.schema import chat
from storage.statements import insert_absent, pages

Address: TypeAlias = tuple[str, str]
"""A channel and the person's address in it."""

BOT = "bot"


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation.

    ``session`` is the core's state as JSON, None when nothing has been said. ``owner`` is
    who leads, `BOT` or a representative; ``revision`` grows with each change of owner.
    ``last_seq`` is the place of the newest message. ``gone_at`` says since when the channel
    refuses our messages to this person; whoever hears from them again sets it to None.
    ``applications`` counts those filed here, so that a chat without any costs no look for them.
    ``heard_at`` is when the person last did something in the channel itself, None if never;
    ``window_at`` when in a window of the web chat, None once they are back. ``phone`` is the
    person's own as the channel vouches for it, empty where it does not tell. ``left_at`` is since
    when the conversation goes on in another chat, None once somebody writes here again.
    ``notice`` is the newest they got, at the place ``notice_seq``, None without any; only sending
    it writes that.
    """

    id: int
    channel: str
    address: str
    language: str
    session: Json = field(repr=False)
    owner: str
    revision: int
    last_seq: int
    gone_at: datetime | None
    applications: int = 0
    heard_at: datetime | None = None
    phone: str = field(default="", repr=False)
    window_at: datetime | None = None
    left_at: datetime | None = None
    notice: int | None = None
    notice_seq: int | None = None


_COLUMNS: tuple[ColumnElement[Any], ...] = (
    chat.c.id,
    chat.c.channel,
    chat.c.address,
    chat.c.language,
    chat.c.session,
    chat.c.owner,
    chat.c.revision,
    chat.c.last_seq,
    chat.c.gone_at,
    chat.c.applications,
    chat.c.heard_at,
    func.coalesce(chat.c.phone, "").label("phone"),
    chat.c.window_at,
    chat.c.left_at,
    chat.c.notice_id,
    chat.c.notice_seq,
)
_AMONG = and_(  # not pairs: SQLite would read the whole index for them
    chat.c.channel == bindparam("channel"),
    chat.c.address.in_(bindparam("addresses", expanding=True)),
)
_PRESENT = select(chat.c.address).where(_AMONG)
_LOCK = select(*_COLUMNS).where(_AMONG).order_by(chat.c.address).with_for_update(key_share=True)
_ONE = select(*_COLUMNS).where(
    chat.c.channel == bindparam("channel"), chat.c.address == bindparam("address")
)
_KEEP = (
    update(chat)
    .where(chat.c.id == bindparam("this"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "language",
                "session",
                "owner",
                "revision",
                "last_seq",
                "gone_at",
                "heard_at",
                "phone",
                "window_at",
                "left_at",
                "seen_at",
            )
        }
    )
)


def chats(
    connection: Connection,
    addresses: Iterable[Address],
    now: datetime,
    languages: Mapping[Address, str],
) -> dict[Address, Chat]:
    """Load chats for change, creating those that are new in their language.

    The rows stay locked until the transaction ends. New rows come first and locks after,
    both in the order of addresses: so no two transactions can wait for each other.
    """
    wanted = sorted(set(addresses))
    channels = [
        (channel, [address for _, address in places])
        for channel, places in groupby(wanted, key=itemgetter(0))
    ]
    present = {
        (channel, row.address)
        for channel, names in channels
        for page in pages(names)
        for row in connection.execute(_PRESENT, {"channel": channel, "addresses": page})
    }
    _create(connection, [place for place in wanted if place not in present], now, languages)
    return {
        (row.channel, row.address): Chat(*row)
        for channel, names in channels
        for page in pages(names)
        for row in connection.execute(_LOCK, {"channel": channel, "addresses": page})
    }


def _create(
    connection: Connection,
    places: Iterable[Address],
    now: datetime,
    languages: Mapping[Address, str],
) -> None:
    rows = [
        {
            "channel": channel,
            "address": address,
            "language": languages.get((channel, address), ""),
            "owner": BOT,
            "revision": 0,
            "last_seq": 0,
            "applications": 0,
            "created_at": now,
            "seen_at": now,
        }
        for channel, address in places
    ]
    if rows:
        connection.execute(insert_absent(connection, chat), rows)


def keep(connection: Connection, changed: Iterable[Chat], now: datetime) -> None:
    """Write back chats that this transaction has loaded with `chats`."""
    rows = [
        {
            "this": one.id,
            "language": one.language,
            "session": one.session,
            "owner": one.owner,
            "revision": one.revision,
            "last_seq": one.last_seq,
            "gone_at": one.gone_at,
            "heard_at": one.heard_at,
            "phone": one.phone or None,
            "window_at": one.window_at,
            "left_at": one.left_at,
            "seen_at": now,
        }
        for one in changed
    ]
    if rows:
        connection.execute(_KEEP, rows)


def one(connection: Connection, channel: str, address: str) -> Chat | None:
    """Look at one chat."""
    row = connection.execute(_ONE, {"channel": channel, "address": address}).one_or_none()
    return None if row is None else Chat(*row)
