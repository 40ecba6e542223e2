"""Extracts at rest: one a minute for a chat and a person, seen by their chat alone."""

from datetime import timedelta

import pytest

from storage.extracts import KeptExtract
from tests.storage.given import NOON

MINUTE = timedelta(minutes=1)


def _kept(number, at=NOON, insured_id=1):
    return KeptExtract(number, insured_id, at, "digest", b"sealed")


async def _keep(store, kept, channel="web", address="c1"):
    async with store.work() as work:
        return (await work.keep_extract(kept, channel, address, MINUTE)).number


async def test_within_a_minute_the_first_one_stands(store):
    assert await _keep(store, _kept("A")) == "A"
    assert await _keep(store, _kept("B", NOON + MINUTE / 2)) == "A"
    assert await _keep(store, _kept("C", NOON + MINUTE)) == "C"


async def test_another_person_or_chat_has_its_own(store):
    assert await _keep(store, _kept("A")) == "A"
    assert await _keep(store, _kept("B", insured_id=2)) == "B"
    assert await _keep(store, _kept("C"), address="c2") == "C"


async def test_two_processes_at_once_keep_one(store, other):
    first = await _keep(store, _kept("A"))
    assert await _keep(other, _kept("B")) == first


async def test_a_withdrawn_one_is_not_given_again(store):
    await _keep(store, _kept("A"))
    async with store.work() as work:
        await work.withdraw_extracts(["A", "none"], NOON)
    async with store.look() as look:
        assert await look.extract_holder("A") is None
    assert await _keep(store, _kept("B", NOON + MINUTE / 2)) == "B"


@pytest.mark.parametrize(("number", "standing"), [("A", "withdrawn"), ("B", "valid"), ("C", None)])
async def test_a_number_tells_whether_it_holds(store, number, standing):
    await _keep(store, _kept("A", insured_id=1))
    await _keep(store, _kept("B", insured_id=2))
    async with store.work() as work:
        await work.withdraw_extracts(["A"], NOON)
    async with store.look() as look:
        assert await look.extract_standing(number) == standing


async def test_only_its_chat_sees_an_extract(store):
    await _keep(store, _kept("A"))
    async with store.look() as look:
        assert await look.extract("web", "c1", "A") == _kept("A")
        assert await look.extract("web", "c2", "A") is None
        assert await look.extract("telegram", "c1", "A") is None
