"""Personal data is covered by its shape alone where nobody has told what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.masking import masked_cell


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("9956410892000015", "••••••••••••••15"),
        ("8 (912) 345-67-89", "• (•••) •••-••-89"),
        ("Петрова Анна", "П••• А•••"),
        ("anna.p@example.org", "a•••.p•••@e•••.o•••"),
        ("01.02.1980", "••.••.••80"),
        ("Гость 17", "Г••• 17"),
        ("", ""),
    ],
)
def test_the_shape_of_a_cell_stays_and_little_else(cell, shown):
    assert masked_cell(cell) == shown


@given(st.text())
def test_no_word_of_a_cell_and_no_long_number_is_shown(cell):
    shown = masked_cell(cell)
    letters = "".join(letter if letter.isalpha() else " " for letter in shown)
    assert all(len(word) == 1 for word in letters.split())
    assert sum(letter.isdigit() for letter in shown) <= 4
