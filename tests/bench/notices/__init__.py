"""What a notice to very many costs: sends a second, pace, dialogs beside it, a million people."""

from tests.bench.notices.beside import beside
from tests.bench.notices.million import million
from tests.bench.notices.pace import pace
from tests.bench.notices.speed import speed


async def notices() -> None:
    """Measure all of it, and print."""
    for part in (speed, pace, beside, million):
        await part()
