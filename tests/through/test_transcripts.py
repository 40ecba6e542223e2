import pytest

from tests.through import terminal, web
from tests.through.canonical import Numbers
from tests.through.performing import dealt, played
from tests.through.playing import transcripts

MANNERS = [("buttons",), ("digits",)]


@pytest.mark.parametrize("manner", ["buttons", "digits"])
@pytest.mark.parametrize("script", transcripts(), ids=lambda script: script.stem)
async def test_a_transcript_reads_the_same_on_the_web(script, manner, peopled_url):
    async with played(script, manner, "web", peopled_url, web.hands, pushed=False):
        pass


@pytest.mark.parametrize(("script", "manner"), dealt(transcripts(), MANNERS))
async def test_a_transcript_reads_the_same_in_a_terminal(script, manner, peopled_url):
    url, hands = peopled_url, terminal.hands
    async with played(script, manner, "terminal", url, hands, pushed=True) as playing:
        greeting = playing.expected("> /start", Numbers())
        assert await playing.hands.arrive(Numbers()) == greeting
