"""Crowds: chats by the hundred thousand, made by the database itself, and a notice for them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from bot.assistant import Knowledge, assemble
from bot.notices.notices import Author
from bot.texts import LOCALES
from dialogs.notices.content import Content
from storage import Store
from storage.db import database_at

_WRITES, _APPROVES = Author("olga", "Ольга"), Author("igor", "Игорь")
_DIALECTS = {
    "sqlite": {
        "numbers": "(WITH RECURSIVE c(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM c "
        "WHERE n < {last}) SELECT n FROM c)",
        "moment": lambda at: str(int(at.timestamp() * 1e6)),
    },
    "postgresql": {
        "numbers": "generate_series({first}, {last}) AS numbers(n)",
        "moment": lambda at: f"TIMESTAMPTZ '{at.isoformat()}'",
    },
}
_CHATS = """
INSERT INTO chat (channel, address, language, owner, revision, last_seq, applications,
                  created_at, seen_at, heard_at)
SELECT '{channel}', {address}, 'ru', 'bot', 0, 0, 0, {moment}, {moment}, {moment} FROM {numbers}
"""


def chats(
    connection: Connection, channel: str, first: int, people: int, at: datetime, form: str = "{n}"
) -> None:
    """Let so many people have written last ``at`` a moment; ``form`` makes numbers addresses."""
    dialect: dict[str, Any] = _DIALECTS[connection.dialect.name]
    before, _, after = form.partition("{n}")
    connection.exec_driver_sql(
        _CHATS.format(
            channel=channel,
            address=f"'{before}' || CAST(n AS TEXT) || '{after}'",
            moment=dialect["moment"](at),
            numbers=dialect["numbers"].format(first=first, last=first + people - 1),
        )
    )


def counted(connection: Connection) -> None:
    """Let the database know how much there is, as it does by itself after a while."""
    connection.execute(text("ANALYZE"))


async def crowd(url: str, *parts: tuple[Any, ...]) -> None:
    """Fill a database: each part is what `chats` is given after its connection."""
    await (await Store.open(url)).close()
    database = database_at(url)
    async with database.transaction() as run:
        for part in parts:
            await run(chats, *part)
    async with database.transaction() as run:
        await run(counted)
    await database.close()


async def approved(
    url: str, content: Content, pushed: tuple[str, ...], organisation: str
) -> tuple[int, int]:
    """Have a notice sent by two people as soon as a server runs; return number and people."""
    store = await Store.open(url)
    notices = assemble(Knowledge.read(Path(organisation)), store, pushed=pushed).notices
    number = await notices.create(content, _WRITES)
    faults = await notices.check(number, _WRITES)
    if faults:
        raise ValueError(faults)
    await notices.submit(number, _WRITES)
    seen = (await notices.preview(number)).seen
    await notices.approve(number, seen, _APPROVES)
    await notices.send(number, seen, _WRITES)
    await store.close()
    return number, seen.people


def daylight(folder: Path, more: str = "") -> str:
    """Write the demonstration's insurer down in a zone where it is about noon now.

    ``more`` is added to its file, such as templates.
    """
    hours = 12 - datetime.now(UTC).hour  # the sign of these names is the other way round
    zone = f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
    told = (LOCALES / "demonstration" / "organisation.toml").read_text("utf-8")
    (folder / "organisation.toml").write_text(
        told.replace('time_zone = "Europe/Moscow"', f'time_zone = "{zone}"') + more, "utf-8"
    )
    return str(folder / "organisation.toml")
