"""A notice seen by whoever wrote it: their own chat, named by a code, and nobody's else."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from bot.notices.refusals import Faulty, NotHere
from dialogs.incoming import Pressed, Said
from dialogs.notices.content import Wording
from tests.bot.notices.house import OLGA, house, written
from tests.storage.given import asking
from tests.storage.telling import linked

ASKED = {"ru": Wording("{name|Здравствуйте}, офис переехал.", "Удобно?", ("Да", "Нет"))}


@asynccontextmanager
async def sitting(store, clock, **more):
    """Open a house whose turns run, and a way to type in it."""
    it = await house(store, clock, "telegram", **more)
    async with turning(it.assistant):

        async def type_(text, chat="7", channel="telegram"):
            sent = Letter(channel, chat, f"{chat}:{text}", Said(text), clock())
            await it.assistant.turns.take(sent)

        yield it, type_


async def tried(it, number, login="olga"):
    """Send the notice to every chat of somebody."""
    async with it.store.look() as look:
        one = await look.notice(number)
    for chat in await it.assistant.trials.chats(login):
        await it.assistant.trials.send(one, chat)


async def test_a_notice_comes_to_ones_own_chat_as_others_will_see_it(store, clock, database_url):
    async with sitting(store, clock) as (it, type_), asking(database_url) as ask:
        code = await it.assistant.trials.code("olga")
        await type_(f"проба {code[:4]} {code[4:]}")
        (chat,) = await it.assistant.trials.chats("olga")
        await ask(linked, [(chat.chat_id, 5)])
        number = await it.notices.create(replace(written(), texts=ASKED), OLGA)
        await tried(it, number)
        async with store.look() as look:
            last = (await look.told_before("telegram", "7", None, 9))[-1]
            assert await look.notice_counts(number) == []
        assert last.text == "Анна Петровна, офис переехал.\n\nУдобно?"
        assert [one.label for one in last.buttons] == ["Да", "Нет"]
        assert last.note.startswith("Не нужны новости")
        await it.senders[0].send_due()
        assert it.messengers["telegram"].got[-1][1] == last.text
        pressed = Letter("telegram", "7", "press", Pressed(last.buttons[0].code), clock())
        await it.assistant.turns.take(pressed)
        async with store.look() as look:
            assert await look.notice_answers(number) == {}


@pytest.mark.parametrize("late", [0, 11])
async def test_a_code_names_one_chat_once_and_in_time(store, clock, late):
    async with sitting(store, clock) as (it, type_):
        code = await it.assistant.trials.code("olga")
        clock.wait(minutes=late)
        await type_(f"проба {code}", "7")
        await type_(f"проба {code}", "8")
        found = [one.address for one in await it.assistant.trials.chats("olga")]
        assert found == ([] if late else ["7"])


async def test_a_newer_code_is_the_only_one_and_a_wrong_one_is_answered_alike(store, clock):
    async with sitting(store, clock) as (it, type_):
        old = await it.assistant.trials.code("olga")
        await it.assistant.trials.code("olga")
        await type_(f"проба {old}")
        assert await it.assistant.trials.chats("olga") == []
        async with store.look() as look:
            (_, said) = await look.told_before("telegram", "7", None, 9)
        assert said.text.startswith("Принято. Если код верный")


async def test_who_parts_a_chat_gets_nothing_there_any_more(store, clock):
    async with sitting(store, clock) as (it, type_):
        await type_(f"проба {await it.assistant.trials.code('olga')}")
        (chat,) = await it.assistant.trials.chats("olga")
        await it.assistant.trials.part("igor", chat.chat_id)
        assert await it.assistant.trials.chats("olga") == [chat]
        await it.assistant.trials.part("olga", chat.chat_id)
        assert await it.assistant.trials.chats("olga") == []


async def test_what_may_not_go_there_is_not_tried_there_either(store, clock):
    async with sitting(store, clock, withheld=("telegram",)) as (it, type_):
        await type_(f"проба {await it.assistant.trials.code('olga')}")
        number = await it.notices.create(replace(written(), texts=ASKED), OLGA)
        with pytest.raises(NotHere):
            await tried(it, number)
        broken = await it.notices.create(written(text="{nmae|x}"), OLGA)
        with pytest.raises(Faulty):
            await tried(it, broken)
