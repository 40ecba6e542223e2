"""Windows onto conversations, and the links that open each of them once.

Links and windows are kept by a digest of their token only.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from storage.chats import Address
from storage.schema import chat
from storage.window_schema import window, window_link

_NOW = bindparam("now", type_=window_link.c.until.type)
_MINE = window_link.c.chat_id == bindparam("this")
_UNUSED = window_link.c.used_at.is_(None)
_STANDS = select(
    exists().where(
        _MINE,
        _UNUSED,
        window_link.c.sent_at.is_not(None),
        window_link.c.at >= bindparam("since", type_=window_link.c.at.type),
    )
)
_FIND = select(window_link.c.chat_id).where(window_link.c.digest == bindparam("link"))
_TAKE = (
    update(window_link)
    .where(window_link.c.digest == bindparam("link"), _UNUSED, window_link.c.until > _NOW)
    .values(used_at=_NOW)
)
_SENT = update(window_link).where(window_link.c.digest == bindparam("link")).values(sent_at=_NOW)
_USE_UP = update(window_link).where(_MINE, _UNUSED).values(used_at=_NOW)
_PLACE = (
    select(chat.c.channel, chat.c.address)
    .join(window, window.c.chat_id == chat.c.id)
    .where(window.c.digest == bindparam("window"), window.c.until > _NOW)
)
_CLOSE = delete(window).where(window.c.digest == bindparam("window"))


def stands(connection: Connection, chat_id: int, since: datetime) -> bool:
    """Tell whether a link made since a moment was sent to a chat and has not been used."""
    return bool(connection.execute(_STANDS, {"this": chat_id, "since": since}).scalar_one())


def link(connection: Connection, digest: str, chat_id: int, now: datetime, until: datetime) -> None:
    """Make a link to a chat that opens it until a moment."""
    row = {"digest": digest, "chat_id": chat_id, "at": now, "until": until}
    connection.execute(insert(window_link), row)


def sent(connection: Connection, digest: str, now: datetime) -> None:
    """Note that a link was sent."""
    connection.execute(_SENT, {"link": digest, "now": now})


def open_window(
    connection: Connection, link: str, digest: str, now: datetime, until: datetime
) -> Address | None:
    """Use a link up and open a window by it; None when the link opens nothing any more.

    The chat's other links are used up with it.
    """
    chat_id = connection.execute(_FIND, {"link": link}).scalar_one_or_none()
    if chat_id is None or not connection.execute(_TAKE, {"link": link, "now": now}).rowcount:
        return None
    connection.execute(_USE_UP, {"this": chat_id, "now": now})
    row = {"digest": digest, "chat_id": chat_id, "at": now, "until": until}
    connection.execute(insert(window), row)
    return place(connection, digest, now)


def place(connection: Connection, digest: str, now: datetime) -> Address | None:
    """Find the chat that a window shows; None when it is closed."""
    row = connection.execute(_PLACE, {"window": digest, "now": now}).one_or_none()
    return (row.channel, row.address) if row else None


def close(connection: Connection, digest: str) -> None:
    """Close a window."""
    connection.execute(_CLOSE, {"window": digest})
