"""Drawing sheets with Typst: one at a time, in a thread, loaded when first needed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Compiler

_TEMPLATE = Path(__file__).parent / "application.typ"


class Press:
    """Turns sheets into PDF.

    Drawing takes tens of milliseconds of one core; a second sheet waits for the first, so
    that however many are asked for, dialogs keep the other.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "printing")

    async def draw(self, sheet: str, at: datetime) -> bytes:
        """Draw a sheet; ``at`` is the moment that the file says it was made."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._draw, sheet, at)

    def close(self) -> None:
        """Let go of the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _draw(self, sheet: str, at: datetime) -> bytes:
        drawn = self._compiler.compile(
            self._template,
            format="pdf",
            sys_inputs={"sheet": sheet},
            timestamp=at.replace(microsecond=0),
        )
        if not isinstance(drawn, bytes):
            raise TypeError("a sheet is one file")
        return drawn

    @cached_property
    def _template(self) -> bytes:
        return _TEMPLATE.read_bytes()

    @cached_property
    def _compiler(self) -> "Compiler":
        # Tens of megabytes that most processes never need.
        from typst import Compiler  # noqa: PLC0415

        # Its own fonts only: a sheet must look alike on every machine.
        return Compiler(self._template, ignore_system_fonts=True)
