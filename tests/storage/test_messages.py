"""The history is read as it was said."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dialogs.effects import Button, Template
from dialogs.message import Message
from tests.storage.given import met

AT = datetime(2026, 11, 22, 12, 30, 15, 123457, tzinfo=UTC)
MESSAGES = [
    Message(1, "citizen", AT, "потеряла полис"),
    Message(1, "citizen", AT, "", files=("image/jpeg", "application/pdf"), key="web:7f"),
    Message(1, "assistant", AT, "Что делать?\n\n• раз\n• два", (Button("f:loss", "Да 🙂"),)),
    Message(1, "assistant", AT, "Ваш номер", note="на 22.11.2026", data="personal"),
    Message(1, "representative", AT, "Здравствуйте", data="document"),
    Message(
        1, "assistant", AT, "Ваш телефон?", asks_phone=True, template=Template("week", ("1 мая",))
    ),
    Message(1, "event", datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "joined"),
]


@pytest.mark.parametrize("said", MESSAGES, ids=lambda said: said.voice)
async def test_a_message_comes_back_as_it_was(store, said):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.record([(chat.id, said)])
    async with store.look() as look:
        assert await look.messages_after("telegram", "x", 0, 10) == [said]


async def test_times_are_utc_whatever_zone_they_came_in(store):
    (chat,) = await met(store, "x")
    local = AT.astimezone(timezone(timedelta(hours=10)))
    async with store.work() as work:
        await work.record([(chat.id, Message(1, "citizen", local, "да"))])
    async with store.look() as look:
        (said,) = await look.messages_after("telegram", "x", 0, 10)
    assert said.at == AT
    assert said.at.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_refused(store):
    (chat,) = await met(store, "x")
    with pytest.raises(Exception, match="naive"):
        async with store.work() as work:
            await work.record([(chat.id, Message(1, "citizen", AT.replace(tzinfo=None), "да"))])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "a�b"),
        ("обрыв \ud83d!", "обрыв �!"),
        ("целый 🙂", "целый 🙂"),
    ],
)
async def test_what_no_text_column_holds_is_replaced_not_refused(store, text, kept):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.record([(chat.id, Message(1, "citizen", AT, text))])
    async with store.look() as look:
        assert [said.text for said in await look.messages_after("telegram", "x", 0, 9)] == [kept]


async def _seqs(store, way, *where):
    async with store.look() as look:
        page = getattr(look, f"messages_{way}")
        return [said.seq for said in await page("telegram", *where)]


async def test_history_is_read_in_pages_both_ways(store):
    chat, neighbour = await met(store, "x", "y")
    async with store.work() as work:
        await work.record(
            [
                (one.id, Message(seq, "citizen", AT, ""))
                for seq in (3, 1, 2, 5, 4)
                for one in (chat,)
            ]
        )
        await work.record([(neighbour.id, Message(1, "citizen", AT, ""))])
    assert await _seqs(store, "after", "x", 0, 3) == [1, 2, 3]
    assert await _seqs(store, "after", "x", 3, 3) == [4, 5]
    assert await _seqs(store, "after", "x", 5, 3) == []
    assert await _seqs(store, "before", "x", None, 2) == [4, 5]
    assert await _seqs(store, "before", "x", 4, 2) == [2, 3]
    assert await _seqs(store, "before", "x", 1, 2) == []
    assert await _seqs(store, "after", "nobody", 0, 3) == []
    assert await _seqs(store, "before", "nobody", None, 3) == []
