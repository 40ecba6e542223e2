"""Lines of the standard input, whatever it is: a terminal, a pipe or a file."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

_PIECE: Final = 4096


async def lines(descriptor: int = 0) -> AsyncIterator[str]:
    """Yield what is typed, line by line, until the input ends.

    A thread waits for it which nobody waits for, so that Ctrl+C need not be followed by Enter.
    """
    loop, typed = asyncio.get_running_loop(), asyncio.Queue[bytes]()

    def read() -> None:
        with suppress(OSError, RuntimeError):  # a terminal that was closed; a loop that was
            while piece := os.read(descriptor, _PIECE):
                loop.call_soon_threadsafe(typed.put_nowait, piece)
            loop.call_soon_threadsafe(typed.put_nowait, b"")

    threading.Thread(target=read, daemon=True, name="keyboard").start()
    rest = b""
    while piece := await typed.get():
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace").rstrip("\r")
    if rest:
        yield rest.decode(errors="replace")
