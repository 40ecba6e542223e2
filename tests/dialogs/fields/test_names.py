import pytest

from dialogs.fields import Doubt, FullName, NamePart, Problem
from tests.dialogs.fields.asked import asking, read


def name(surname, given="", patronymic=""):
    return {"surname": surname, "given": given, "patronymic": patronymic}


MARIA = name("Иванова", "Мария", "Петровна")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Иванова Мария Петровна", MARIA),
        ("ИВАНОВА МАРИЯ ПЕТРОВНА", MARIA),
        ("иванова мария петровна", MARIA),
        ("иВАНОВА мАРИЯ пЕТРОВНА", MARIA),
        ("  Иванова   Мария\tПетровна. ", MARIA),
        ("Иванова\nМария\nПетровна", MARIA),
        ("Иванова, Мария, Петровна", MARIA),
        ("Мария Петровна Иванова", MARIA),
        ("Ивaнoва Мария Петровна", MARIA),  # a and o are Latin
        ("Ива́нова Мария Петровна", MARIA),
        ("Иванович Анна Петровна", name("Иванович", "Анна", "Петровна")),
        ("Ёлкина Алёна Фёдоровна", name("Ёлкина", "Алёна", "Фёдоровна")),
        ("петров-водкин кузьма сергеевич", name("Петров-Водкин", "Кузьма", "Сергеевич")),
        ("Петров—Водкин Кузьма Сергеевич", name("Петров-Водкин", "Кузьма", "Сергеевич")),
        ("МАК-ГРЕГОР Иван Ильич", name("Мак-Грегор", "Иван", "Ильич")),
        ("МакГрегор Иван Ильич", name("МакГрегор", "Иван", "Ильич")),
        ("Мамедов Али Салман оглы", name("Мамедов", "Али", "Салман оглы")),
        ("МАМЕДОВ АЛИ САЛМАН ОГЛЫ", name("Мамедов", "Али", "Салман оглы")),
        ("мамедова лейла салман-кызы", name("Мамедова", "Лейла", "Салман-кызы")),
        ("фон мекк надежда филаретовна", name("фон Мекк", "Надежда", "Филаретовна")),
        ("Салтыков Щедрин, Михаил, Ильич", name("Салтыков Щедрин", "Михаил", "Ильич")),
        ("о'коннор джон нет", name("О’Коннор", "Джон")),
        ("Д`АРТАНЬЯН ШАРЛЬ без отчества", name("д’Артаньян", "Шарль")),
        ("Иванова Мария, отчества нет", name("Иванова", "Мария")),
        ("Иванова Мария -", name("Иванова", "Мария")),
        ("Ким Ир no patronymic", name("Ким", "Ир")),
        ("О Сон Ён", name("О", "Сон", "Ён")),
    ],
)
def test_a_full_name_is_spelt_as_documents_spell_it(typed, meant):
    assert read(FullName(), typed) == meant


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "name"),
        ("👍", "name"),
        ("...", "name"),
        ("не знаю", "name"),
        ("зачем вам имя", "name"),
        ("где мой полис", "name"),
        ("1", "name.digits"),
        ("Иванова Мария 1987", "name.digits"),
        ("Иванова М.П.", "name.initials"),
        ("И. М. Петрова", "name.initials"),
        ("Иванова Мария 😀", "name.letters"),
        ("Иванова (Петрова) Мария", "name.letters"),
        ("Иванова -- Мария", "name.letters"),
        ("Иванова@mail Мария", "name.letters"),
        ("Ivanova Maria Petrovna", "name.cyrillic"),
        ("Bdfyjdf Vfhbz", "name.cyrillic"),
        ("Иванова", "name.one"),
        ("Мария Петровна", "name.surname"),
        ("Салтыков Щедрин Михаил Евграфович", "name.split"),
        ("а, б, в, г", "name.split"),
        ("А" + "а" * 60 + " Мария Петровна", "name.long"),
    ],
)
def test_what_is_no_full_name_is_refused_with_its_reason(typed, problem):
    assert read(FullName(), typed) == Problem(problem)


def test_a_missing_patronymic_is_asked_about_and_may_stay_missing():
    assert read(FullName(), "Иванова Мария") == Doubt(name("Иванова", "Мария"), "name.patronymic")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NGUYEN VAN AN", name("Nguyen", "Van", "An")),
        ("García Márquez, Gabriel José", name("García Márquez", "Gabriel José")),
        ("O'brien john", name("O’Brien", "John")),
        ("von neumann john", name("von Neumann", "John")),
        ("Nguyen Van", name("Nguyen", "Van")),
        ("Ким Чен нет", name("Ким", "Чен")),
        ("Ким Чен", Doubt(name("Ким", "Чен"), "name.patronymic")),
        ("Роман Божич", Doubt(name("Роман", "Божич"), "name.surname")),
        ("Иванова", Doubt(name("Иванова"), "name.single")),
        ("Nguyen", Doubt(name("Nguyen"), "name.single")),
        ("Nguyen Ван", name("Nguyen", "Ван")),
        ("Nguyжn Van", Problem("name.letters")),
    ],
)
def test_a_foreigner_may_write_in_latin_letters_and_have_other_names(typed, meant):
    assert read(FullName(foreign=True), typed) == meant


@pytest.mark.parametrize(
    ("part", "typed", "meant"),
    [
        ("surname", "ПЕТРОВА", "Петрова"),
        ("surname", "петрова-водкина", "Петрова-Водкина"),
        ("surname", "фон мекк", "фон Мекк"),
        ("surname", "Иванова Мария Петровна", Problem("name.whole")),
        ("surname", "Мария Петровна", Problem("name.whole")),
        ("surname", "нет", "Нет"),
        ("given", "анна мария", "Анна Мария"),
        ("given", "Мария Петровна", Problem("name.whole")),
        ("given", "7", Problem("name.digits")),
        ("patronymic", "петровна", "Петровна"),
        ("patronymic", "Салман ОГЛЫ", "Салман оглы"),
        ("patronymic", "нет", ""),
        ("patronymic", "Без отчества", ""),
        ("patronymic", "Иван Петрович", Problem("name.whole")),
        ("patronymic", "", Problem("name")),
    ],
)
def test_one_part_of_a_name_is_read_alone(part, typed, meant):
    assert read(NamePart(part), typed) == meant


def test_an_absent_patronymic_is_shown_in_words():
    assert NamePart("patronymic").show("", asking()) == "нет"
    assert NamePart("patronymic").show("", asking("en")) == "none"


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "Иванова Мария",
        {},
        {"surname": "Иванова", "given": "Мария"},
        {**MARIA, "more": ""},
        {**MARIA, "surname": ""},
        {**MARIA, "given": None},
        {**MARIA, "given": "мария"},
        {**MARIA, "given": "Maria"},
    ],
)
def test_only_a_whole_well_spelt_name_is_accepted_from_a_draft(stored):
    assert FullName().accepts(MARIA)
    assert not FullName().accepts(stored)
