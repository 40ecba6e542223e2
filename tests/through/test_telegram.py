import pytest

from tests.through import telegram
from tests.through.performing import dealt, played
from tests.through.playing import transcripts

MODES = {"polling": telegram.polling, "webhook": telegram.webhook}
WAYS = [(manner, mode) for manner in ("buttons", "digits") for mode in MODES]


@pytest.mark.parametrize(("script", "manner", "mode"), dealt(transcripts(vouches=True), WAYS))
async def test_a_transcript_reads_the_same_in_telegram(script, manner, mode, peopled_url):
    async with played(script, manner, "telegram", peopled_url, MODES[mode]):
        pass
