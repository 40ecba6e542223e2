"""A messenger of ours that receives for as long as a block lasts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.base import Messenger


@asynccontextmanager
async def receiving(messenger: Messenger[Any]) -> AsyncIterator[None]:
    """Let a messenger receive inside the block; what it raises comes out of the block."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(messenger.run())
        try:
            yield
        finally:
            task.cancel()
