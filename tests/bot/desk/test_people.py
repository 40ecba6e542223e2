"""Search and the page of a person over HTTP: what is found, masked, decided, written down."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.assistant import turning
from bot.channels.base import Letter
from bot.receipts import new_number
from dialogs.incoming import Said
from storage.applications import Filing
from storage.extracts import KeptExtract
from storage.schema import application
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY
from tests.people import enp, person
from tests.storage.given import asking

SOKOLOV = person(id=0)
KEY = "a-key-of-the-tests"
EXTRACT = "K7QM-2XTB-9HRD-4W3F"


@pytest.fixture
def clock(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return clock


@asynccontextmanager
async def registered(store, clock, *people, regions=("all",), roles=("representative",)):
    """Serve a desk whose register holds people, with somebody signed in."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        async with store.work() as work:
            await work.keep_insured(people or (SOKOLOV,))
        _, secret = await hire(desk, "anna", *roles, regions=regions)
        sitting = browser()
        await sitting.sign_in("anna", secret)
        await sitting.get("/desk/search")
        yield desk, sitting


async def say(desk, text, chat="mother"):
    """Let a citizen write."""
    key = f"{chat}:{text}"
    await desk.assistant.turns.take(Letter("web", chat, key, Said(text), desk.clock()))


async def told(store, chat="mother"):
    """Read what a citizen was told last."""
    async with store.look() as look:
        return (await look.told_before("web", chat, None, 1))[-1].text


@pytest.mark.parametrize(
    "line", ["Соколов", "соколов петр", "Пётр Соколов", SOKOLOV.enp, SOKOLOV.phone, "4509 123456"]
)
async def test_a_person_is_found_by_whatever_names_them_and_shown_masked(store, clock, line):
    async with registered(store, clock, replace(SOKOLOV, document="4509 123456")) as (_, sitting):
        status, text, _ = await sitting.post("/desk/search", line=line)
        assert (status, "/desk/people/1" in text) == (200, True)
        results = text.partition("<table>")[2]
        assert SOKOLOV.enp not in results
        assert SOKOLOV.phone not in results


async def test_a_search_is_journalled_by_its_kind_and_never_by_its_words(store, clock):
    async with registered(store, clock) as (_, sitting):
        await sitting.post("/desk/search", line="Соколов Пётр")
        await sitting.post("/desk/search", line=SOKOLOV.enp)
        async with store.look() as look:
            lines = [one for one in await look.journal_after(0, 99) if one.deed == "person_sought"]
    assert [one.purpose for one in lines] == ["names", "enp"]


async def test_many_namesakes_come_in_pages(store, clock):
    namesakes = [replace(SOKOLOV, enp=enp(SOKOLOV.born_on, "male", serial)) for serial in range(60)]
    async with registered(store, clock, *namesakes) as (_, sitting):
        _, first, _ = await sitting.post("/desk/search", line="Соколов")
        after = re.search(r'name="after" value="(\d+)"', first)[1]
        _, second, _ = await sitting.post("/desk/search", line="Соколов", after=after)
        seen = [re.findall(r'href="/desk/people/(\d+)"', page) for page in (first, second)]
    assert [len(set(one)) for one in seen] == [50, 10]
    assert not set(seen[0]) & set(seen[1])


async def test_who_sees_no_unknown_region_finds_nobody_and_opens_nobody(store, clock):
    async with registered(store, clock, regions=("77",)) as (_, sitting):
        _, text, _ = await sitting.post("/desk/search", line="Соколов")
        assert "/desk/people/1" not in text
        assert (await sitting.get("/desk/people/1"))[0] == 404
        assert (await sitting.post("/desk/people/1/link", reason="x", key=KEY))[0] == 404


async def test_a_line_that_means_nothing_is_refused_and_stays(store, clock):
    async with registered(store, clock) as (_, sitting):
        status, text, _ = await sitting.post("/desk/search", line="№№№")
        assert (status, "№№№" in text, 'aria-invalid="true"' in text) == (400, True, True)


