"""Conversations as people had them; `pytest --bless` rewrites them, the diff is the review."""

from pathlib import Path

import pytest

from tests.player import replay

SCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_conversation_goes_as_written(script, request):
    """What the assistant says is what the transcript says, with a restart after every turn."""
    written = script.read_text("utf-8")
    played = replay(written)
    if request.config.getoption("--bless"):
        script.write_text(played, "utf-8")
    else:
        assert played == written
