"""Talks as the desk lists them: in pages, by key, by index; and what is kept beside them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import retention, talk_lists, talk_papers, talks
from storage.talk_lists import Line
from storage.talk_papers import Canned, Note
from tests.storage import given
from tests.storage.test_plans import _plans, _scans
from tests.years import NOW, Year, fill

SMALL = Year(chats=3000, messages=2, open_talks=60, representatives=3)
TODAY = NOW - timedelta(hours=9)
VIEWS = ("mine", "waiting", "parked", "closed", "all")


@pytest.fixture
async def year(store, ask):
    """Fill the tables with a small year."""
    await ask(fill, SMALL)
    return store


async def whole(store, view, regions=None, limit=7):
    """Read a view to its end, page by page."""
    found = []
    while True:
        async with store.look() as look:
            page = await look.talks(
                view,
                "r1",
                regions,
                since=NOW - timedelta(days=30),
                after=found[-1].talk if found else None,
                limit=limit,
            )
        if not page:
            return found
        found += page


@pytest.mark.parametrize("view", VIEWS)
async def test_pages_show_every_talk_once_and_in_order(year, view):
    found = [one.talk for one in await whole(year, view, limit=7 if view != "all" else 300)]
    assert len(found) == len({one.id for one in found}) > 5
    match view:
        case "mine":
            assert all(one.representative == "r1" and not one.closed_at for one in found)
            assert found == sorted(found, key=lambda one: (one.breach_at, one.id))
        case "waiting":
            assert {one.state for one in found} == {"queued"}
            assert found == sorted(found, key=lambda one: (one.breach_at, one.id))
        case "parked":
            assert {one.state for one in found} == {"parked"}
        case "closed":
            assert all(one.closed_at >= NOW - timedelta(days=30) for one in found)
            assert found == sorted(found, key=lambda one: (one.closed_at, one.id), reverse=True)
        case "all":
            assert len(found) == 60 + 3000 // 3 - 60 // 3


@pytest.mark.parametrize("view", VIEWS)
async def test_nobody_sees_talks_of_other_regions(year, view):
    limit = 300 if view == "all" else 7
    seen = await whole(year, view, ("50",), limit)
    assert {one.talk.region for one in seen} == {"50"}
    assert await whole(year, view, (), limit) == []
    async with year.look() as look:
        top = await look.top_talk(("50",))
        assert (await look.talk(top)).talk.region == "50"
        assert await look.top_talk(()) is None
        assert set((await look.talk_counts("r1", (), TODAY)).values()) == {0}


async def test_counts_are_those_of_the_views(year):
    async with year.look() as look:
        counts = await look.talk_counts("r1", None, NOW - timedelta(days=30))
    for view, count in counts.items():
        assert count == len(await whole(year, view))


QUERIES = [
    ((talk_lists.listed, "mine", "r1", None, TODAY, None, 50), "talk_mine"),
    ((talk_lists.listed, "waiting", "r1", None, TODAY, None, 50), "talk_queued"),
    ((talk_lists.listed, "waiting", "r1", ("77", "50"), TODAY, None, 50), "talk_queued"),
    ((talk_lists.listed, "parked", "r1", None, TODAY, None, 50), "talk_parked"),
    ((talk_lists.listed, "closed", "r1", None, TODAY, None, 50), "talk_closed"),
    ((talk_lists.listed, "all", "r1", None, TODAY, None, 50), "talk"),
    ((talk_lists.counts, "r1", None, TODAY), "talk_mine"),
    ((talk_lists.top, None), "talk_queued"),
    ((talk_lists.line, NOW), "talk_queued"),
    ((talk_lists.line, NOW), "talk_claimed"),
    ((talk_lists.standing,), "talk_queued"),
    ((talk_lists.taken, "r1", "k"), "talk_mine"),
    ((talk_lists.open_of_chat, 5), "talk_open"),
    ((talk_lists.of_chat, 5, 50), "talk_of_chat"),
    ((talks.open_of_chats, [1, 2, 3]), "talk_open"),
    ((talks.due, NOW, 64), "talk_due"),
    ((talk_papers.notes, 11, 50), "note_of_chat"),
    ((retention.talks, NOW - timedelta(days=400), 500), "talk_closed"),
    ((retention.notes, NOW - timedelta(days=400), 500), "note_at"),
    ((talk_papers.labels, [11, 12]), "label"),
    ((talk_papers.replies, "r1"), "canned_of_owner"),
    ((talk_papers.being_composed, "r1", 5), "composed"),
]


async def test_the_desk_and_its_ticks_read_no_table_as_a_whole(year, ask):
    for query, index in QUERIES:
        plans = await ask(_plans, *query)
        for statement, plan in plans:
            whole = [step for step in _scans(plan) if "USING" not in step]
            if query[1:2] == ("all",):  # in the order of the table itself, and only a page
                whole = [step for step in whole if "talk" not in step]
            assert not whole, f"{statement}\n" + "\n".join(plan)
        assert any(index in step for _, plan in plans for step in plan), (query, plans)


async def test_what_is_being_written_is_kept_for_each_talk_and_mode(year):
    async with year.work() as work:
        await work.compose("r1", 5, "citizen", "Здравств", NOW)
        await work.compose("r1", 5, "citizen", "Здравствуйте", NOW)
        await work.compose("r1", 5, "note", "перезвонить", NOW)
        await work.compose("r2", 5, "citizen", "чужое", NOW)
        await work.compose("r1", 6, "note", "другое", NOW)
        await work.compose("r1", 6, "note", "", NOW)
    async with year.look() as look:
        assert await look.composed("r1", 5) == {"citizen": "Здравствуйте", "note": "перезвонить"}
        assert await look.composed("r1", 6) == {}


async def test_canned_replies_are_shared_or_own(year):
    async with year.work() as work:
        shared = await work.keep_canned(Canned(0, "", "ru", "Привет", "Здравствуйте!"), NOW)
        own = await work.keep_canned(Canned(0, "r1", "ru", "Пока", "До свидания"), NOW)
        await work.keep_canned(Canned(0, "r2", "ru", "Чужое", "…"), NOW)
        await work.keep_canned(Canned(own, "r1", "ru", "Пока", "Всего доброго"), NOW)
        await work.keep_canned(Canned(shared, "r1", "ru", "Взлом", "…"), NOW)  # not the owner
        await work.drop_canned(shared, "r1")
    async with year.look() as look:
        assert [(one.title, one.text) for one in await look.canned("r1")] == [
            ("Привет", "Здравствуйте!"),
            ("Пока", "Всего доброго"),
        ]


async def test_labels_are_put_on_and_taken_off(year):
    async with year.work() as work:
        await work.label(1, "жалоба", "r1", NOW)
        await work.label(1, "жалоба", "r2", NOW)
        await work.label(1, "срочно", "r1", NOW)
        await work.label(2, "жалоба", "r1", NOW)
        await work.unlabel(1, "срочно")
    async with year.look() as look:
        assert dict(await look.labels([1, 2, 3])) == {1: ["жалоба"], 2: ["жалоба"]}


async def test_a_note_of_the_same_key_is_one(year):
    async with year.work() as work:
        await work.keep_note(Note("k", 2, NOW, "r1", "Р", "первая"))
        await work.keep_note(Note("k", 2, NOW, "r1", "Р", "вторая"))
    async with year.look() as look:
        assert [one.text for one in await look.notes(2)] == ["первая"]


async def test_one_chat_has_one_talk_under_way(year, ask):
    """The database itself refuses a second one."""
    async with year.look() as look:
        talk = (await look.talk(5)).talk

    with pytest.raises(IntegrityError):
        async with year.work() as work:
            await work.change_talks([talks.TalkChange(replace(talk, id=0), 0)])
    assert len(await ask(given.rows, talks.talk)) == 60 + 3000 // 3 - 60 // 3


def test_a_place_in_line_goes_by_the_moment_and_then_by_the_chat():
    line = Line([(NOW, 1), (NOW, 2), (NOW + timedelta(minutes=5), 3)])
    assert [line.place(chat, NOW) for chat in (1, 2)] == [1, 2]
    assert line.place(9, NOW + timedelta(minutes=1)) == 3
    assert line.joined(9, NOW).place(3, NOW + timedelta(minutes=5)) == 4
    assert Line().place(1, NOW) == 1


async def test_talks_and_notes_are_forgotten_after_their_term_and_no_others(year, ask):
    before = NOW - timedelta(days=100)
    talks_then = await ask(given.rows, talks.talk)
    old = {one["id"] for one in talks_then if one["closed_at"] and one["closed_at"] < before}
    assert len(old) > 100
    async with year.work() as work:
        assert await work.forget_talks(before, 100) == 100
        assert await work.forget_talks(before, 5000) == len(old) - 100
        assert await work.forget_talks(before, 5000) == 0
        assert await work.forget_notes(NOW, 5000) == 0
        assert await work.forget_notes(NOW + timedelta(seconds=1), 5000) == 300
    kept = {one["id"] for one in await ask(given.rows, talks.talk)}
    assert kept == {one["id"] for one in talks_then} - old
    assert {one["talk_id"] for one in await ask(given.rows, talks.talk_move)} == kept