async def test_guests_are_found_by_their_number(store, clock):
    async with registered(store, clock) as (desk, sitting):
        await say(desk, "позовите человека")
        _, text, _ = await sitting.post("/desk/search", line="Гость 1")
        assert "/desk/talks/1" in text


async def test_a_person_is_linked_by_a_representative_and_parted_again(store, clock):
    async with registered(store, clock) as (desk, sitting):
        await say(desk, "позовите человека")
        form = {"talk": "1", "reason": "опекун, документы сверены", "key": f"{KEY}-1"}
        status, text, _ = await sitting.post("/desk/people/1/link", **form)
        assert (status, "не отмечено" in words_of(text)) == (409, True)
        assert (await sitting.post("/desk/people/1/link", **form, seen="1"))[0] == 303
        assert "опекун" in await told(store)
        status, text, _ = await sitting.get("/desk/people/1")
        assert (status, 'href="/desk/talks/1"' in text) == (200, True)
        assert SOKOLOV.enp not in text
        assert SOKOLOV.document not in text
        chat = re.search(r'name="chat" value="(\d+)"', text)[1]
        parting = {"chat": chat, "reason": "ошибка", "key": f"{KEY}-2"}
        assert (await sitting.post("/desk/people/1/unlink", **parting))[0] == 303
        assert "ошибка" in await told(store)
        again = {**parting, "key": f"{KEY}-3"}
        assert (await sitting.post("/desk/people/1/unlink", **again))[0] == 409
        async with store.look() as look:
            deeds = [line.deed for line in await look.journal_after(0, 99)]
        assert deeds[-3:] == ["person_linked", "person_viewed", "person_unlinked"]


async def test_an_extract_is_found_and_withdrawn_with_a_reason(store, clock):
    async with registered(store, clock) as (desk, sitting):
        await say(desk, "привет")
        async with store.work() as work:
            kept = KeptExtract(EXTRACT, 1, clock(), "d", b"s")
            await work.keep_extract(kept, "web", "mother", clock() - clock())
        _, text, _ = await sitting.post("/desk/search", line=EXTRACT.lower())
        assert "/desk/people/1" in text
        form = {"extract": EXTRACT, "key": KEY}
        assert (await sitting.post("/desk/people/1/withdraw", **form, reason=" "))[0] == 400
        other = {"extract": "0" * 16, "key": KEY, "reason": "x"}
        assert (await sitting.post("/desk/people/1/withdraw", **other))[0] == 409
        assert (await sitting.post("/desk/people/1/withdraw", **form, reason="опечатка"))[0] == 303
        assert "опечатка" in await told(store)
        async with store.look() as look:
            assert await look.extract_standing(EXTRACT) == "withdrawn"


async def test_names_and_reasons_never_become_markup(store, clock):
    nasty = replace(SOKOLOV, surname=NASTY, given=NASTY)
    async with registered(store, clock, nasty) as (_, sitting):
        pages = [
            await sitting.get("/desk/people/1"),
            await sitting.post("/desk/search", line=SOKOLOV.enp),
            await sitting.post("/desk/search", line=NASTY),
            await sitting.post("/desk/people/1/link", talk=NASTY, reason=NASTY, key=KEY),
        ]
    for _, text, _ in pages:
        assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text)
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(("regions", "is_found"), [(("77",), True), (("50",), False)])
async def test_an_application_is_found_by_its_number_where_its_region_is_seen(
    store, clock, migrated_sqlite_url, regions, is_found
):
    number = new_number()
    async with registered(store, clock, regions=regions) as (desk, sitting):
        await say(desk, "привет")
        async with store.work() as work:
            await work.file([Filing(1, number, "loss", 1, {}, clock())])
        async with asking(migrated_sqlite_url) as ask:
            moved = update(application).values(region="77")
            await ask(lambda connection: connection.execute(moved))
        status, text, _ = await sitting.post("/desk/search", line=number.replace("-", " "))
        assert (status, f"/desk/applications/{number}" in text) == (200, is_found)
