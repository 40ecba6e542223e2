"""Codes of buttons: whatever is sent as one means something, or nothing; it never breaks."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.buttons import decode
from dialogs.forms import FORMS
from dialogs.meanings import Change

LETTERS = "abcdefghijklmnopqrstuvwxyzACDGOPRUW"
PARTS = (
    "",
    "0",
    "1",
    "-1",
    "²",
    "9" * 9,
    "9" * 99,
    "loss",
    "who",
    "me",
    "window",
    "4821-7390-5",
    "h",
    "r",
    "a",
    "duty",
    "noon",
)


@given(st.sampled_from(LETTERS), st.lists(st.sampled_from(PARTS), max_size=5))
def test_a_forged_code_is_a_meaning_or_none(letter, parts):
    decode(":".join((letter, *parts)), {"loss"}, FORMS, {"ru"})


def test_a_number_that_is_missing_means_nothing():
    """Each of the two numbers has to be there, not only one of them."""
    assert decode("r:loss:1:2", (), FORMS, ()) == Change("loss", 1, 2)
    assert decode("r:loss::2", (), FORMS, ()) is None
    assert decode("r:loss:1:", (), FORMS, ()) is None
