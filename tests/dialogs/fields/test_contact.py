import pytest

from dialogs.fields import Email, Phone, Problem
from tests.dialogs.fields.asked import asking, read

MOBILE = "+79123456789"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("+7 912 345-67-89", MOBILE),
        ("8 (912) 345 67 89", MOBILE),
        ("89123456789", MOBILE),
        ("79123456789", MOBILE),
        ("9123456789", MOBILE),
        ("+7912.345.67.89", MOBILE),
        ("8‑912‑345‑67‑89", MOBILE),
        ("мой номер 8 912 345 67 89", MOBILE),
        ("8 495 123-45-67", "+74951234567"),
        ("(495) 123-45-67", "+74951234567"),
        ("+375 29 123-45-67", "+375291234567"),
        ("8 10 375 29 123-45-67", "+375291234567"),
        ("00375291234567", "+375291234567"),
        ("+1 212 555-12-34", "+12125551234"),
        ("", Problem("phone")),
        ("нет телефона", Problem("phone")),
        ("345-67-89", Problem("phone.short")),
        ("112", Problem("phone.short")),
        ("8 912 345-67-8", Problem("phone.short")),
        ("8 495 123-45-67 доб. 12", Problem("phone.long")),
        ("89123456789, 89123456780", Problem("phone.long")),
        ("8 012 345-67-89", Problem("phone.code")),
        ("+375 29", Problem("phone.foreign")),
        ("+1234567890123456", Problem("phone.foreign")),
    ],
)
def test_a_phone_is_read_with_its_country(typed, read_as):
    assert read(Phone(), typed) == read_as


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("ivanova@example.ru", "ivanova@example.ru"),
        (" Ivanova@Example.RU. ", "Ivanova@example.ru"),
        ("<ivanova@example.ru>", "ivanova@example.ru"),
        ("mailto:ivanova@example.ru", "ivanova@example.ru"),
        ("i.van+ova_87@mail.example.ru", "i.van+ova_87@mail.example.ru"),
        ("ivanova@почта.рф", "ivanova@почта.рф"),
        ("", Problem("email")),
        ("нет", Problem("email.at")),
        ("ivanova.example.ru", Problem("email.at")),
        ("ivanova@", Problem("email")),
        ("@example.ru", Problem("email")),
        ("ivanova@example", Problem("email")),
        ("ivanova@example,ru", Problem("email")),
        ("ivan ova@example.ru", Problem("email")),
        ("ivanova@@example.ru", Problem("email")),
        ("ivanova..m@example.ru", Problem("email")),
        ("i" * 65 + "@example.ru", Problem("email")),
        ("иванова@example.ru", Problem("email.cyrillic")),
        ("ivanova@exаmple.ru", Problem("email.cyrillic")),  # а is Cyrillic
    ],
)
def test_an_address_of_mail_is_read_and_not_looked_up(typed, read_as):
    assert read(Email(), typed) == read_as


def test_a_russian_phone_is_shown_in_groups():
    assert Phone().show(MOBILE, asking()) == "+7 912 345-67-89"
    assert Phone().show("+375291234567", asking()) == "+375291234567"


@pytest.mark.parametrize("stored", [None, "", "89123456789", "+7912345678", "a@b", "a@B.ru", []])
def test_only_what_is_kept_is_accepted_from_a_draft(stored):
    assert not Phone().accepts(stored)
    assert not Email().accepts(stored)
