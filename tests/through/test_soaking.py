"""Whatever goes wrong on the way, every question is answered and every application filed once."""

import asyncio
import logging

import pytest

from tests.through.kinds import KINDS
from tests.through.order import compare
from tests.through.soaking import Soak

_log = logging.getLogger("soak")


async def soak(kind, folder, conversations, kills, seed):
    figures = await Soak(KINDS[kind], folder, conversations, kills, seed).run()
    _log.info("%s: %s", kind, figures)
    assert figures.wrong == []
    assert figures.filed == conversations
    assert figures.unanswered <= kills


async def test_nothing_is_lost_where_a_tenth_of_all_calls_fails(tmp_path):
    """On three messengers at once, since most of it is waiting."""
    async with asyncio.TaskGroup() as tasks:
        for kind in ("telegram-webhook", "whatsapp", "max-polling"):
            (tmp_path / kind).mkdir()
            tasks.create_task(soak(kind, tmp_path / kind, conversations=6, kills=1, seed=3))


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_lost_of_300_conversations_by_20_kills(kind, tmp_path):
    await soak(kind, tmp_path, conversations=300, kills=20, seed=20)


def test_an_answer_may_come_twice():
    told = ["a b", "c", "d"]
    assert compare(["a b", "a b", "c", "a b", "c", "d"], told) == ("", 3)
    assert compare(["a", "b", "c", "d"], told) == ("", 0)


def test_an_answer_that_is_lost_is_found_out():
    assert compare(["a", "c"], ["a", "b", "c"])[0] == "out of order: 'c' where 'b' was due"
    assert compare(["a"], ["a", "b"])[0] == "lost: 'b'"


def test_answers_in_another_order_are_found_out():
    assert compare(["b", "a"], ["a", "b"])[0]
