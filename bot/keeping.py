"""The secret that a database is given at its first start, for whoever sets none."""

import secrets
from typing import Final

from bot.assistant import utc_now
from dialogs.json import Json
from storage.db import Store

_SECRET: Final = "web.secret"  # noqa: S105 — the name of a setting


async def kept_secret(store: Store) -> str:
    """Find the secret of this database, making it at the first start."""
    async with store.look() as look:
        kept: Json = (await look.settings()).get(_SECRET)
    if isinstance(kept, str):
        return kept
    made = secrets.token_urlsafe(32)
    async with store.work() as work:
        await work.put(_SECRET, made, utc_now())
    return made
