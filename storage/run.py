"""How the functions of `storage` are called from the event loop."""

from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """How a function of a connection is run without holding up the event loop."""

    def __call__(
        self, act: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]:
        """Run it and wait for the result."""
        ...
