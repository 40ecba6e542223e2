"""Keyboards that have done their work, and presses that are not left hanging."""

import pytest

from dialogs.effects import Button
from dialogs.incoming import Pressed, Said, Vouched

MENU = (Button("m", "Меню"),)
SEX = (Button("a:loss:1:sex:m", "Мужской"), Button("a:loss:1:sex:f", "Женский"))
OPINION = (Button("h:loss:1", "Помогло"), Button("h:loss:0", "Не помогло"))


@pytest.fixture
def anna(server, polling):
    server.start("anna")
    return server.screen("anna")


async def test_a_press_is_answered_and_its_question_loses_its_buttons(server, desk, say, anna):
    """Those that mean the same for ever stay."""
    await say("anna", "Пол?", buttons=(*SEX, *MENU))
    server.press("anna", "Мужской")
    await server.until(lambda: anna.said[0].labels == ["Меню"])
    await server.until(lambda: not server.presses.waiting)
    assert desk.incoming[-1] == Pressed("a:loss:1:sex:m")
    assert server.violations == []


async def test_a_menu_keeps_its_buttons(server, desk, say, anna):
    await say("anna", "Меню", buttons=(Button("t:loss", "Потеря полиса"), *MENU))
    server.press("anna", "Потеря полиса")
    await server.until(lambda: not server.presses.waiting)
    await desk.until(2)
    assert anna.said[0].labels == ["Потеря полиса", "Меню"]
    assert "editmessagereplymarkup" not in {call.name for call in server.calls}


async def test_a_page_is_turned_where_it_stands(server, say, anna):
    """A list of three pages is one message, not three; a notice in between does not matter."""
    await say("anna", "Темы, 1 из 3", buttons=(Button("t:loss", "Потеря"), Button("p:2", "Ещё")))
    server.press("anna", "Ещё")
    await server.until(lambda: not server.presses.waiting)
    await say("anna", "Ваше заявление принято.")
    names = await say("anna", "Темы, 2 из 3", buttons=(Button("p:3", "Ещё"),))
    assert [one.text for one in anna.said] == ["Темы, 2 из 3", "Ваше заявление принято."]
    assert names == [anna.said[0].id]
    await say("anna", "Темы, 1 из 3", buttons=(Button("p:2", "Ещё"),))
    assert anna.said[-1].text == "Темы, 1 из 3"
    assert server.violations == []


async def test_a_page_whose_message_is_gone_is_shown_below(server, say, anna):
    await say("anna", "Темы, 1 из 3", buttons=(Button("p:2", "Ещё"),))
    server.press("anna", data="p:2", message="999")
    await server.until(lambda: not server.presses.waiting)
    await say("anna", "Темы, 2 из 3", buttons=(Button("p:3", "Ещё"),))
    assert [one.text for one in anna.said] == ["Темы, 1 из 3", "Темы, 2 из 3"]


async def test_a_list_asked_for_in_words_is_shown_below(server, desk, say, anna):
    await say("anna", "Темы, 1 из 3", buttons=(Button("p:2", "Ещё"),))
    server.press("anna", "Ещё")
    await server.until(lambda: not server.presses.waiting)
    server.say("anna", "все темы")
    await desk.until(3)
    await say("anna", "Темы, 1 из 3", buttons=(Button("p:2", "Ещё"),))
    assert len(anna.said) == 2


async def test_an_opinion_is_given_once(server, say, anna):
    await say("anna", "Ответ", buttons=(Button("t:loss", "Потеря"), *OPINION))
    server.press("anna", "Помогло")
    await server.until(lambda: anna.said[0].labels == ["Потеря"])


async def test_an_answer_in_words_takes_the_buttons_away_too(server, say, anna):
    await say("anna", "Пол?", buttons=(*SEX, *MENU))
    server.say("anna", "мужской")
    await server.until(lambda: anna.said[0].labels == ["Меню"])
    assert server.violations == []


async def test_a_notice_in_between_leaves_the_open_question_its_buttons(server, say, anna):
    """Nothing is taken away before the person answers."""
    await say("anna", "Пол?", buttons=SEX)
    await say("anna", "Ваше заявление принято.")
    assert anna.said[0].labels == ["Мужской", "Женский"]


async def test_a_press_whose_message_was_deleted_is_answered(server, desk, say, anna):
    await say("anna", "Пол?", buttons=SEX)
    server.press("anna", data="a:loss:1:sex:m", message="999")
    await server.until(lambda: not server.presses.waiting)
    assert desk.incoming[-1] == Pressed("a:loss:1:sex:m")


async def test_a_press_that_is_too_old_to_be_answered_counts(server, desk, say, anna):
    await say("anna", "Пол?", buttons=SEX)
    server.press("anna", "Женский")
    server.presses.grow_old()
    await desk.until(2)
    assert desk.incoming[-1] == Pressed("a:loss:1:sex:f")
    assert server.violations == []


async def test_sharing_the_number_leaves_no_keyboard_and_no_trace(server, desk, say, anna):
    """The phone's own keyboard is back with the next message."""
    await say("anna", "Ваш номер?", buttons=(Button("b", "Назад"),), asks_phone=True)
    assert [key.label for row in anna.keyboard for key in row] == ["Отправить мой номер", "Назад"]
    server.contact("anna")
    await desk.until(2)
    assert desk.incoming[-1] == Vouched("+79990000000")
    await say("anna", "Дата рождения?", buttons=(Button("b", "Назад"),))
    assert anna.keyboard == ()
    assert [one.text for one in anna.said] == ["Ваш номер?", "Дата рождения?"]
    assert server.violations == []


async def test_the_keyboard_goes_with_a_message_that_has_no_buttons(server, desk, say, anna):
    """No call more than needed."""
    await say("anna", "Ваш номер?", asks_phone=True)
    server.say("anna", "8 999 000-00-00")
    await desk.until(2)
    await say("anna", "Дата рождения?")
    assert anna.keyboard == ()
    assert "deletemessage" not in {call.name for call in server.calls}
    assert desk.incoming[-1] == Said("8 999 000-00-00")


async def test_the_keyboard_stays_while_the_number_is_still_asked_for(server, desk, say, anna):
    await say("anna", "Ваш номер?", asks_phone=True)
    await say("anna", "Ваше заявление принято.")
    assert anna.keyboard
    server.say("anna", "не понял")
    await desk.until(2)
    await say("anna", "Ваш номер?", asks_phone=True)
    assert anna.keyboard


async def test_tidiness_never_makes_the_bot_too_fast(server, desk, say, anna):
    """Beyond what Telegram bears, old buttons stay where they are."""
    for number in range(12):
        await say("anna", f"{number}?", buttons=SEX)
        server.say("anna", "мужской")
        await desk.until(number + 2)
    await server.until(lambda: server.updates.idle)
    edits = sum(call.name == "editmessagereplymarkup" for call in server.calls)
    assert edits < 12
    assert server.violations == []
