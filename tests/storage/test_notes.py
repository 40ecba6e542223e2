"""What is kept beside the conversations."""

import pytest

from dialogs.effects import Wondered
from storage.applications import Filing
from storage.parked import Parking
from storage.schema import application, parked, wondered
from tests.storage.given import met, rows


async def test_an_event_that_the_core_could_not_take_is_parked(store, now, ask):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.park(
            [
                Parking(chat.id, "telegram", "17", {"kind": "Pressed"}, "KeyError"),
                Parking(None, "telegram", "18", "Said", "ValueError"),
            ],
            now,
        )
    assert [
        (row["chat_id"], row["key"], row["event"], row["error"], row["at"])
        for row in await ask(rows, parked)
    ] == [
        (chat.id, "17", {"kind": "Pressed"}, "KeyError", now),
        (None, "18", "Said", "ValueError", now),
    ]


async def test_questions_asked_in_vain_are_kept_for_the_editors(store, now, ask):
    async with store.work() as work:
        await work.wonder([("ru", Wondered("где?", ("loss", "erz"), "half_sure"))], now)
    (row,) = await ask(rows, wondered)
    assert {key: row[key] for key in row if key != "id"} == {
        "at": now,
        "language": "ru",
        "text": "где?",
        "guesses": ["loss", "erz"],
        "outcome": "half_sure",
        "sorted_as": "new",
    }


async def test_an_application_is_written_down_with_its_number(store, now, ask):
    (chat,) = await met(store, "x")
    filing = Filing(chat.id, "17-2", "loss", 1, {"who": "me"}, now)
    async with store.work() as work:
        await work.file([filing])
    (row,) = await ask(rows, application)
    assert (row["number"], row["answers"], row["filed_at"]) == ("17-2", {"who": "me"}, now)


async def test_no_number_is_given_twice(store, now):
    (chat,) = await met(store, "x")
    filing = Filing(chat.id, "17-2", "loss", 1, {}, now)
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with store.work() as work:
            await work.file([filing, filing])


async def test_a_setting_is_what_it_was_last_set_to(store, now):
    async with store.work() as work:
        await work.put("hours", {"mon": "09:00-18:00"}, now)
        await work.put("phone", "8 800 000-00-00", now)
        await work.put("hours", None, now)
    async with store.look() as look:
        assert await look.settings() == {"hours": None, "phone": "8 800 000-00-00"}
