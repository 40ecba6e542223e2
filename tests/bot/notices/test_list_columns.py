"""What columns of a list hold: names win, but no name makes a policy number anything else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import luhn

from bot.notices.list_columns import Guess, Match, guess
from tests.worlds import knowledge

WORDS = tuple(knowledge().words.values())
ANNA, IVAN = "9956410892000015", "9949020836000029"

policies = st.integers(10**14, 10**15 - 1).map(lambda it: f"{it}{luhn.calc_check_digit(str(it))}")
headers = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["Телефон", "Гость", "ЕНП", "№", "ID", "Полис застрахованного"]
)


def guessed(*rows):
    return guess(rows, WORDS)


@given(header=headers, numbers=st.lists(policies, min_size=1, max_size=20), place=st.integers(0, 3))
@example(header="Приложение 12345", numbers=[ANNA], place=1)
def test_a_column_of_policy_numbers_is_known_whatever_stands_above_it(header, numbers, place):
    def row(text):
        return [*[""] * place, text]

    found = guessed(row(header), *map(row, numbers))
    assert found.match.columns == {place: "enp"}


@given(numbers=st.lists(policies, min_size=1, max_size=20))
def test_policy_numbers_without_a_header_are_all_people(numbers):
    assert guessed(*([number] for number in numbers)) == Guess(
        Match({0: "enp"}, has_header=False), is_sure=False
    )


@given(st.lists(st.lists(st.none() | st.text() | st.floats() | st.integers() | st.booleans())))
def test_whatever_stands_in_a_file_there_is_a_guess_of_columns_that_exist(rows):
    match = guess(rows, WORDS).match
    assert all(place < max(map(len, rows)) for place in match.columns)
    assert len(set(match.columns.values())) == len(match.columns)


@pytest.mark.parametrize(
    ("rows", "columns", "has_header", "is_sure"),
    [
        # Names that are known need no question, whatever the cells are.
        ([["Имя", "Телефон"], ["А", "12"], ["Б", ""]], {1: "phone"}, True, True),
        ([["ЕНП", "Моб. связь"], [ANNA, "89123456789"]], {0: "enp"}, True, True),
        ([["Номер полиса ОМС", "Тел."], ["1", "2"]], {0: "enp", 1: "phone"}, True, True),
        ([["Гость"]], {0: "guest"}, True, True),
        # A name that policy numbers contradict is asked about, and so is one beside them.
        ([["Телефон"], [ANNA], [IVAN]], {0: "enp"}, True, False),
        ([["Телефон", "ИД"], ["89123456789", ANNA]], {0: "phone", 1: "enp"}, True, False),
        # No name is known: cells tell, and the first row is a name where numbers follow words.
        ([["ФИО", "Куда звонить"], ["А", "8 (912) 345-67-89"]], {1: "phone"}, True, False),
        ([["А Б", "+7 912 345-67-89"], ["В", "9123456780"]], {1: "phone"}, False, False),
        ([["Кому", "Где"], ["Гость 17", "Сайт"], ["Гость 18", ""]], {0: "guest"}, True, False),
        ([["Гость 17"], ["гость 18"]], {0: "guest"}, False, False),
        ([["Полис (текст)"], [float(ANNA)], [int(IVAN)]], {0: "enp"}, True, False),
        ([["Документ"], ["1234567"], ["7654321"]], {}, True, False),
        # The most of the filled cells decide; what is rarer is a fault of its row.
        ([["Кто"], [ANNA], [IVAN], [""], [ANNA], [IVAN], ["потерян"]], {0: "enp"}, True, False),
        ([["Кто"], [ANNA], ["потерян"]], {}, False, False),
        # What only resembles a phone, or counts rows, is nobody.
        ([["Паспорт"], ["92 04 123456"], ["9204 123457"]], {}, True, False),
        ([["СНИЛС"], ["112-233-445 95"], ["087-654-303 00"]], {}, True, False),
        ([["№"], ["1"], ["2"], ["3"]], {}, False, False),
        ([["Имя", "Город"], ["Анна", "Омск"]], {}, False, False),
        ([["", ANNA], ["", ""]], {1: "enp"}, False, False),
        ([], {}, True, False),
    ],
)
def test_columns_are_told_by_names_first_and_then_by_cells(rows, columns, has_header, is_sure):
    assert guessed(*rows) == Guess(Match(columns, has_header), is_sure)


def test_somebody_with_an_empty_number_is_not_taken_for_names_of_columns():
    """Only names of columns are shown as they are, so people must not pass for them."""
    assert not guessed(["Анна", ""], ["Иван", ANNA]).match.has_header
    assert not guessed(["Анна", "01.02.1980"], ["Иван", "02.03.1981"]).match.has_header
