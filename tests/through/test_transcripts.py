from contextlib import asynccontextmanager

import pytest

from tests.through import terminal, web
from tests.through.canonical import Numbers
from tests.through.house import Clock, house
from tests.through.left_out import unexplained
from tests.through.playing import TRANSCRIPTS, Playing, core_for

WITHOUT_VOUCHING = [
    script for script in TRANSCRIPTS if "# vouches" not in script.read_text("utf-8")
]
"""Those of a messenger that vouches for phones have no meaning where none is vouched for."""

BY_MANNER = pytest.mark.parametrize("manner", ["buttons", "digits"])
BY_SCRIPT = pytest.mark.parametrize("script", WITHOUT_VOUCHING, ids=lambda script: script.stem)


@asynccontextmanager
async def played(script, manner, channel, url, hands, *, pushed):
    """Open a house and somebody's hands for a transcript."""
    core = core_for(script.read_text("utf-8"))
    clock = Clock(core.now)
    means = {"sends_codes": core.sends_codes, "vouches": core.vouches, "pushed": pushed}
    async with (
        house(url, clock, channel, **means) as home,
        hands(home, core.session.language) as somebody,
    ):
        playing = Playing(home, somebody, core, manner)
        yield playing
        await playing.play(script.read_text("utf-8"))
        await playing.check_papers()
    assert unexplained(channel, playing.left_out) == []


@BY_MANNER
@BY_SCRIPT
async def test_a_transcript_reads_the_same_on_the_web(script, manner, peopled_url):
    async with played(script, manner, "web", peopled_url, web.hands, pushed=False):
        pass


@BY_MANNER
@BY_SCRIPT
async def test_a_transcript_reads_the_same_in_a_terminal(script, manner, peopled_url):
    url, hands = peopled_url, terminal.hands
    async with played(script, manner, "terminal", url, hands, pushed=True) as playing:
        greeting = playing.hands.expected(playing.core.answer("> /start"), Numbers())
        assert await playing.hands.arrive(Numbers()) == greeting
