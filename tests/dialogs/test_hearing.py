"""Hearing of changes in free words: what is a report, of what, when, whose; and what is none."""

from datetime import date, timedelta

import pytest

from dialogs.duties.dating import dated
from dialogs.duties.hearing import hear
from tests.dialogs.faq import questions
from tests.worlds import NOON, world

TODAY = NOON.date()  # a Sunday
LANGUAGES = tuple(world().words.values())
RU, EN = world().words["ru"], world().words["en"]


@pytest.mark.parametrize(
    ("text", "change", "day", "about"),
    [
        ("вчера получила новый паспорт", "document", "2026-11-21", ""),
        ("переехали в Пермь 3 ноября", "address", "2026-11-03", ""),
        ("Поменяла фамилию 31 января", "name", "2026-01-31", ""),
        ("31.01.2026 сменил фамилию!", "name", "2026-01-31", ""),
        ("паменяла фамилю позавчера", "name", "2026-11-20", ""),
        ("получил пасспорт в пятницу", "document", "2026-11-20", ""),
        ("мне 45, поменял паспорт 12 окт", "document", "2026-10-12", ""),
        ("дочь получила паспорт 5.11.2026", "document", "2026-11-05", "daughter"),
        ("у мужа сменился паспорт 3.11", "document", "2026-11-03", "husband"),
        ("развелась и вернула девичью фамилию 10 ноября", "name", "2026-11-10", ""),
        ("муж получил внж вчера", "document", "2026-11-21", "husband"),
        ("взяла фамилию мужа 14 ноября", "name", "2026-11-14", ""),
        ("Сменили прописку 01.11.26", "address", "2026-11-01", ""),
        ("прописались на новой квартире 1 ноября", "address", "2026-11-01", ""),
        ("зарегистрировали рождение 3 ноября", "newborn", "2026-11-03", ""),
        ("смена фамилии 20 числа", "name", "2026-11-20", ""),
        ("я переехал неделю назад, что делать?", "address", "2026-11-15", ""),
        ("gthttpfkb d gthvm 3 yjz,hz", "address", "2026-11-03", ""),
        ("I changed my surname on 31 January", "name", "2026-01-31", ""),
        ("I changed my surname on January 31, 2025, and got married", "name", "2025-01-31", ""),
        ("got a new passport yesterday", "document", "2026-11-21", ""),
        ("сыну 14 исполнилось 3 ноября, получили паспорт вчера", "document", "2026-11-21", "son"),
        ("свадьба 7 ноября; фамилию сменила 12 ноября", "name", "2026-11-12", ""),
        ("3 ноября развелась, сменила фамилию, что делать", "name", "2026-11-03", ""),
        ("I got my residence permit two weeks ago", "document", "2026-11-08", ""),
        ("my daughter got a passport on November 5, 2026", "document", "2026-11-05", "daughter"),
    ],
)
def test_a_change_with_its_day_is_heard(text, change, day, about):
    heard = hear(text, TODAY, LANGUAGES)
    assert heard
    assert (heard.change, heard.about) == (change, about)
    assert heard.dated.days == (date.fromisoformat(day),)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("вышла замуж и сменила фамилию", "name"),
        ("паспорт менял в 45", "document"),
        ("сменила адрес в прошлом месяце", "address"),
        ("сменил номер телефона", "contacts"),
        ("поменял почту", "contacts"),
        ("changed my phone number", "contacts"),
    ],
)
def test_a_change_without_a_clear_day_is_heard_and_the_day_is_left_to_be_asked(text, change):
    heard = hear(text, TODAY, LANGUAGES)
    assert heard
    assert heard.change == change
    assert heard.dated.days == ()


@pytest.mark.parametrize(
    "text",
    [
        "я замуж вышла 3 ноября, что с полисом",
        "вышла замуж, фамилия теперь другая",
        "мы развелись в прошлом месяце",
        "зарегистрировали брак",
        "got married on November 3",
    ],
)
def test_after_a_marriage_it_is_asked_what_has_changed(text):
    heard = hear(text, TODAY, LANGUAGES)
    assert heard
    assert (heard.change, heard.dated.days) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "вышла замуж, надо ли менять полис?",
        "выхожу замуж в декабре",
        "в какой срок сообщить о смене паспорта",
        "нужно ли сообщать о новом паспорте",
        "если я поменяю фамилию, что делать",
        "хочу поменять паспорт",
        "не поменяла паспорт",
        "потеряла паспорт вчера",
        "получила загранпаспорт вчера",
        "поменяла фамилию, что делать?",
        "сменить номер телефона в банке",
        "переехала 3 ноября, нужно ли менять полис?",
        "смена фамилии",
        "do I have to tell my insurer when I got a new passport?",
        "I want to change my surname",
        "родилась дочка вчера",
        "полис",
        "",
    ],
)
def test_questions_plans_and_other_matters_are_no_reports(text):
    assert hear(text, TODAY, LANGUAGES) is None


@pytest.mark.parametrize("name", questions.SETS)
def test_no_question_that_people_asked_is_taken_for_a_report(name):
    """What has been answered by a topic goes on being answered by it."""
    taken = [one.text for one in questions.read(name) if hear(one.text, TODAY, LANGUAGES)]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("сегодня", RU, "2026-11-22"),
        ("это было 5 дней назад", RU, "2026-11-17"),
        ("две недели назад", RU, "2026-11-08"),
        ("в прошлый вторник", RU, "2026-11-17"),
        ("в воскресенье", RU, "2026-11-15"),
        ("2 декабря", RU, "2025-12-02"),
        ("31 числа", RU, "2026-10-31"),
        ("последний раз 29 февраля", RU, "2024-02-29"),
        ("last Friday", EN, "2026-11-20"),
        ("on January 31st", EN, "2026-01-31"),
        ("the 3rd of November 2026", EN, "2026-11-03"),
        ("ten days ago", EN, "2026-11-12"),
    ],
)
def test_a_day_is_found_in_a_sentence(text, words, day):
    assert dated(text, TODAY, words).days == (date.fromisoformat(day),)


@pytest.mark.parametrize(("text", "words"), [("на прошлой неделе", RU), ("last week", EN)])
def test_a_week_leaves_its_seven_days_to_choose_from(text, words):
    monday = date(2026, 11, 9)
    assert dated(text, TODAY, words).days == tuple(monday + timedelta(one) for one in range(7))


@pytest.mark.parametrize("text", ["недавно", "в прошлом месяце", "в ноябре", "31 февраля"])
def test_a_time_that_is_no_day_is_known_to_be_one(text):
    found = dated(text, TODAY, RU)
    assert (found.days, found.is_told) == ((), True)


@pytest.mark.parametrize("text", ["паспорт", "мне 45", "полис 6449020886006380", "8 900 000-00-01"])
def test_numbers_of_other_things_are_no_days(text):
    assert not dated(text, TODAY, RU).is_told
