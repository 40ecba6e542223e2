"""Questions asked in vain and events that made the core raise, on both databases."""

from dialogs.effects import Wondered
from storage.parked import Parking
from tests.storage.given import met


async def test_questions_come_newest_first_and_stay_sorted(store, now):
    async with store.work() as work:
        for text in ("один", "два", "три"):
            await work.wonder([("ru", Wondered(text, ("loss",), "half_sure"))], now)
    async with store.look() as look:
        newest = await look.unanswered(2)
    assert [(one.text, one.guesses, one.outcome, one.sorted_as) for one in newest] == [
        ("три", ("loss",), "half_sure", "new"),
        ("два", ("loss",), "half_sure", "new"),
    ]
    async with store.work() as work:
        await work.sort_questions([newest[0].id], "noise")
        await work.sort_questions([], "task")
    async with store.look() as look:
        assert [one.sorted_as for one in await look.unanswered(9)] == ["noise", "new", "new"]


async def test_parked_events_are_read_in_pages_with_their_chats_and_forgotten(store, now):
    (chat,) = await met(store, "42")
    event = {"event": "said", "text": "да"}
    async with store.work() as work:
        await work.park(
            [Parking(chat.id, "telegram", f"k{n}", event, "KeyError") for n in (1, 2)], now
        )
        await work.park([Parking(None, "web", "k3", event, "ValueError")], now)
    async with store.look() as look:
        newest = await look.parked_before(None, 2)
        assert [(one.address, one.error) for one in newest] == [
            ("", "ValueError"),
            ("42", "KeyError"),
        ]
        older = await look.parked_before(newest[-1].id, 9)
        assert [(one.address, one.event) for one in older] == [("42", event)]
    async with store.work() as work:
        await work.drop_parked(older[0].id)
    async with store.look() as look:
        assert await look.parked_event(older[0].id) is None
        assert len(await look.parked_before(None, 9)) == 2
