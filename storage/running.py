"""How a plain function of a connection is run on an asynchronous one."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.run import Run

P = ParamSpec("P")
T = TypeVar("T")


def runner(connection: AsyncConnection) -> Run:
    """Make the `Run` of one connection."""

    async def run(
        act: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await connection.run_sync(act, *args, **kwargs)

    return run
