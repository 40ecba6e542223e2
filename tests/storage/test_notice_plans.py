"""What sending a notice asks of the database is found by an index, and rows stay narrow."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from storage import (
    notice_choices,
    notice_counting,
    notice_forgetting,
    notice_receipts,
    notice_replies,
    notice_sending,
    notice_settling,
    notices,
)
from storage.notice_choices import Choice
from storage.notice_settling import Settled
from storage.receipts import Told
from tests.storage.given import NOON
from tests.storage.telling import content, gathered
from tests.storage.test_plans import _plans, _scans

PEOPLE = 3000
NOBODY = 10**9
FEW = {"notice", "notice_reason", "notice_wording"}
"""Tables of a few dozen rows, which a database may well read as a whole."""


@pytest.fixture
async def grown(store, now, ask):
    """Gather a few thousand people twice, and let the database count."""
    addresses = [("telegram", str(number)) for number in range(PEOPLE)]
    async with store.work() as work:
        await work.chats(addresses, now, {})
    numbers = [await gathered(store, content()), await gathered(store, content())]
    await ask(lambda connection: connection.execute(text("ANALYZE")))
    return numbers


async def test_no_table_is_read_as_a_whole(grown, ask):
    number = grown[0]
    for query in [
        (notice_sending.claim, "telegram", ["", "Asia/Omsk"], NOON, 25),
        (notice_settling.settle, [Settled(number, NOBODY, "accepted")], NOON),
        (notice_settling.settle, [Settled(number, NOBODY, "retry", "x", NOON)], NOON),
        (notice_receipts.heard, "telegram", [Told("n", "read", chat="1", seq=1)], NOON),
        (notice_settling.interrupt, "telegram", NOON),
        (notice_settling.leave_out, number, "expired", NOON, 500),
        (notice_choices.choose, [Choice(1, "service", False, "1")], NOON),
        (notice_choices.of_chats, [1, 2]),
        (notice_counting.recipients, number, ["failed"], None, 50),
        (notice_counting.of_chat, [1, -5], 20),
        (notice_forgetting.recipients, NOON, 50),
        (notice_forgetting.files, NOON, 50),
        (notice_replies.note, [(1, 2)], NOON),
        (notice_replies.buttons, [1, 2]),
        (notice_replies.listed, number, 0, 50),
        (notice_replies.count, number),
        (notices.working, NOON),
        (notices.listed, ["sending"], None, 50),
    ]:
        for statement, plan in await ask(_plans, *query):
            scans = [step for step in _scans(plan) if not FEW & set(step.split())]
            assert not scans, f"{statement}\n" + "\n".join(plan)


async def test_a_batch_is_found_by_its_persons_though_nothing_is_known_of_the_table(
    store, now, ask
):
    """A table that was filled a moment ago has no statistics; its batches go all the same."""
    async with store.work() as work:
        await work.chats([("telegram", str(number)) for number in range(PEOPLE)], now, {})
    number = await gathered(store, content())
    claimed = await ask(_plans, notice_sending.claim, "telegram", [""], NOON, 25)
    settled = await ask(_plans, notice_settling.settle, [Settled(number, 7, "accepted")], NOON)
    updates = [plan for said, plan in claimed + settled if said.startswith("UPDATE notice_rec")]
    assert len(updates) == 2
    for plan in updates:
        assert any("notice_recipient_pk" in one or "PRIMARY KEY (person" in one for one in plan)


async def test_the_first_stage_passes_over_nobody(grown, store, ask):
    async with store.work() as work:
        one = await work.notice_for_change(grown[0])
        await work.keep_notice(replace(one, stage="first"))
    plans = await ask(_plans, notice_sending.claim, "telegram", [""], NOON, 25)
    assert any("notice_recipient_first" in step for _, plan in plans for step in plan), plans


async def test_totals_are_counted_from_an_index_alone(grown, ask):
    for _, plan in await ask(_plans, notice_counting.counts, grown[0]):
        if any("notice_recipient" in step for step in plan):
            assert any("notice_recipient_count" in step for step in plan), plan


async def test_whoever_may_be_sent_to_is_found_by_the_index_of_those(grown, ask):
    plans = await ask(_plans, notice_sending.claim, "telegram", [""], NOON, 25)
    assert any("notice_recipient_open" in step for _, plan in plans for step in plan), plans
