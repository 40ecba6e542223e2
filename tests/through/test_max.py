import pytest

from tests.through import max as at_max
from tests.through.performing import dealt, played
from tests.through.playing import transcripts

MODES = {"polling": at_max.polling, "webhook": at_max.webhook}
WAYS = [(manner, mode) for manner in ("buttons", "digits") for mode in MODES]


@pytest.mark.parametrize(("script", "manner", "mode"), dealt(transcripts(vouches=True), WAYS))
async def test_a_transcript_reads_the_same_in_max(script, manner, mode, peopled_url):
    async with played(script, manner, "max", peopled_url, MODES[mode]):
        pass
