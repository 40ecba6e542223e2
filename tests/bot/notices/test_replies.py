"""What people say after a notice: typed answers count as pressed ones, words are gathered."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from dialogs.incoming import Pressed, Said
from dialogs.notices.content import Wording
from tests.bot.notices.house import house, written
from tests.storage.given import met

ASKED = {
    "ru": Wording("Офис переехал.", "Удобно?", ("Да, удобно", "Нет")),
    "en": Wording("The office has moved.", "Is that fine?", ("Yes", "No")),
}


@asynccontextmanager
async def told(store, clock, **more):
    """Send a notice with a question to two people; give a way to type, and its number."""
    it = await house(store, clock, "telegram")
    await met(store, "1", "2")
    async with turning(it.assistant):
        count = iter(range(1000))

        async def type_(text, chat="1", incoming=None):
            key = f"{chat}:{next(count)}"
            sent = Letter("telegram", chat, key, incoming or Said(text), clock())
            await it.assistant.turns.take(sent)

        await type_("привет")
        number = await it.sent(replace(written(), texts=ASKED, **more))
        await it.go()
        yield it, type_, number


async def answers(it, number):
    """Count what was answered, by place."""
    async with it.store.look() as look:
        return await look.notice_answers(number)


async def wrote(it, number):
    """List the chats that wrote."""
    async with it.store.look() as look:
        rows = await look.notice_replies(number, 0, 99)
        assert await look.count_notice_replies(number) == len(rows)
    return [row.chat_id for row in rows]


@pytest.mark.parametrize(
    ("typed", "place"),
    [("1", 0), ("2", 1), ("нет", 1), ("Да, удобно", 0), ("да удобно", 0)],
)
async def test_a_typed_number_or_label_answers_as_a_button_does(store, clock, typed, place):
    async with told(store, clock) as (it, type_, number):
        await type_(typed)
        assert await answers(it, number) == {place: 1}
        assert await wrote(it, number) == []
        async with store.look() as look:
            last = (await look.told_before("telegram", "1", None, 1))[-1]
        assert last.text.startswith("Спасибо, ответ записан")


async def test_once_something_else_was_said_a_number_means_that(store, clock):
    async with told(store, clock) as (it, type_, number):
        await type_("меню")
        await type_("1")
        assert await answers(it, number) == {}


async def test_an_open_form_keeps_its_place_and_a_label_answers_the_notice(store, clock):
    async with told(store, clock) as (it, type_, _):
        await type_("заявление об утере полиса")
        await type_("подать заявление")
        second = await it.sent(replace(written(), texts=ASKED, budget=9))
        await it.go()
        await type_("нет")
        assert await answers(it, second) == {1: 1}
        async with store.look() as look:
            last = (await look.told_before("telegram", "1", None, 1))[-1]
        assert "Согласны на обработку" in last.text  # the open question, again


async def test_whoever_writes_within_three_days_is_gathered_once(store, clock):
    async with told(store, clock) as (it, type_, number):
        assert await wrote(it, number) == []
        clock.wait(hours=71)
        await type_("а парковка есть?")
        await type_("и ещё вопрос")
        clock.wait(hours=2)
        await type_("здравствуйте", "2")
        assert len(await wrote(it, number)) == 1


async def test_a_press_is_an_answer_and_no_reply_in_words(store, clock):
    async with told(store, clock) as (it, type_, number):
        async with store.look() as look:
            last = (await look.told_before("telegram", "2", None, 1))[-1]
        await type_("", "2", Pressed(last.buttons[0].code))
        assert await answers(it, number) == {0: 1}
        assert await wrote(it, number) == []


async def test_a_reply_belongs_to_the_notice_that_came_last(store, clock):
    async with told(store, clock) as (it, type_, first):
        second = await it.sent(written(text="И ещё новость."))
        await it.go()
        await type_("спасибо")
        assert await wrote(it, first) == []
        assert len(await wrote(it, second)) == 1
