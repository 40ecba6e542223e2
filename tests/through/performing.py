"""A transcript played from its first line to its last, in a house of its own."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import pytest

from tests.through.house import Clock, House, house
from tests.through.left_out import AT_MOST, unexplained
from tests.through.playing import Hands, Playing, core_for, told
from tests.through.script import Manner


class Lend(Protocol):
    """Lends somebody's hands on a channel of a house."""

    def __call__(self, house: House, language: str) -> AbstractAsyncContextManager[Hands]:
        """Open the channel inside the block."""


@asynccontextmanager
async def played(
    script: Path, manner: Manner, channel: str, url: str, hands: Lend, *, pushed: bool = True
) -> AsyncIterator[Playing]:
    """Open a house and somebody's hands for a transcript, and play it at the end of the block."""
    text = told(script)
    core = core_for(text)
    clock = Clock(core.now)
    means = {"sends_codes": core.sends_codes, "vouches": core.vouches, "phone": core.vouched}
    async with (
        house(url, clock, channel, pushed=pushed, **means) as home,
        hands(home, core.session.language) as somebody,
    ):
        playing = Playing(home, somebody, core, manner)
        yield playing
        await playing.play(text)
        await playing.check_papers()
    assert unexplained(channel, playing.left_out) == []
    assert len(playing.left_out) <= AT_MOST[channel], playing.left_out


def dealt(scripts: Sequence[Path], ways: Sequence[tuple[str, ...]]) -> list[Any]:
    """Give every transcript in every way; all ways but one of each are left to the soak.

    Which one it is depends on the name alone, so that all ways are played every day.
    """
    return list(_dealt(scripts, ways))


def _dealt(scripts: Sequence[Path], ways: Sequence[tuple[str, ...]]) -> Iterator[Any]:
    for script in scripts:
        daily = crc32(script.stem.encode()) % len(ways)
        for number, way in enumerate(ways):
            marks = () if number == daily else pytest.mark.soak
            yield pytest.param(script, *way, id="-".join((script.stem, *way)), marks=marks)
