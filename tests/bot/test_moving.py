"""An unfinished application moves to another messenger: by a code, and a yes on both sides."""

import re

import pytest
from sqlalchemy import text

from dialogs.incoming import Pressed
from storage.db import database_at
from tests.bot.proving import Visitor, assistant_on, filled
from tests.bot.turning import running

NAME = "Сидорова Ольга Павловна"


@pytest.fixture
async def visiting(store, clock):
    """Let people come through two messengers."""
    assistant, inbox = assistant_on(await filled(store), clock)
    async with running(assistant.turns):

        def visitor(chat, channel):
            return Visitor(assistant, inbox, clock, chat, channel=channel)

        yield visitor


@pytest.fixture
def olga(visiting):
    """One person: in Telegram, and in MAX."""
    return visiting("olga", "telegram"), visiting("700", "max")


async def fill_in(visitor):
    """Begin an application, down to the question after the name."""
    await visitor.presses("f:loss")
    for words in ("да", "потерял", "за себя", NAME):
        await visitor.says(words)


async def code_of(visitor):
    """Have a code drawn."""
    await visitor.says("продолжить в другом мессенджере")
    (said,) = await visitor.presses("M:offer")
    return re.search(r"\d{3} \d{3}", said)[0]


async def newest(visitor):
    """Read what was last said to somebody."""
    return (await visitor.history())[-1]


async def test_an_application_moves_with_its_answers(olga):
    there, here = olga
    await fill_in(there)
    asked = (await newest(there)).text
    code = await code_of(there)
    await here.says(f"код {code}")
    (found,) = await here.presses("M:take")
    assert "Код подошёл" in found
    wanted = await newest(there)
    assert "MAX" in wanted.text
    assert "перенести" in wanted.buttons[0].label
    (gone,) = await there.presses(wanted.buttons[0].code)
    assert "здесь этого заявления больше нет" in gone
    arrived = [one.text for one in (await here.history())[-2:]]
    assert "перенесено сюда" in arrived[0]
    assert "Согласны" in arrived[1]  # the consent is each chat's own
    (goes_on,) = await here.says("да")
    assert goes_on == asked
    await here.says("меню")
    assert NAME not in "\n".join(one.text for one in await here.history())
    assert "f:loss" in [one.code for one in (await there.does(Pressed("t:loss")))[-1].buttons]


async def test_a_no_on_either_side_leaves_everything_as_it_was(olga):
    there, here = olga
    await fill_in(there)
    code = await code_of(there)
    await here.says(code)
    await here.presses("M:refuse")
    assert await here.presses("M:take") != []
    assert "Ваш код" not in (await newest(there)).text
    await here.says(code)
    await here.presses("M:take")
    assert "Ваш код" in (await newest(there)).text
    refused = await there.presses("M:refuse")
    assert "ничего не переношу" in refused[0]
    assert "Дата рождения" in refused[1]
    await there.presses("M:let")
    assert not any("перенесено" in one.text for one in await here.history())


async def test_a_code_works_once_for_ten_minutes_and_not_in_its_own_chat(olga, clock, visiting):
    there, here = olga
    await fill_in(there)
    code = await code_of(there)
    await there.says(f"код {code}")
    (own,) = (await there.presses("M:take"))[:1]
    assert "не действует" in own
    await here.says(code)
    await here.presses("M:take")
    await here.says(code)
    assert "не действует" in (await here.presses("M:take"))[0]
    clock.wait(hours=1)
    code = await code_of(there)
    clock.wait(minutes=10)
    await here.says(code)
    assert "не действует" in (await here.presses("M:take"))[0]


async def test_attempts_are_limited_by_chat_and_by_address(olga, visiting):
    there, here = olga
    await fill_in(there)
    code = await code_of(there)
    said = []
    for _ in range(4):
        await here.says("код 000000")
        said += await here.presses("M:take")
    assert ["попыток" in one for one in said] == [False, False, False, True]
    await here.says(code)
    assert "попыток" in (await here.presses("M:take"))[0]
    for number in range(30):
        thief = visiting(f"thief{number}", "max")
        await thief.says("код 000000")
        said = await thief.presses("M:take")
    assert "попыток" in said[0]


async def test_the_code_lies_in_no_table_but_the_chats_own_history(olga, database_url):
    there, _ = olga
    await fill_in(there)
    code = (await code_of(there)).replace(" ", "")
    database = database_at(database_url)
    async with database.transaction() as run:
        kept = await run(
            lambda connection: str(list(connection.execute(text("SELECT * FROM move_code"))))
        )
    await database.close()
    assert kept != "[]"
    assert code not in kept


async def test_an_application_begun_here_before_stays_beside(olga):
    there, here = olga
    await fill_in(there)
    await here.presses("f:loss")
    await here.says("да")
    code = await code_of(there)
    await here.says(f"код {code}")
    await here.presses("M:take")
    await there.presses("M:let")
    said = [one.text for one in await here.history()]
    assert any("Ничего не смешано" in one for one in said)
    assert any("Дата рождения" in one for one in said)
