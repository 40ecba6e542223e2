"""Counting everybody: one scan at a time, shared, bounded, and nobody waits for ever."""

import asyncio
from datetime import timedelta

import pytest

from bot.notices.refusals import NotCounted
from bot.notices.turnstile import FRESH_FOR, MOST_WAITING, Turnstile


class Scans:
    """Scans that end when they are let, and how many went on at once."""

    def __init__(self):
        self.begun = self.under_way = self.most = 0
        self.gate = asyncio.Event()
        self.has_begun = asyncio.Event()

    async def __call__(self):
        """Scan until it is let end."""
        self.begun += 1
        self.has_begun.set()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.gate.wait()
        self.under_way -= 1
        return []


async def test_whoever_asks_the_same_shares_one_scan_and_others_come_one_by_one(clock):
    scans, turnstile = Scans(), Turnstile(clock)
    async with asyncio.TaskGroup() as group:
        for asked in ("a", "a", "b", "a", "b"):
            group.create_task(turnstile.through(asked, scans))
        scans.gate.set()
    assert (scans.begun, scans.most) == (2, 1)


async def test_a_count_serves_for_a_moment_and_may_be_made_anew(clock):
    scans, turnstile = Scans(), Turnstile(clock)
    scans.gate.set()
    first = await turnstile.through("a", scans)
    assert await turnstile.through("a", scans) is first
    anew = await turnstile.through("a", scans, anew=True)
    assert await turnstile.through("a", scans) is anew
    clock.now += FRESH_FOR + timedelta(seconds=1)
    assert (await turnstile.through("a", scans)).at == clock()
    assert scans.begun == 3


async def test_who_would_wait_in_too_long_a_line_is_told_at_once(clock):
    scans, turnstile = Scans(), Turnstile(clock)
    async with asyncio.TaskGroup() as group:
        line = [group.create_task(turnstile.through(asked, scans)) for asked in range(MOST_WAITING)]
        await scans.has_begun.wait()
        with pytest.raises(NotCounted):
            await turnstile.through("one more", scans)
        scans.gate.set()
    assert all(task.done() for task in line)
    assert await turnstile.through("one more", scans)


async def test_a_scan_that_nobody_waits_for_holds_the_gate_until_it_is_through(clock):
    """The database still works on it: a second one beside it is what must not be."""
    scans, turnstile = Scans(), Turnstile(clock)
    for asked in ("a", "b"):
        with pytest.raises(NotCounted):
            await turnstile.through(asked, scans, patience=0.01)
    assert scans.begun == 1
    scans.gate.set()
    assert await turnstile.through("a", scans)
    assert scans.begun == 1


async def test_a_scan_that_fails_lets_the_next_one_through(clock):
    scans, turnstile = Scans(), Turnstile(clock)
    scans.gate.set()

    async def failing():
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await turnstile.through("a", failing)
    assert await turnstile.through("a", scans)


async def test_a_slow_scan_serves_those_after_it_and_still_names_when_it_began(clock):
    turnstile, began = Turnstile(clock), clock()

    async def slow():
        clock.now += 2 * FRESH_FOR
        return []

    made = await turnstile.through("a", slow)
    assert made.at == began
    assert await turnstile.through("a", slow) is made
