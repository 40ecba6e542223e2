"""Applications are listed by state and term, page after page, for those who see their region."""

from datetime import date, timedelta

from dialogs.lifecycle import Move
from storage.applications import Amendment, Filing, Handling, Moving
from tests.storage.given import NOON, met

HERE, THERE = {"address": {"text": "Москва", "region": "77"}}, {"address": {"region": "50"}}


async def test_each_state_is_read_in_pages_by_key_and_nothing_is_left_out_or_twice(store):
    anna, boris = await met(store, "a", "b")
    async with store.work() as work:
        await work.file(
            Filing(
                (anna if place % 2 else boris).id,
                f"{place:04}-0000-1",
                "loss",
                1,
                {},
                NOON + timedelta(minutes=place % 3),
                due_on=date(2026, 11, 23 + place % 4),
            )
            for place in range(23)
        )
        await work.move(
            Moving(f"{place:04}-0000-1", 1, Move("in_review", NOON, "representative"), "Ольга")
            for place in range(3)
        )
        await work.move(
            Moving(f"{place:04}-0000-1", 2, Move("approved", NOON, "representative"), "Ольга")
            for place in range(3)
        )
    read = {}
    for state in ("submitted", "approved"):
        read[state], after = [], None
        while True:
            async with store.look() as look:
                page = await look.applications_listed(state, None, after, 4)
            if not page:
                break
            read[state] += page
            after = page[-1]
    terms = [(one.due_on, one.number) for one in read["submitted"]]
    assert terms == sorted(set(terms))
    assert len(terms) == 20
    filed = [(one.filed_at, one.number) for one in read["approved"]]
    assert filed == sorted(set(filed), reverse=True)


async def test_regions_follow_the_address_also_when_it_is_answered_anew(store):
    (anna,) = await met(store, "a")
    async with store.work() as work:
        await work.file(
            [
                Filing(anna.id, "1000-0000-1", "relocation", 1, HERE, NOON),
                Filing(anna.id, "2000-0000-1", "relocation", 1, THERE, NOON),
                Filing(anna.id, "3000-0000-1", "loss", 1, {}, NOON),
            ]
        )
    async with store.look() as look:
        assert await look.application_counts(["77"]) == {"submitted": 1}
        assert await look.application_counts(["77", ""]) == {"submitted": 2}
        assert await look.application_counts() == {"submitted": 3}
        assert await look.application_counts([]) == {}
    async with store.work() as work:
        await work.amend([Amendment("1000-0000-1", 1, THERE)])
    async with store.look() as look:
        assert (await look.application_entry("1000-0000-1")).region == "50"
        assert await look.application_counts(["77"]) == {}


async def test_a_life_tells_who_moved_it_why_and_what_was_asked(store):
    (anna,) = await met(store, "a")
    asked = Move("needs_clarification", NOON, "representative", "не читается")
    async with store.work() as work:
        await work.file([Filing(anna.id, "1000-0000-1", "loss", 1, {}, NOON)])
        await work.move([Moving("1000-0000-1", 1, asked, "Ольга", steps=("enp", "document"))])
    async with store.look() as look:
        first, second = await look.application_life("1000-0000-1")
        assert await look.application_entry("9999-0000-1") is None
    assert (first.move.state, first.name, first.steps) == ("submitted", "", ())
    assert (second.move, second.name, second.steps) == (asked, "Ольга", ("enp", "document"))


async def test_lists_and_counts_tell_whose_an_application_is(store):
    (anna,) = await met(store, "a")
    async with store.work() as work:
        await work.file(
            Filing(anna.id, f"{place}000-0000-1", "loss", 1, {}, NOON) for place in (1, 2, 3)
        )
        await work.handle([Handling("1000-0000-1", "olga", "Ольга")])
        await work.handle([Handling("2000-0000-1", "vera", "Вера")])
    found = {}
    async with store.look() as look:
        for whose in ("olga", "", None):
            listed = await look.applications_listed("submitted", None, whose=whose)
            counts = await look.application_counts(None, whose)
            found[whose] = ([(one.number[0], one.handler) for one in listed], counts["submitted"])
    assert found == {
        "olga": ([("1", "Ольга")], 1),
        "": ([("3", "")], 1),
        None: ([("1", "Ольга"), ("2", "Вера"), ("3", "")], 3),
    }
