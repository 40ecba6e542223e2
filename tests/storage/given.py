"""What tests of the storage say again and again."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from dialogs.message import Message
from storage import Store
from storage.chats import Chat
from storage.db import database_at
from storage.outbox import Posting

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@asynccontextmanager
async def asking(url: str) -> AsyncIterator[Callable[..., Any]]:
    """Run functions of a connection on a database, past the store."""
    database = database_at(url)

    async def ask(act: Callable[..., Any], *args: Any) -> Any:
        async with database.transaction() as run:
            return await run(act, *args)

    yield ask
    await database.close()


def rows(connection: Connection, table: Table) -> Sequence[dict[str, Any]]:
    """Read a table as it is."""
    found = connection.execute(select(table).order_by(*table.primary_key.columns))
    return [dict(row) for row in found.mappings()]


async def met(store: Store, *addresses: str, channel: str = "telegram") -> list[Chat]:
    """Create chats and return them in the order of the addresses."""
    places = [(channel, address) for address in addresses]
    async with store.work() as work:
        chats = await work.chats(places, NOON, {})
    return [chats[place] for place in places]


async def posted(
    store: Store, chat: Chat, *seqs: int, at: datetime = NOON, **more: Any
) -> list[Message]:
    """Record messages of the assistant and put them into the outbox."""
    said = [Message(seq, "assistant", at, f"{chat.address}{seq}") for seq in seqs]
    async with store.work() as work:
        await work.record([(chat.id, one) for one in said])
        await work.post(
            [
                Posting(chat.id, seq, chat.channel, **{"due_at": at, "owner_revision": 0, **more})
                for seq in seqs
            ]
        )
    return said
