"""Unanswered questions and faults at the desk: sorted by one click, tried again once mended."""

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

import bot.conversing
from bot.assistant import turning
from bot.channels.base import Letter
from bot.desk.questions import groups_of
from dialogs.effects import Wondered
from dialogs.incoming import Said
from storage.parked import Parking
from storage.wondered import Question
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@asynccontextmanager
async def manned(store, clock):
    """Serve a desk whose turns run, with somebody who may sort and mend."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        _, secret = await hire(desk, "olga", "supervisor", "administrator")
        sitting = browser()
        await sitting.sign_in("olga", secret)
        yield desk, sitting


async def wonder(store, clock, *texts):
    """Ask in vain."""
    async with store.work() as work:
        for text in texts:
            await work.wonder([("ru", Wondered(text, ("loss",)))], clock())


def numbers(text):
    """Read the numbers of the groups that a page shows."""
    return list(dict.fromkeys(re.findall(r'name="group" value="(\d+)"', text)))


def _question(number, text, sorted_as="new"):
    return Question(number, NOON, "ru", text, (), "unsure", sorted_as)


def test_frequent_groups_come_first_and_know_what_is_fresh():
    questions = [
        _question(5, "полис на собаку"),
        _question(4, "прогноз погоды"),
        _question(3, "полис собаке"),
        _question(2, "полис для собаки", "task"),
        _question(1, "собаке полис"),
    ]
    dog, weather = groups_of(questions)
    assert (dog.count, dog.sorted_as, dog.fresh, dog.number) == (4, "task", 2, 5)
    assert (weather.count, weather.sorted_as, weather.fresh) == (1, "new", 1)


async def test_like_questions_are_one_card_and_one_click_sorts_them_all(store, clock):
    async with manned(store, clock) as (_, sitting):
        await wonder(store, clock, "полис на собаку", "прогноз погоды", "собаке нужен полис?")
        _, text, _ = await sitting.get("/desk/questions")
        assert "2 раза" in words_of(text)
        dog = numbers(text)[0]
        status, _, _ = await sitting.post(
            "/desk/questions", group=dog, view="new", **{"as": "task"}
        )
        assert status == 303
        await wonder(store, clock, "полис собакам")
        _, new, _ = await sitting.get("/desk/questions")
        _, tasks, _ = await sitting.get("/desk/questions?view=task")
        assert ("собак" in new, "погоды" in new) == (False, True)
        assert "и ещё 1 раз после разбора" in words_of(tasks)
        async with store.look() as look:
            lines = await look.journal_after(0, 99)
        assert (lines[-1].deed, lines[-1].purpose) == ("questions_sorted", "task")
        assert lines[-1].about == f"question:{dog}"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"group": "1", "as": "nonsense"}, 400),
        ({"group": "x", "as": "task"}, 400),
        ({"group": "999", "as": "task"}, 404),
    ],
)
async def test_what_cannot_be_sorted_is_refused(store, clock, form, status):
    async with manned(store, clock) as (_, sitting):
        await wonder(store, clock, "вопрос")
        assert (await sitting.post("/desk/questions", **form))[0] == status


async def test_no_question_becomes_markup(store, clock):
    async with manned(store, clock) as (_, sitting):
        await wonder(store, clock, NASTY)
        _, text, _ = await sitting.get("/desk/questions")
    assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text)
    assert "&lt;script&gt;" in text


class Breaking:
    """A core that can be broken and mended."""

    def __init__(self, whole):
        self.whole = whole
        self.is_broken = True

    def __call__(self, *args):
        """Raise while broken."""
        if self.is_broken:
            raise KeyError("4510 123456")
        return self.whole(*args)


@pytest.fixture
def core(monkeypatch):
    """Break the core where the shell calls it, as a fault of ours would."""
    breaking = Breaking(bot.conversing.respond)
    monkeypatch.setattr(bot.conversing, "respond", breaking)
    return breaking


async def _told(store):
    async with store.look() as look:
        return [(one.voice, one.text) for one in await look.told_after("web", "mother", 0, 99)]


async def test_a_fault_is_tried_again_once_mended_and_the_person_is_answered_once(
    store, clock, core
):
    async with manned(store, clock) as (desk, sitting):
        letter = Letter("web", "mother", "m:1", Said("потеряла полис 4510 123456"), clock())
        await desk.assistant.turns.take(letter)
        before = await _told(store)
        assert [voice for voice, _ in before] == ["citizen", "assistant"]

        _, text, _ = await sitting.get("/desk/faults")
        assert "KeyError" in text
        assert "потеряла" not in text

        status, text, _ = await sitting.post("/desk/faults/1/retry")
        assert (status, "Снова не вышло (KeyError)" in words_of(text)) == (409, True)
        assert "4510 123456" not in text
        assert await _told(store) == before

        core.is_broken = False
        assert (await sitting.post("/desk/faults/1/retry"))[0] == 303
        after = await _told(store)
        assert after[:2] == before
        assert {voice for voice, _ in after[2:]} == {"assistant"}
        assert len(after) > 2
        assert (await sitting.post("/desk/faults/1/retry"))[0] == 404
        assert "Сбоев нет" in words_of((await sitting.get("/desk/faults"))[1])


@pytest.mark.parametrize(
    ("event", "chat"),
    [
        ({"event": "claim_checked", "insured": 1}, 1),
        ({"event": "said", "nonsense": 1}, 1),
        ({"event": "said", "text": "да"}, None),
    ],
)
async def test_what_belongs_to_a_turn_that_is_gone_can_only_be_given_up(store, clock, event, chat):
    async with manned(store, clock) as (desk, sitting):
        await desk.assistant.turns.take(Letter("web", "mother", "m:1", Said("привет"), clock()))
        async with store.work() as work:
            await work.park([Parking(chat, "web", "k", event, "KeyError")], clock())
        before = await _told(store)
        await sitting.get("/desk/faults")
        assert (await sitting.post("/desk/faults/1/retry"))[0] == 409
        assert await _told(store) == before
        assert (await sitting.post("/desk/faults/1/drop"))[0] == 303
        async with store.look() as look:
            assert await look.parked_event(1) is None
