"""The bytes of a paper policy: read in both layouts, and refused past any bound."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scanning.policy import LENGTH, decode
from tests.bot.scanning.paper import LAYOUTS, layout_1, layout_2
from tests.people import enp

TODAY = date(2026, 11, 22)
WOMAN = ("ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1))
NUMBER = "9978940898005000"

PEOPLE = [
    WOMAN,
    ("ЩЁГОЛЕВ-ФОН ДЕР ЛИППЕ", "ЖАН‘КЛОД", "", "male", date(1948, 12, 31)),
    ("ЛИ", "Я", "ПЕТРОВИЧ ОГЛЫ", "male", date(2001, 1, 1)),
    ("", "АБДУРАХМАНГАДЖИ", "", "male", date(1985, 3, 7)),
    ("ИВАНОВ", "И.", "", "male", TODAY),
]


@pytest.mark.parametrize("write", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("end", [None, date(2027, 6, 30)])
@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who[0] or who[1])
def test_both_layouts_are_read(write, who, end):
    surname, given_name, patronymic, sex, born_on = who
    number = enp(born_on, sex, 7)
    found = decode(write(number, *who, end), TODAY)
    assert found is not None
    assert (found.enp, found.surname, found.given, found.patronymic) == (
        *(number, surname, given_name, patronymic),
    )
    assert (found.sex, found.born_on, found.valid_until) == (sex, born_on, end)


def test_nothing_of_a_person_shows_in_a_repr():
    assert "ИВАНОВА" not in repr(decode(layout_2(NUMBER, *WOMAN), TODAY))


GOOD = layout_2(NUMBER, *WOMAN)


def _with(at, *values):
    return GOOD[:at] + bytes(values) + GOOD[at + len(values) :]


REFUSED = {
    "nothing": b"",
    "too short": GOOD[:-1],
    "too long": GOOD + b"\0",
    "no layout": _with(0, 3),
    "a number beyond 16 digits": _with(1, *(10**16).to_bytes(8, "big")),
    "a number with a wrong check digit": _with(1, *(int(NUMBER) + 1).to_bytes(8, "big")),
    "a reserved letter": _with(9, 47 << 2),
    "no sex": _with(60, 0),
    "a third sex": _with(60, 3),
    "no birth date": _with(61, 0, 0),
    "born tomorrow": layout_2(NUMBER, *WOMAN[:4], date(2026, 11, 23)),
    "ended before the birth": layout_2(NUMBER, *WOMAN, date(1949, 12, 31)),
    "no name at all": layout_2(NUMBER, "", "", "ПЕТРОВНА", *WOMAN[3:]),
    "digits in a name": layout_2(NUMBER, "ИВАНОВА2", *WOMAN[1:]),
    "a hyphen for a name": layout_2(NUMBER, "-", *WOMAN[1:]),
    "four parts": layout_2(NUMBER, "ИВА|НОВА", *WOMAN[1:]),
    "the other layout's number": _with(0, 1),
    "all ones": b"\xff" * LENGTH,
    "all zeros": b"\0" * LENGTH,
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_no_policy_to_the_last_bound_is_none(content):
    assert decode(content, TODAY) is None


@given(st.binary(max_size=200))
def test_garbage_never_raises(content):
    decode(content, TODAY)


@given(st.integers(0, LENGTH - 1), st.integers(0, 255), st.sampled_from([layout_1, layout_2]))
def test_a_policy_with_any_byte_changed_never_raises(at, value, write):
    """And what is still read keeps within the bounds."""
    whole = write(NUMBER, *WOMAN)
    found = decode(whole[:at] + bytes([value]) + whole[at + 1 :], TODAY)
    if found is not None:
        assert len(found.enp) == 16
        assert found.born_on <= TODAY
        assert found.surname + found.given
