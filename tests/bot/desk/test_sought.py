"""What a line of the search may mean: one reading for each thing people can name."""

from datetime import date

import pytest

from bot.desk.people.sought import read
from bot.receipts import new_number


@pytest.mark.parametrize(
    ("line", "kinds", "value"),
    [
        ("9956410892000015", "enp", "9956410892000015"),
        (" 9956 4108 9200 0015 ", "enp", "9956410892000015"),
        ("8 (900) 000-00-01", "phone", "+79000000001"),
        ("+7 900 000 00 01", "phone", "+79000000001"),
        ("паспорт 4509 123456", "phone, document", "4509 123456"),
        ("45 09 123456", "phone, document", "4509 123456"),
        ("9000000001", "phone, document", "+79000000001"),
        ("K7QM-2XTB-9HRD-4W3F", "extract", "K7QM-2XTB-9HRD-4W3F"),
        ("k7qm 2xtb 9hrd 4w3f", "extract", "K7QM-2XTB-9HRD-4W3F"),
        ("Гость 4821", "guest", 4821),
        ("", "", ""),
        ("!!!", "", ""),
        ("12345678901234567890", "", ""),
    ],
)
def test_numbers_are_told_apart_by_their_shape(line, kinds, value):
    sought = read(line)
    assert sought.kinds == kinds
    if kinds:
        assert value in {getattr(sought, kind) for kind in kinds.split(", ")}


def test_a_receipt_is_known_by_its_check_digit():
    number = new_number()
    assert read(number.replace("-", " ")).receipt == number
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert read(wrong).kinds == ""


def test_words_are_a_name_in_any_order_and_any_case():
    namings = read("соколов пётр андреевич").names
    assert any(
        "Соколов" in one.surname and "Пётр" in one.given and "Андреевич" in one.patronymic
        for one in namings
    )
    turned = read("Пётр Андреевич Соколов").names
    assert any(one.surname and "Соколов" in one.surname and "Пётр" in one.given for one in turned)
    assert "Щёголев" in read("щеголев").names[0].surname
    assert "Римская-Корсакова" in read("римская-корсакова").names[0].surname
    assert any("фон дер Липпе" in one.surname for one in read("фон дер Липпе Жан").names)


def test_a_day_beside_a_name_is_the_birth():
    assert read("Соколов 07.03.1985").born_on == date(1985, 3, 7)
    assert read("Соколов 31.02.1985").born_on is None
    assert read("Соколов").born_on is None
