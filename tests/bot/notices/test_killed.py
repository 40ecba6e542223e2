"""Killed again and again while it sends, the program writes to everybody once.

Of whom it does not know whether they got it, it says so.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from bot.assistant import assemble
from bot.texts import LOCALES
from storage import Store
from tests.bot.notices.house import IGOR, OLGA, TEXT, written
from tests.kit.telegram import TOKEN, TelegramServer
from tests.servers import Server
from tests.worlds import knowledge

PATIENCE = 240.0


def daylight(folder):
    """Write the demonstration's insurer down in a zone where it is about noon now."""
    hours = 12 - datetime.now(UTC).hour  # the sign of these names is the other way round
    zone = f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
    told = (LOCALES / "demonstration" / "organisation.toml").read_text("utf-8")
    (folder / "organisation.toml").write_text(
        told.replace('time_zone = "Europe/Moscow"', f'time_zone = "{zone}"'), "utf-8"
    )
    return str(folder / "organisation.toml")


async def killed(tmp_path, people, kills, seed):
    """Send a notice through a server that is killed; return what became of it."""
    url = f"sqlite:///{tmp_path / 'polis.db'}"
    server = Server(tmp_path)
    async with TelegramServer(faster=100) as telegram:
        server.settings = {
            "POLIS_CHANNELS": "telegram",
            "POLIS_TELEGRAM_TOKEN": TOKEN,
            "POLIS_TELEGRAM_API_URL": telegram.url,
            "POLIS_ORGANISATION": daylight(tmp_path),
        }
        names = [f"person{number}" for number in range(people)]
        for name in names:
            telegram.start(name)
        ids = {str(telegram.person(name).id): name for name in names}
        number = await _prepared(url, ids, people)
        chance = Random(seed)
        for _ in range(kills):
            before = _delivered(telegram, names)
            await asyncio.to_thread(server.start)
            await _more(telegram, names, before + chance.randrange(3, people // (kills + 1)))
            server.kill()
        await asyncio.to_thread(server.start)
        counts, moves = await _finished(url, number)
        server.kill()
        got = {name: sum(TEXT in one.text for one in telegram.screen(name).said) for name in names}
        return counts, moves, got, telegram.violations


async def _prepared(url, ids, people):
    store = await Store.open(url)
    now = datetime.now(UTC)
    async with store.work() as work:
        await work.chats([("telegram", one) for one in ids], now, {})
    notices = assemble(knowledge(), store, pushed=("telegram",)).notices
    number = await notices.create(written(), OLGA)
    await notices.check(number, OLGA)
    await notices.submit(number, OLGA)
    await notices.approve(number, IGOR)
    await notices.send(number, people, OLGA)
    await store.close()
    return number


def _delivered(telegram, names):
    return sum(any(TEXT in one.text for one in telegram.screen(name).said) for name in names)


async def _more(telegram, names, wanted):
    async with asyncio.timeout(PATIENCE):
        while _delivered(telegram, names) < wanted:  # noqa: ASYNC110 — the server tells nobody
            await asyncio.sleep(0.05)


async def _finished(url, number):
    store = await Store.open(url)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with store.look() as look:
                    one = await look.notice(number)
                    if one.state == "finished":
                        counts = Counter()
                        for each in await look.notice_counts(number):
                            counts[each.state] += each.people
                        return counts, [move.deed for move in await look.notice_moves(number)]
                await asyncio.sleep(0.5)
    finally:
        await store.close()


def judge(counts, moves, got, violations, people):
    """Nobody got it twice; who did not get it is told to be unknown; all are accounted for."""
    assert violations == []
    assert max(got.values()) == 1
    assert counts.total() == people
    assert set(counts) <= {"accepted", "unknown"}
    assert counts["accepted"] <= sum(got.values()) <= counts["accepted"] + counts["unknown"]
    assert moves.count("interrupt") == moves.count("go_on") >= (1 if counts["unknown"] else 0)


async def test_nobody_gets_a_notice_twice_and_nobody_is_forgotten(tmp_path):
    result = await killed(tmp_path, 150, kills=3, seed=8)
    judge(*result, people=150)


@pytest.mark.soak
async def test_a_hundred_thousand_and_thirty_kills(tmp_path):
    result = await killed(tmp_path, 100_000, kills=30, seed=30)
    judge(*result, people=100_000)
