"""An extract is drawn so that people and scanners read it, whoever it is of."""

import re

import pypdfium2
import pytest

from bot.extract.checking import is_readable
from bot.extract.drawing import DoesNotFit
from tests.bot.extract.drawn import NUMBER, decoded, drawn, opened, resent, said
from tests.people import people, person

LONG = {
    "surname": "Константинопольская-Преображенская-Задунайская",
    "given": "Александра-Константина Вильгельмина",
    "patronymic": "Владиславовна-Святославовна",
}
SYMBOLOGIES = [
    ("qr", "{barcode}", "QRCode"),
    ("datamatrix", "{barcode}", "DataMatrix"),
    ("pdf417", "{barcode}", "PDF417"),
    ("code128", "{enp}", "Code128"),
]


def _text(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return " ".join(text.split())


def _letters(text):
    return re.sub(r"\W", "", text)


def _reads(insured):
    """Tell whether the code is read as drawn and as a messenger brings it."""
    png = drawn(insured).png
    return [
        [text for _, text in decoded(picture)] == [insured.barcode]
        for picture in (opened(png), resent(png))
    ]


@pytest.mark.parametrize("insured", list(people(60)), ids=lambda one: str(one.id))
def test_the_code_is_read_before_and_after_a_messenger_recompressed_it(insured):
    """Whatever the name, the age and the sequence."""
    assert _reads(insured) == [True, True]


@pytest.mark.soak
def test_the_codes_of_two_thousand_people_are_read():
    """None is unreadable, before or after recompression."""
    assert [one.id for one in people(2_000, seed=40) if not all(_reads(one))] == []


@pytest.mark.parametrize(("symbology", "payload", "name"), SYMBOLOGIES)
def test_the_insurer_chooses_the_symbology(symbology, payload, name):
    """Each is read as drawn, and after recompression."""
    insured = person()
    png = drawn(insured, symbology=symbology, payload=payload).png
    content = payload.format(barcode=insured.barcode, enp=insured.enp)
    assert decoded(opened(png)) == decoded(resent(png)) == [(name, content)]


def test_a_short_sequence_makes_no_micro_qr():
    """Phones do not read Micro QR."""
    assert decoded(opened(drawn(person(barcode="7")).png)) == [("QRCode", "7")]


def test_the_picture_is_small_enough_to_be_sent_as_it_is():
    png = drawn(person(**LONG)).png
    assert opened(png).size == (905, 1280)
    assert len(png) < 100 * 1024


def test_the_same_record_is_always_drawn_the_same():
    assert drawn(person()) == drawn(person())


@pytest.mark.parametrize(
    "insured",
    [
        person(),
        person(**LONG, barcode="X" * 300),
        person(surname="", patronymic="", given="Абдурахмангаджи"),
        person(surname="Оченьдлиннаяфамилиябезединогодефисакотораянепомещаетсявстроку"),
    ],
    ids=["usual", "long", "one_name", "one_long_word"],
)
def test_everything_said_stands_in_the_file_for_print(insured):
    """Nothing is cut off, however long; hyphens of breaking are no part of a name."""
    text = _letters(_text(drawn(insured).pdf))
    for part in (insured.surname, insured.given, insured.patronymic, insured.enp, NUMBER):
        assert _letters(part) in text


def test_the_end_of_the_right_stands_there_for_those_who_have_one():
    assert "Право действует до" not in _text(drawn(person()).pdf)
    foreign = person(right_until=person().born_on.replace(year=2027))
    assert "Право действует до 07.03.2027" in _text(drawn(foreign).pdf)


def test_invented_people_get_a_sample():
    assert "ОБРАЗЕЦ" in _text(drawn(person()).pdf)
    assert "ОБРАЗЕЦ" not in _text(drawn(person(is_demo=False)).pdf)


def test_the_insurer_chooses_title_and_fields():
    text = _text(drawn(person(), title={"ru": "Полис", "en": ""}, fields=("name", "snils")).pdf)
    assert "Демо-страхование Полис Фамилия, имя, отчество Соколов Пётр Андреевич" in text
    assert "112-233-445 95" in text
    assert "Дата рождения" not in text


@pytest.mark.parametrize("barcode", ["X" * 900, "Я" * 3000])
def test_a_code_too_large_for_the_card_is_refused(barcode):
    with pytest.raises(DoesNotFit):
        drawn(person(barcode=barcode))


def test_a_code_without_letters_for_the_content_is_refused():
    with pytest.raises(DoesNotFit):
        drawn(person(barcode="я"), symbology="code128")


def test_words_too_long_for_the_card_are_refused():
    with pytest.raises(DoesNotFit):
        drawn(person(given="Анна " * 200))


def test_a_picture_that_says_something_else_is_noticed():
    """Another sequence, another symbology, no code at all."""
    png = drawn(person()).png
    sheet = said(person())
    assert is_readable(png, sheet.payload, "qr")
    assert not is_readable(png, sheet.payload + "0", "qr")
    assert not is_readable(png, sheet.payload, "datamatrix")
    assert not is_readable(drawn(person(barcode="another")).png, sheet.payload, "qr")
