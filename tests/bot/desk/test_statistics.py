"""The page of statistics: what it shows is what happened, by period and channel."""

import re
from datetime import timedelta

import pytest

from bot.desk import periods
from bot.desk.plots import columns, step_of
from dialogs.message import Message
from storage.facts import Filling
from storage.talks import Talk, TalkChange
from tests.bot.desk.sitting import hire, words_of
from tests.storage.given import met

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def boss(desk, browser):
    """Sign a supervisor in."""
    _, secret = await hire(desk, "boss", "supervisor", name="Ольга")
    sitting = browser()
    await sitting.sign_in("boss", secret)
    return sitting


async def _tell(desk, at):
    """Let a few things happen at a moment."""
    anna, boris = await met(desk.store, "a", "b")
    async with desk.store.work() as work:
        await work.record(
            [(anna.id, Message(seq, "citizen", at, f"раз {seq}")) for seq in range(1, 8)]
        )
        await work.note_facts(
            [("telegram", "answered", "loss")] * 3
            + [("telegram", "unsure", ""), ("telegram", "helpful", "loss")]
            + [("telegram", "kept", "loss"), ("telegram", "late", "loss")],
            at,
        )
        asked = at - 4 * MINUTE
        await work.change_talks(
            [TalkChange(Talk(0, boris.id, "closed", "live", asked, asked, 1, 1, asked, topic="loss",
                             claimed_at=at - 2 * MINUTE, begun_at=at, closed_at=at,
                             outcome="left_queue", rating=4), 0)]
        )  # fmt: skip
        await work.note_fillings(
            [Filling(anna.id, n, "loss", "reason", "begun", at) for n in (1, 2, 3)]
        )
        await work.note_fillings([Filling(anna.id, 1, "loss", "reason", "dropped", at)])
        await work.note_fillings([Filling(anna.id, 2, "loss", "review", "filed", at)])


def _tiles(text):
    """Read the tiles, each as its number and its words."""
    found = re.findall(r'<li class="figure"><b>(.*?)</b>(.*?)</li>', text)
    return {words_of(words): number for number, words in found}


async def test_the_page_tells_what_happened(desk, boss):
    await _tell(desk, desk.clock())
    status, text, _ = await boss.get("/desk/statistics?period=day")
    assert status == 200
    tiles = _tiles(text)
    assert list(tiles.values()) == [
        "7", "75 %", "100 %", "1", "100 %", "1", "50 %", "4.0",
    ], tiles  # fmt: skip
    shown = words_of(text)
    assert "половине ответили за 5 мин" in shown
    assert "Не дождались и ушли из очереди 1" in shown
    assert re.search(r"3 1 1 1 \S.* 1", shown), "begun, filed, under way, left, and where"
    assert "12:00–12:59: 7" in text, "the hour of the organisation, not of Greenwich"


async def test_figures_are_of_the_channel_and_the_days_that_were_asked_for(desk, boss):
    now = desk.clock()
    await _tell(desk, now - timedelta(days=3))
    for query, heard in (
        ("period=day", "0"),
        ("period=week", "7"),
        ("period=week&channel=max", "0"),
        ("period=week&channel=telegram", "7"),
        ("period=own&from=2026-11-19&to=2026-11-19", "7"),
        ("period=own&from=2026-11-20&to=2026-11-19", "7"),
        ("period=own&from=2026-11-20&to=2099-01-01", "0"),
        ("period=year", "7"),
    ):
        _, text, _ = await boss.get(f"/desk/statistics?{query}")
        assert next(iter(_tiles(text).values())) == heard, query


@pytest.mark.parametrize(
    "query",
    ["period=<script>", "period=own", "period=own&from=2026-99-01&to=x", "period=own&from=1&to=2",
     "period=own&from=1026-01-01&to=2026-01-01", "channel=<script>alert(1)</script>",
     "period=own&from=2027-01-01&to=2027-01-02"],
)  # fmt: skip
async def test_what_cannot_be_read_is_said_and_the_page_stays(boss, query):
    status, text, _ = await boss.get(f"/desk/statistics?{query}")
    assert status == 200
    assert "<script>alert" not in text
    wrong = "показаны последние 7 дней" in words_of(text)
    assert wrong == query.startswith("period")


async def test_topics_and_steps_that_are_no_more_are_shown_by_their_names(desk, boss):
    (anna,) = await met(desk.store, "a")
    async with desk.store.work() as work:
        await work.note_facts([("web", "answered", "no_such.<b>")], desk.clock())
        await work.note_fillings(
            [Filling(anna.id, 1, "loss", "old_step", "begun", desk.clock()),
             Filling(anna.id, 1, "loss", "old_step", "dropped", desk.clock())]
        )  # fmt: skip
    _, text, _ = await boss.get("/desk/statistics?period=day")
    assert "no_such.&lt;b&gt;" in text
    assert "old_step" in text


async def test_an_empty_house_has_a_page_too(boss):
    status, text, _ = await boss.get("/desk/statistics")
    assert status == 200
    assert words_of(text).count("За этот период ничего нет") >= 6


async def test_page_has_no_style_or_script_of_its_own(boss, desk):
    await _tell(desk, desk.clock())
    _, text, _ = await boss.get("/desk/statistics")
    assert " style=" not in text
    assert "<script>" not in text
    assert "onclick" not in text


def test_every_plot_stays_within_its_picture():
    for values in ([0], [1], [3, 7, 0], list(range(365)), [10**7] * 24, []):
        plot = columns([(str(n), str(n), value) for n, value in enumerate(values)])
        for bar in plot.bars:
            assert plot.left <= bar.x < bar.x + bar.width <= plot.width
            assert 0 <= bar.y <= bar.y + bar.height <= plot.height
        tops = [y for y, _ in plot.lines]
        assert tops == sorted(tops, reverse=True)
        assert all(0 <= y <= plot.height for y in tops)
        assert plot.is_empty == (not any(values))


def test_a_scale_has_few_lines_of_round_numbers():
    assert [step_of(most) for most in (0, 1, 4, 5, 8, 9, 20, 21, 99, 4001)] == [
        1, 1, 1, 2, 2, 5, 5, 10, 50, 2000,
    ]  # fmt: skip


def test_the_period_before_is_as_long_and_ends_where_this_one_begins():
    today = periods.date(2026, 11, 26)
    period = periods.read({"period": "week"}, today)
    assert (period.first.isoformat(), period.last.isoformat()) == ("2026-11-20", "2026-11-26")
    before = period.before
    assert (before.first.isoformat(), before.last.isoformat()) == ("2026-11-13", "2026-11-19")
    assert before.days == period.days == len(period.each()) == 7
