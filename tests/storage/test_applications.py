"""Applications keep their whole life, and consents their versions."""

import asyncio
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, insert, text

from dialogs.lifecycle import Application, Move
from storage import applications, reminders
from storage.applications import Amendment, Filing, Moving, Paper
from storage.schema import application_move, consent, reminder
from tests.storage.given import NOON, met, rows

MINUTE = timedelta(minutes=1)
DUE = date(2026, 11, 25)


async def filed(store, chat, *numbers, at, **more):
    """File an application of each number, one minute after another."""
    filings = [
        Filing(chat.id, number, "loss", 1, {"who": "me"}, at + MINUTE * place, **more)
        for place, number in enumerate(numbers)
    ]
    async with store.work() as work:
        await work.file(filings)
    return filings


async def known(store, *chats):
    """Read the applications of chats as a turn does."""
    async with store.work() as work:
        return await work.applications([chat.id for chat in chats])


async def test_an_application_comes_back_as_it_was_filed(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now, about="Ёлкина Мария", due_on=DUE)
    begun = (Move("submitted", now, "citizen"),)
    application = Application("1-1", "loss", "submitted", begun, "Ёлкина Мария", DUE)
    assert await known(store, chat) == {chat.id: (application,)}
    async with store.look() as look:
        assert await look.application("1-1") == Paper(
            "telegram", "x", application, 1, {"who": "me"}
        )


async def test_where_answers_come_from_is_kept_and_replaced_with_them(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now, sources={"name": "photo", "enp": "photo"})
    async with store.look() as look:
        assert (await look.application("1-1")).sources == {"name": "photo", "enp": "photo"}
    async with store.work() as work:
        await work.amend([Amendment("1-1", 1, {"who": "me"}, sources={"enp": "photo"})])
    async with store.look() as look:
        assert (await look.application("1-1")).sources == {"enp": "photo"}


async def test_each_chat_has_its_own_the_newest_first(store, now):
    one, other, none = await met(store, "x", "y", "z")
    await filed(store, one, "1-1", "1-2", "1-3", at=now)
    await filed(store, other, "2-1", at=now)
    found = await known(store, one, other, none)
    assert {chat: [each.number for each in mine] for chat, mine in found.items()} == {
        one.id: ["1-3", "1-2", "1-1"],
        other.id: ["2-1"],
    }


async def test_a_chat_with_very_many_is_read_in_part(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, *(f"{number:03}" for number in range(70)), at=now)
    found = (await known(store, chat))[chat.id]
    assert [one.number for one in found] == [f"{number:03}" for number in range(69, 19, -1)]


async def test_a_chat_counts_its_applications_whatever_else_is_kept_of_it(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", "1-2", at=now)
    async with store.work() as work:
        await work.keep([chat], now)
    async with store.look() as look:
        assert (await look.chat("telegram", "x")).applications == 2


async def test_a_life_is_read_in_the_order_of_its_moves(store, now, ask):
    """Even when the moves fall on one moment."""
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now)
    later = [
        Moving("1-1", 1, Move("in_review", now, "representative"), "Ольга"),
        Moving(
            "1-1",
            2,
            Move("needs_clarification", now, "representative", "Нечёткое фото"),
            "Ольга",
            DUE,
            ("photo",),
        ),
    ]
    async with store.work() as work:
        await work.move(later)
    ((application,),) = (await known(store, chat)).values()
    assert application.moves == (
        Move("submitted", now, "citizen"),
        *(one.move for one in later),
    )
    assert (application.state, application.due_on) == ("needs_clarification", DUE)
    history = [
        (row["place"], row["state"], row["actor_name"], row["reason"], row["steps"])
        for row in await ask(rows, application_move)
    ]
    assert history == [
        (0, "submitted", "", "", None),
        (1, "in_review", "Ольга", "", None),
        (2, "needs_clarification", "Ольга", "Нечёткое фото", ["photo"]),
    ]


async def test_new_answers_take_the_place_of_those_filed(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now)
    async with store.work() as work:
        await work.amend([Amendment("1-1", 2, {"who": "child"}, "Мария")])
    async with store.look() as look:
        paper = await look.application("1-1")
    assert (paper.version, paper.answers) == (2, {"who": "child"})
    assert paper.application.about == "Мария"


