"""Records are kept for years, and then go: by age, page by page, and never while they matter."""

from datetime import timedelta

import pytest

from dialogs.lifecycle import ENDED, MOVES, Move
from storage.applications import Filing, Moving
from storage.extracts import KeptExtract
from storage.files import KeptFile, Placing
from storage.identity import Noted
from storage.schema import application, application_move, consent, file
from tests.storage.given import met, rows

DAY = timedelta(days=1)
LIFE = {
    "submitted": (),
    "in_review": ("in_review",),
    "needs_clarification": ("in_review", "needs_clarification"),
    "suspended": ("in_review", "needs_clarification", "suspended"),
    "approved": ("in_review", "approved"),
    "rejected": ("in_review", "rejected"),
    "completed": ("in_review", "approved", "completed"),
    "withdrawn": ("withdrawn",),
}
"""The moves that lead to each state."""


async def _forget(store, what, before, limit=500):
    async with store.work() as work:
        return await getattr(work, f"forget_{what}")(before, limit)


async def _filed(store, chat, number, at, *states):
    """File an application, and move it one day after another."""
    async with store.work() as work:
        await work.file([Filing(chat.id, number, "loss", 1, {"who": "me"}, at)])
        await work.move(
            [
                Moving(number, place, Move(state, at + place * DAY, "clock"))
                for place, state in enumerate(states, 1)
            ]
        )


async def _agreed(store, chat, at, version="1"):
    async with store.work() as work:
        await work.consent([(chat.id, version)], at)


async def test_the_journal_of_identity_goes_by_age(store, now):
    (chat,) = await met(store, "x")
    for at in (now - 2 * DAY, now - DAY, now):
        async with store.work() as work:
            await work.note([Noted(chat.id, "asked"), Noted(chat.id, "refused")], at)
    assert await _forget(store, "identity", now - 2 * DAY) == 0
    assert [await _forget(store, "identity", now, 3) for _ in range(3)] == [3, 1, 0]


async def test_an_old_extract_is_unknown_and_a_young_one_holds(store, now):
    async with store.work() as work:
        for number, at in (("A", now - 2 * DAY), ("B", now)):
            await work.keep_extract(KeptExtract(number, 1, at, "d", b"s"), "web", "x", DAY)
    assert await _forget(store, "extracts", now) == 1
    async with store.look() as look:
        assert [await look.extract_standing(number) for number in "AB"] == [None, "valid"]


@pytest.mark.parametrize("state", MOVES)
async def test_only_an_application_that_has_ended_is_forgotten(store, now, ask, state):
    (chat,) = await met(store, "x")
    await _filed(store, chat, "1-1", now, *LIFE[state])
    forgotten = await _forget(store, "applications", now + 1000 * DAY)
    assert forgotten == (state in ENDED)
    assert len(await ask(rows, application)) == 1 - forgotten
    assert bool(await ask(rows, application_move)) == (not forgotten)


async def test_its_term_begins_with_its_end(store, now):
    """Not with its filing: moved by, it is kept as long as any other."""
    (chat,) = await met(store, "x")
    await _filed(store, chat, "1-1", now, "in_review", "rejected")
    assert await _forget(store, "applications", now + 2 * DAY) == 0
    assert await _forget(store, "applications", now + 2 * DAY + timedelta(microseconds=1)) == 1


async def test_applications_go_page_by_page_with_their_files(store, now, ask):
    (chat,) = await met(store, "x")
    for number in ("1-1", "2-2", "3-3"):
        await _filed(store, chat, number, now, "withdrawn")
        async with store.work() as work:
            await work.keep_file(KeptFile(number, "image/jpeg", 3, now, b"seal"), "telegram", "x")
            await work.place_files([Placing(chat.id, attached={number: number})])
    await _filed(store, chat, "4-4", now + 9 * DAY, "withdrawn")
    later = now + 8 * DAY
    assert [await _forget(store, "applications", later, 2) for _ in range(3)] == [2, 1, 0]
    assert [row["number"] for row in await ask(rows, application)] == ["4-4"]
    assert await ask(rows, file) == []


async def test_a_consent_is_kept_while_the_chat_is_in_use(store, now, ask):
    used, left = await met(store, "used", "left")
    for chat in (used, left):
        await _agreed(store, chat, now)
    async with store.work() as work:
        await work.keep([used], now + 900 * DAY)
    assert await _forget(store, "consents", now) == 0
    assert await _forget(store, "consents", now + 800 * DAY) == 1
    assert [row["chat_id"] for row in await ask(rows, consent)] == [used.id]
    assert await _forget(store, "consents", now + 901 * DAY) == 1


async def test_a_consent_is_kept_while_an_application_rests_on_it(store, now):
    (chat,) = await met(store, "x")
    await _agreed(store, chat, now)
    await _filed(store, chat, "1-1", now, "withdrawn")
    assert await _forget(store, "consents", now + 900 * DAY) == 0
    assert await _forget(store, "applications", now + 900 * DAY) == 1
    assert await _forget(store, "consents", now + 900 * DAY) == 1
