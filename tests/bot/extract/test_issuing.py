"""Issuing: who gets an extract, once, and what is kept of it."""

import asyncio
import hashlib

import msgspec
import pytest

from bot.extract import drawing, issuing
from bot.extract.issuing import CannotIssue, Extracts
from bot.extract.numbers import read_number
from bot.metrics import Metrics
from tests.bot.extract.drawn import decoded, opened, organisation
from tests.people import person
from tests.worlds import knowledge

KEY = "a key of thirty-two characters, x"


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def extracts(store, metrics):
    words = knowledge().words["ru"]
    return Extracts(store, organisation(), words, [KEY], metrics, "https://polis.example.org")


def _counted(metrics, outcome):
    return metrics.registry.get_sample_value("polis_extracts_total", {"outcome": outcome}) or 0


async def test_an_extract_is_a_picture_and_a_file_with_the_code_of_the_record(
    extracts, clock, metrics
):
    issued = await extracts.issue(person(), "web", "c1", clock())
    assert decoded(opened(issued.png)) == [("QRCode", person().barcode)]
    assert issued.pdf.startswith(b"%PDF-")
    assert read_number(issued.number) == issued.number
    assert _counted(metrics, "issued") == 1


async def test_within_a_minute_the_same_extract_comes_again(extracts, clock, metrics):
    first = await extracts.issue(person(), "web", "c1", clock())
    clock.wait(seconds=59)
    assert await extracts.issue(person(), "web", "c1", clock()) == first
    clock.wait(seconds=2)
    assert (await extracts.issue(person(), "web", "c1", clock())).number != first.number
    assert _counted(metrics, "repeated") == 1


async def test_asked_twice_at_once_it_is_one_extract(extracts, clock):
    both = await asyncio.gather(*(extracts.issue(person(), "web", "c1", clock()) for _ in range(2)))
    assert both[0] == both[1]


async def test_another_chat_and_another_person_get_their_own(extracts, clock):
    numbers = {
        (await extracts.issue(insured, channel, chat, clock())).number
        for insured, channel, chat in (
            (person(), "web", "c1"),
            (person(), "web", "c2"),
            (person(), "telegram", "c1"),
            (person(id=2), "web", "c1"),
        )
    }
    assert len(numbers) == 4


async def test_only_its_chat_may_fetch_an_extract_and_gets_it_as_it_was(extracts, clock):
    issued = await extracts.issue(person(), "web", "c1", clock())
    clock.wait(days=30)
    assert await extracts.fetch("web", "c1", issued.number) == issued
    assert await extracts.fetch("web", "c2", issued.number) is None
    assert await extracts.fetch("web", "c1", "0000-0000-0000-0000") is None


async def test_what_is_kept_is_sealed_and_has_the_digest_of_the_record(extracts, clock, store):
    issued = await extracts.issue(person(), "web", "c1", clock())
    async with store.look() as look:
        kept = await look.extract("web", "c1", issued.number)
    assert person().surname.encode() not in kept.sealed
    record = extracts._seal.open(kept.sealed, f"extract\n{issued.number}")  # noqa: SLF001 — the law is about it
    assert kept.digest == hashlib.sha256(record).hexdigest()
    assert person().surname in msgspec.json.decode(record)["rows"][0]["value"]


REFUSED = [
    (person(insurer_code="99999"), "elsewhere"),
    (person(barcode=""), "incomplete"),
    (person(barcode="X" * 900), "does_not_fit"),
]


@pytest.mark.parametrize(("insured", "reason"), REFUSED, ids=str)
async def test_what_cannot_be_issued_is_counted_by_reason(
    extracts, clock, metrics, insured, reason
):
    with pytest.raises(CannotIssue) as refused:
        await extracts.issue(insured, "web", "c1", clock())
    assert refused.value.reason == reason
    assert _counted(metrics, reason) == 1


async def test_a_picture_that_reads_otherwise_never_leaves(
    extracts, clock, metrics, store, monkeypatch, caplog
):
    """Nothing is kept of it, it is counted and logged, and the log names nobody."""
    draw = drawing.draw

    def misdrawn(said, at):
        return draw(msgspec.structs.replace(said, payload="7" * 16), at)

    monkeypatch.setattr(drawing, "draw", misdrawn)
    with pytest.raises(CannotIssue, match="mismatch"):
        await extracts.issue(person(), "web", "c1", clock())
    assert _counted(metrics, "mismatch") == 1
    assert person().surname not in caplog.text
    assert "mismatch" in caplog.text
    async with store.look() as look:
        since = clock() - issuing.AGAIN
        assert await look.latest_extract("web", "c1", person().id, since) is None
