import pytest

from tests.through import terminal, web
from tests.through.canonical import Numbers
from tests.through.performing import played
from tests.through.playing import transcripts

BY_MANNER = pytest.mark.parametrize("manner", ["buttons", "digits"])
BY_SCRIPT = pytest.mark.parametrize("script", transcripts(), ids=lambda script: script.stem)


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
        greeting = playing.expected("> /start", Numbers())
        assert await playing.hands.arrive(Numbers()) == greeting
