import re

import pytest

from tests.through.left_out import AT_MOST, LEFT_OUT
from tests.through.playing import transcripts

PLAYED = {"telegram": transcripts(vouches=True)}


@pytest.mark.parametrize("channel", PLAYED)
def test_few_lines_are_left_out_on_a_messenger(channel):
    lines = [
        line
        for script in PLAYED[channel]
        for line in script.read_text("utf-8").splitlines()
        if any(re.match(rule, line) for rule in LEFT_OUT[channel])
    ]
    assert len(lines) <= AT_MOST[channel], lines
