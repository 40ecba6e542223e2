"""A deed of the staff and its line in the journal are one: both are there, or neither."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import NoResultFound

from bot.deciding import Deciding
from bot.takeover.leading import Refused, Representative
from storage.desk_schema import desk_journal_head
from tests.bot.desk.sitting import served
from tests.bot.desk.test_applications import KEY, file, staffed, state
from tests.bot.desk.test_taking import colleague, press
from tests.bot.desk.test_talks import say
from tests.storage.given import asking

ANNA = Representative("anna", "Анна")
NUMBER = "1000-0000-1"


@pytest.fixture(autouse=True)
def _monday(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def told(store, about):
    """Read what the journal says of a thing: who did what, to what end."""
    async with store.look() as look:
        lines = await look.journal_before(None, 99, about=about)
    deeds = [(one.login, one.deed, one.purpose) for one in reversed(lines)]
    return [one for one in deeds if not one[1].endswith("_viewed")]


async def test_what_the_journal_cannot_keep_is_not_done(store, clock, migrated_sqlite_url):
    async with staffed(store, clock) as (desk, _):
        await file(desk, NUMBER)
        await say(desk, "mother", "позовите человека")
        async with asking(migrated_sqlite_url) as ask:
            await ask(lambda one: one.execute(delete(desk_journal_head)))
        deciding = Deciding(desk.assistant.turns, store, clock, "anna")
        with pytest.raises(NoResultFound):
            await deciding.take(NUMBER, "Анна", key=KEY)
        with pytest.raises(NoResultFound):
            await desk.assistant.leading.claim(1, ANNA, key=KEY)
        assert await state(desk, NUMBER) == "submitted"
        async with store.look() as look:
            assert (await look.talk(1)).talk.state == "queued"


async def test_a_deed_done_twice_is_one_line_and_a_refused_one_is_none(store, clock):
    async with staffed(store, clock) as (desk, _):
        await file(desk, NUMBER)
        await say(desk, "mother", "позовите человека")
        leading = desk.assistant.leading
        deciding = Deciding(desk.assistant.turns, store, clock, "anna")
        for _ in range(2):
            await deciding.take(NUMBER, "Анна", key="1")
            await leading.claim(1, ANNA, key="1")
            await leading.park(1, ANNA, clock() + timedelta(hours=1), key="2")
        with pytest.raises(Refused):
            await deciding.reject(NUMBER, "Анна", "", key="2")
        with pytest.raises(Refused):
            await leading.close(1, Representative("boris", "Борис"), "solved", key="3")
        assert await told(store, f"application:{NUMBER}") == [("anna", "application_moved", "take")]
        assert await told(store, "talk:1") == [
            ("anna", "dialog_claimed", ""),
            ("anna", "dialog_moved", "park"),
        ]


async def test_a_take_over_names_whom_it_was_taken_from_and_is_told_only_if_it_happened(
    store, clock
):
    """What a page sends is never told as it is: not a name, not a deed that its key has done."""
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, NUMBER)
        await press(boris, page, "take")
        await press(boris, page, "release")
        await press(anna, page, "take")
        before = await told(store, f"application:{NUMBER}")
        used = f"{KEY}-take"
        await boris.post(f"{page}/move/take-over", key=used, seen="olga")
        for seen in ("olga", "", "boris"):
            answer = await boris.post(f"{page}/move/take-over", key=f"{KEY}-{seen}x", seen=seen)
            assert answer[0] == 409
        assert await told(store, f"application:{NUMBER}") == before
        await press(boris, page, "take-over", seen="anna")
        answer = await boris.post(f"{page}/move/take-over", key=f"{KEY}-again", seen="boris")
        assert answer[0] == 409
        lines = await told(store, f"application:{NUMBER}")
        assert lines[len(before) :] == [("boris", "application_taken_over", "anna")]
