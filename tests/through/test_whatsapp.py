import pytest

from tests.through import whatsapp
from tests.through.performing import dealt, played
from tests.through.playing import transcripts

WAYS = [("buttons",), ("digits",)]


@pytest.mark.parametrize(("script", "manner"), dealt(transcripts(always=True), WAYS))
async def test_a_transcript_reads_the_same_in_whatsapp(script, manner, peopled_url):
    async with played(script, manner, "whatsapp", peopled_url, whatsapp.hands):
        pass
