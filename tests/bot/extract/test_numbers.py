"""Numbers of extracts: typed as people type, unlike one another."""

import pytest

from bot.extract.numbers import new_number, read_number

TYPED = [
    ("K7QM-2XTB-9HRD-4W3F", "K7QM-2XTB-9HRD-4W3F"),
    ("k7qm2xtb9hrd4w3f", "K7QM-2XTB-9HRD-4W3F"),
    (" K7QM 2XTB — 9HRD_4W3F ", "K7QM-2XTB-9HRD-4W3F"),
    ("К7QМ-2ХТВ-9НRD-4W3F", "K7QM-2XTB-9HRD-4W3F"),  # Cyrillic К, М, Х, Т, В, Н
    ("OIL0-0000-0000-0000", "0110-0000-0000-0000"),
    ("K7QM-2XTB-9HRD-4W3", None),
    ("K7QM-2XTB-9HRD-4W3FF", None),
    ("U7QM-2XTB-9HRD-4W3F", None),
    ("", None),
    ("K" * 1000, None),
    ("٠" * 16, None),
]


@pytest.mark.parametrize(("typed", "number"), TYPED)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert read_number(typed) == number


def test_numbers_do_not_repeat_and_are_read_as_themselves():
    numbers = {new_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(read_number(number) == number for number in numbers)
