from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.identifiers import HIDDEN, enp_is_valid, enp_says, hide, mask, snils_is_valid


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("6449020886006380", date(1979, 10, 13), "female"),
        ("9967150818000015", date(1948, 12, 31), "male"),
        ("9978940898005000", date(1950, 1, 1), "female"),
        ("9958840848005007", date(1951, 1, 1), "male"),
        ("9956410842000123", date(1985, 3, 7), "male"),
        ("9947999768999997", date(2000, 12, 31), "female"),
        ("9998899748000072", date(2001, 1, 1), "male"),
        ("9990379769000424", date(2026, 9, 30), "female"),
    ],
)
def test_a_policy_number_says_birth_date_and_sex(number, birth, sex):
    assert enp_is_valid(number)
    assert enp_says(number) == (birth, sex)


def written(birth: date, sex: str) -> str:
    """Write the date part of a number by the rule, apart from the code that reads it."""
    month = birth.month + (20 if birth.year <= 1950 else 40 if birth.year <= 2000 else 0)
    day = birth.day + (50 if sex == "male" else 0)
    plain = f"{month:02}{str(birth.year)[::-1]}{day:02}"
    return "99" + "".join(str(9 - int(digit)) for digit in plain) + "000000"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["female", "male"]))
def test_every_birth_date_and_sex_come_back_from_a_number(birth, sex):
    assert enp_says(written(birth, sex)) == (birth, sex)


@given(st.from_regex(r"[0-9]{16}", fullmatch=True))
def test_any_sixteen_digits_say_a_date_or_nothing(number):
    says = enp_says(number)

    assert says is None or written(*says)[2:10] == number[2:10]


@pytest.mark.parametrize("number", ["1234567890123456", "644902088600638", "", "644902088600638o"])
def test_a_wrong_policy_number_is_told(number):
    assert not enp_is_valid(number)


@pytest.mark.parametrize(
    ("number", "is_valid"),
    [
        ("11223344595", True),
        ("08765430300", True),
        ("13210930200", True),
        ("40400371200", True),
        ("63734533100", True),
        ("00100199812", True),
        ("00100199900", False),
        ("11223344596", False),
        ("00000000000", False),
        ("1122334459", False),
    ],
)
def test_a_wrong_number_of_pension_insurance_is_told(number, is_valid):
    assert snils_is_valid(number) is is_valid


@given(st.integers(1_001_999, 999_999_999))
def test_each_number_of_pension_insurance_has_one_control_number(number):
    fitting = [rest for rest in range(100) if snils_is_valid(f"{number:09}{rest:02}")]

    assert len(fitting) == 1


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("мой полис 6449 0208 8600 6380 потерян", f"мой полис {HIDDEN} потерян"),
        ("СНИЛС 112-233-445 95.", f"СНИЛС {HIDDEN}."),
        ("паспорт 4510123456", f"паспорт {HIDDEN}"),
        ("45 10 № 123456", HIDDEN),
        ("6449020886006381", "6449020886006381"),
        ("позвоните 8 912 345-67-89", "позвоните 8 912 345-67-89"),
        ("до 05.03.2024", "до 05.03.2024"),
    ],
)
def test_numbers_typed_where_nobody_asked_are_hidden(text, hidden):
    assert hide(text) == (hidden, hidden != text)


def test_a_list_that_others_read_shows_no_number_and_no_address_of_mail():
    masked = mask("8 912 345-67-89, ivanova@example.ru, полис 6449020886006380, дом 5")

    assert masked == f"{HIDDEN}, {HIDDEN}, полис {HIDDEN}, дом 5"