async def test_no_place_in_a_life_is_taken_twice(store, now):
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now)
    taken = Moving("1-1", 1, Move("in_review", now, "representative"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with store.work() as work:
            await work.move([taken, taken])
    assert [len(one.moves) for one in (await known(store, chat))[chat.id]] == [1]


async def test_no_number_is_found_that_was_not_given(store):
    async with store.look() as look:
        assert await look.application("0000-0000-0") is None


async def test_answers_are_in_no_text_made_of_an_application(store, now):
    (chat,) = await met(store, "x")
    secret = "Ёлкина"
    filing = Filing(chat.id, "1-1", "loss", 1, {"name": secret}, now, secret)
    amendment = Amendment("1-1", 1, {"name": secret}, secret)
    async with store.work() as work:
        await work.file([filing])
    async with store.look() as look:
        paper = await look.application("1-1")
    assert not any(secret in repr(one) for one in (filing, amendment, paper))


async def test_consents_are_kept_with_their_version_and_moment(store, now, ask):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.consent([(chat.id, "1"), (chat.id, "1")], now)
    async with store.work() as work:
        await work.consent([(chat.id, "2")], now + MINUTE)
    assert [(row["version"], row["at"]) for row in await ask(rows, consent)] == [
        ("1", now),
        ("2", now + MINUTE),
    ]


async def test_two_writers_of_one_life_never_take_the_same_place(store, other, now):
    """Each adds a move to what it read under the lock of the chat."""
    (chat,) = await met(store, "x")
    await filed(store, chat, "1-1", at=now)
    states = {"submitted": "in_review", "in_review": "submitted"}

    async def move(by):
        for _ in range(5):
            async with by.work() as work:
                await work.chats([("telegram", "x")], now, {})
                (mine,) = (await work.applications([chat.id]))[chat.id]
                onward = Move(states[mine.state], now, "representative")
                await work.move([Moving("1-1", len(mine.moves), onward)])

    await asyncio.gather(*(move(by) for by in (store, other, store, other)))
    ((application,),) = (await known(store, chat)).values()
    assert [one.state for one in application.moves] == ["submitted", "in_review"] * 10 + [
        "submitted"
    ]


@pytest.fixture
async def grown(store, now, ask):
    """Fill the tables until an index is worth its while, most of it due some other day."""
    chats = await met(store, *(f"{number:04}" for number in range(2000)))
    for chat in chats[::2]:
        await filed(store, chat, f"{chat.id}-1", at=now)
    far = [
        {"chat_id": chat.id, "name": f"n{number}", "due_at": now, "look_at": now + MINUTE * number}
        for chat in chats
        for number in range(10)
    ]
    await ask(lambda connection: connection.execute(insert(reminder), far))
    await ask(lambda connection: connection.execute(text("ANALYZE")))
    return chats


WHOLE_TABLE = re.compile(
    r"Seq Scan on|^SCAN (application|application_move|reminder|chat)\b", re.MULTILINE
)
QUERIES = {
    "look": lambda connection: reminders.wait(connection, NOON),
    "claim": lambda connection: reminders.claim(connection, NOON, MINUTE, 64),
    "wake": lambda connection: reminders.wake(connection, [(3, "n0", NOON)]),
    "forget": lambda connection: reminders.forget(connection, [(3, "n0")]),
    "remind": lambda connection: reminders.remind(connection, [(3, "n0", NOON)]),
    "of chats": lambda connection: applications.of_chats(connection, [1, 2, 3]),
    "papers": lambda connection: applications.papers(connection, ["1-1"]),
}


def plans(connection, act):
    """Run it, and explain every statement that it makes."""
    made = []

    def note(_connection, _cursor, statement, parameters, _context, many):
        made.append((statement, parameters[0] if many else parameters))

    connection.execute(text("SELECT 1"))
    event.listen(connection, "before_cursor_execute", note)
    act(connection)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    return [
        "\n".join(row[-1] for row in connection.exec_driver_sql(explain + statement, given))
        for statement, given in made
    ]


async def test_what_every_tick_and_turn_reads_is_found_by_an_index(grown, ask):
    """A million reminders of other days cost the tick nothing."""
    for name, query in QUERIES.items():
        found = await ask(plans, query)
        for plan in found:
            assert not WHOLE_TABLE.search(plan), (name, plan)
        if name in {"look", "claim"}:
            assert "reminder_look" in found[0], name
