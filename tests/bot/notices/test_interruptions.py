"""What a page tells of the deaths that a notice has outlived."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.notices.showing import interruptions
from storage.notices import NoticeMove

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def broken(*lines):
    """Write the moves of lines that broke off and went on, at seconds after noon."""
    return [
        NoticeMove(NOON + timedelta(seconds=second), deed, "sending", "", "", channel)
        for channel, since, until in lines
        for second, deed in ((since, "interrupt"), (until, "go_on"))
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], []),
        ([("telegram", 10, 14)], [(10, 14)]),
        (  # one death is told once, however many messengers were being sent for
            [("telegram", 10, 14), ("whatsapp", 11, 15), ("max", 2, 16)],
            [(11, 16)],
        ),
        (  # a second death is another interruption
            [("telegram", 10, 14), ("max", 11, 15), ("max", 20, 24), ("telegram", 19, 25)],
            [(11, 15), (20, 25)],
        ),
        (  # the processes of two messengers died at different times
            [("telegram", 10, 14), ("max", 30, 33)],
            [(10, 14), (30, 33)],
        ),
    ],
)
def test_a_death_is_one_interruption_of_all_the_messengers_it_cut_off(lines, told):
    found = [
        tuple(int((moment - NOON).total_seconds()) for moment in pair)
        for pair in interruptions(broken(*lines))
    ]
    assert found == told
