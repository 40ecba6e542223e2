"""The supervisor's page: what it shows is what is, live, and a failed message is sent again."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from bot.forum.trouble import Trouble
from bot.takeover.leading import Representative
from dialogs.incoming import Said
from storage.parked import Parking
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.storage.given import met, posted

MINUTE = timedelta(minutes=1)


@asynccontextmanager
async def watched(
    store, clock, *, lines=(), forum=lambda: None, regions=("all",), role="supervisor"
):
    """Serve a desk whose turns run, with a supervisor signed in."""
    desk = replace(await desk_of(store, clock), lines=lines, forum=forum)
    async with turning(desk.assistant), served(desk) as browser:
        _, secret = await hire(desk, "olga", role, name="Ольга", regions=regions)
        sitting = browser()
        await sitting.sign_in("olga", secret)
        yield desk, sitting


async def _calls(desk, chat):
    """Let a citizen ask for a person."""
    letter = Letter("web", chat, f"{chat}:1", Said("позовите человека"), desk.clock())
    await desk.assistant.turns.take(letter)


async def _fails(desk, address="x", reason="window (131047)"):
    """Let a message fail."""
    now = desk.clock()
    (chat,) = await met(desk.store, address)
    await posted(desk.store, chat, 1, at=now)
    async with desk.store.work() as work:
        (due,) = await work.claim("telegram", now, MINUTE, 10)
        await work.failed([(due.id, reason)], now)
    return chat, due.id


async def test_who_waits_is_shown_by_age(store, clock):
    clock.wait(days=1)  # a working day
    async with watched(store, clock) as (desk, sitting):
        await _calls(desk, "anna")
        clock.wait(minutes=12)
        await _calls(desk, "boris")
        status, text, _ = await sitting.get("/desk/now")
        shown = words_of(text)
        assert status == 200
        assert "2 ждут сотрудника дольше всех: 12" in shown
        assert "1 до 5 минут 1 5–15 минут 0 15–30 минут" in shown
        assert "Ольга olga" in shown


async def test_what_nobody_waits_for_is_said(store, clock):
    async with watched(store, clock) as (_, sitting):
        _, text, _ = await sitting.get("/desk/now")
        shown = words_of(text)
        for told in ("Никто не ждёт", "Всё дошло", "каналов нет"):
            assert told in shown
        assert 'role="alert"' not in text


async def test_a_lease_about_to_lapse_and_a_leader_who_is_away_are_shown(store, clock):
    clock.wait(days=1)
    async with watched(store, clock) as (desk, sitting):
        await _calls(desk, "anna")
        by = Representative("pavel", "Павел")
        assert await desk.assistant.leading.next_dialog(by, key="1")
        clock.wait(minutes=8)
        shown = words_of((await sitting.get("/desk/now"))[1])
        assert "Павел pavel 1 1" in shown
        assert "не на месте" in shown
        assert "Вернётся через Гость 1 Сайт Павел 2 минуты" in shown[shown.index("Скоро") :]


async def test_a_failed_message_says_why_and_is_sent_again_once(store, clock):
    async with watched(store, clock) as (desk, sitting):
        _, message = await _fails(desk)
        shown = words_of((await sitting.get("/desk/now"))[1])
        assert "прошло больше 24 часов" in shown
        path = f"/desk/now/again/{message}"
        _, _, headers = await sitting.post(path)
        assert headers["Location"] == "/desk/now?done=sent_again"
        _, _, headers = await sitting.post(path)
        assert headers["Location"] == "/desk/now?done=not_failed"
        async with desk.store.look() as look:
            (line, *_) = await look.journal_before(None, 1)
        assert (line.deed, line.about) == ("message_sent_again", f"outbox:{message}")
        assert "Всё дошло" in words_of((await sitting.get("/desk/now"))[1])


@pytest.mark.parametrize("message", ["0", "999", "x", "9" * 30, "-1"])
async def test_a_message_that_is_none_is_not_there(store, clock, message):
    async with watched(store, clock) as (_, sitting):
        await sitting.get("/desk/now")
        assert (await sitting.post(f"/desk/now/again/{message}"))[0] == 404


async def test_people_of_a_foreign_region_are_neither_shown_nor_sent_to(store, clock):
    clock.wait(days=1)
    async with watched(store, clock, regions=("50",)) as (desk, sitting):
        await _calls(desk, "anna")
        _, message = await _fails(desk)
        _, text, _ = await sitting.get("/desk/now")
        assert "Никто не ждёт" in words_of(text)
        assert "Всё дошло" in words_of(text)
        assert (await sitting.post(f"/desk/now/again/{message}"))[0] == 404


async def test_alarms_are_said_in_words(store, clock):
    async with watched(store, clock) as (desk, sitting):
        async with desk.store.work() as work:
            await work.note_facts([("web", "unissued", "mismatch")], clock())
            await work.park([Parking(None, "web", "1", "Said", "KeyError")] * 2, clock())
        _, text, _ = await sitting.get("/desk/now")
        assert text.count('role="alert"') == 2
        assert "1 выписка не сошлась с реестром" in words_of(text)
        assert "2 сообщения программа не смогла обработать" in words_of(text)


async def test_messengers_are_shown_as_they_are(store, clock):
    lines = [
        SimpleNamespace(name="telegram", reception="the token is refused"),
        SimpleNamespace(name="max", reception=""),
        SimpleNamespace(name="whatsapp", reception=""),
    ]
    async with watched(store, clock, lines=lines) as (desk, sitting):
        (chat,) = await met(store, "x")
        await posted(store, chat, 1, at=clock() - 5 * MINUTE)
        async with store.work() as work:
            await work.take_line("telegram", "me", clock(), MINUTE)
            await work.take_line("max", "me", clock(), MINUTE)
            await work.hold_line("max", clock() + 9 * MINUTE, "flood")
        shown = words_of((await sitting.get("/desk/now"))[1])
        assert "Telegram не принимает сообщения the token is refused 1 5 мин" in shown
        assert "MAX мессенджер просит подождать до 12:09 flood 0 —" in shown
        assert "WhatsApp никто не отправляет 0 —" in shown
        assert desk.lines is lines


@pytest.mark.parametrize(
    ("kind", "minutes", "told"),
    [
        ("gone", 0, "группы нет или бот не в ней с 12:00 Верните бота"),
        ("refused", 0, "бот не может вести темы с 12:00 Сделайте бота администратором"),
        ("broken", 0, "сбой программы с 12:00"),
        ("unreached", 5, "Telegram не отвечает с 11:55"),
        ("unreached", 0, ""),
    ],
)
async def test_a_group_of_the_staff_that_is_dead_is_shown_until_it_works(
    store, clock, kind, minutes, told
):
    """A slip that may be over in a moment is not."""
    troubles = [Trouble(kind, clock() - minutes * MINUTE)]
    lines = [SimpleNamespace(name="telegram", reception="")]
    async with watched(store, clock, lines=lines, forum=lambda: troubles[0]) as (_, sitting):
        shown = words_of((await sitting.get("/desk/now"))[1])
        assert ("Группа сотрудников" in shown) is bool(told)
        assert told in shown
        troubles[0] = None
        assert "Группа сотрудников" not in words_of((await sitting.get("/desk/now/board"))[1])


async def test_an_open_page_is_told_when_the_queue_changes(store, clock):
    clock.wait(days=1)
    async with watched(store, clock) as (desk, sitting):
        async with sitting.client.get("/desk/now/events") as answer:
            heard, begun = [], asyncio.Event()

            async def listen():
                async for line in answer.content:
                    if line.startswith(b"event: changed"):
                        heard.append(line)
                        begun.set()
                        if len(heard) == 2:
                            return

            listening = asyncio.ensure_future(listen())
            await asyncio.wait_for(begun.wait(), 15)
            await _calls(desk, "anna")
            await asyncio.wait_for(listening, 15)
        _, text, _ = await sitting.get("/desk/now/board")
        assert "<html" not in text
        assert "1 ждут сотрудника" in words_of(text)
