import pytest

from dialogs.faq.keyboard import as_english, as_russian, sound
from dialogs.faq.spelling import Spelling


def test_the_wrong_layout_is_read_back():
    assert as_russian("Gjkbc jvc? [jxe> `;") == "полис омс? хочуЮ ёж".lower()
    assert as_english("руддщ цщкдв") == "hello world"


def test_every_letter_survives_the_way_there_and_back():
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    assert as_russian(as_english(letters)) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("фамилия", "фомилия"),
        ("фамилия", "familiya"),
        ("поликлиника", "паликлинека"),
        ("отличается", "отличаеца"),
        ("восстановить", "востановить"),
        ("щека", "shcheka"),
        ("жалоба", "zhaloba"),
        ("жалоба", "jaloba"),
        ("я", "ja"),
    ],
)
def test_spellings_that_are_confused_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_different_words_sound_different():
    words = ["полис", "паспорт", "врач", "отказ", "номер", "смена", "офис"]
    assert len({sound(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("страхвая", "страховая"),
        ("сртаховая", "страховая"),
        ("поликлинкиа", "поликлиника"),
        ("кот", None),
        ("велосипед", None),
    ],
)
def test_slips_are_forgiven_in_proportion_to_the_word(typed, meant):
    spelling = Spelling(["страховая", "поликлиника", "код"])
    assert spelling.nearest(typed) == meant


def test_of_words_that_sound_alike_the_preferred_one_is_found():
    assert Spelling(["полис", "палис"]).homophone("polis") == "полис"
