"""Files belong to one chat, stay while something needs them, and go with their term."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, event, text

from storage import retention
from storage.applications import Filing
from storage.files import KeptFile, Placing
from storage.schema import file
from tests.storage.given import met, rows

DAY = timedelta(days=1)


@pytest.fixture
async def chat(store):
    (chat,) = await met(store, "anna", channel="web")
    return chat


async def _keep(store, name, at, address="anna"):
    async with store.work() as work:
        await work.keep_file(KeptFile(name, "image/jpeg", 3, at, b"seal"), "web", address)


async def _place(store, *placings):
    async with store.work() as work:
        await work.place_files(placings)


async def _file(store, chat, number, now):
    async with store.work() as work:
        await work.file([Filing(chat.id, number, "loss", 1, {}, now)])


async def _left(ask):
    return {row["id"]: row for row in await ask(rows, file)}


async def test_a_file_reads_back_as_it_was_kept(store, now):
    await _keep(store, "one", now)
    async with store.look() as look:
        assert await look.file("web", "anna", "one") == KeptFile(
            "one", "image/jpeg", 3, now, b"seal"
        )


@pytest.mark.parametrize(
    ("channel", "address", "name"),
    [("web", "boris", "one"), ("telegram", "anna", "one"), ("web", "anna", "two"), ("", "", "")],
)
async def test_a_file_is_found_in_its_own_chat_only(store, now, channel, address, name):
    await _keep(store, "one", now)
    await met(store, "boris", channel="web")
    await met(store, "anna", channel="telegram")
    async with store.look() as look:
        assert await look.file(channel, address, name) is None


async def test_a_file_may_be_the_first_thing_that_a_chat_sends(store, now):
    await _keep(store, "one", now, address="new")
    async with store.look() as look:
        known = await look.chat("web", "new")
    assert known is not None
    assert (known.language, known.session, known.last_seq) == ("", None, 0)


async def test_a_file_is_loose_until_a_conversation_holds_it(store, now, chat, ask):
    await _keep(store, "one", now)
    assert (await _left(ask))["one"]["loose_since"] == now
    await _place(store, Placing(chat.id, held=frozenset({"one"})))
    assert (await _left(ask))["one"]["loose_since"] is None


async def test_what_the_conversation_drops_is_gone_in_the_same_transaction(store, now, chat, ask):
    for name in ("one", "two"):
        await _keep(store, name, now)
    await _place(store, Placing(chat.id, frozenset({"one"}), dropped=frozenset({"two"})))
    assert set(await _left(ask)) == {"one"}


async def test_what_an_application_has_is_not_dropped_by_a_conversation(store, now, chat, ask):
    await _file(store, chat, "17-2", now)
    await _keep(store, "one", now)
    await _place(store, Placing(chat.id, attached={"one": "17-2"}))
    await _place(store, Placing(chat.id, dropped=frozenset({"one"})))
    kept = (await _left(ask))["one"]
    assert (kept["attached_to"], kept["loose_since"]) == ("17-2", None)


async def test_a_conversation_has_no_say_over_the_files_of_another(store, now, ask):
    """An id typed by a stranger is only text."""
    await _keep(store, "one", now)
    (stranger,) = await met(store, "boris", channel="web")
    await _file(store, stranger, "17-2", now)
    name = frozenset({"one"})
    await _place(
        store,
        Placing(stranger.id, held=name),
        Placing(stranger.id, attached={"one": "17-2"}),
        Placing(stranger.id, dropped=name),
    )
    kept = (await _left(ask))["one"]
    assert (kept["attached_to"], kept["loose_since"]) == (None, now)


async def test_placing_nothing_does_nothing(store, now, chat, ask):
    await _keep(store, "one", now)
    await _place(store)
    await _place(store, Placing(chat.id))
    assert set(await _left(ask)) == {"one"}


async def test_loose_files_go_soon_and_held_ones_stay(store, now, chat, ask):
    for name, at in (("held", now - 9 * DAY), ("loose", now - 9 * DAY), ("young", now)):
        await _keep(store, name, at)
    await _place(store, Placing(chat.id, held=frozenset({"held"})))
    async with store.work() as work:
        assert await work.forget_loose_files(now - DAY, 10) == 1
    assert set(await _left(ask)) == {"held", "young"}


async def test_every_file_goes_at_the_end_of_its_term(store, now, chat, ask):
    await _file(store, chat, "17-2", now)
    for number in range(3):
        await _keep(store, f"old{number}", now - 9 * DAY)
    await _keep(store, "young", now)
    await _place(store, Placing(chat.id, frozenset({"old0"}), {"old1": "17-2"}))
    async with store.work() as work:
        assert [await work.forget_files(now - DAY, 2) for _ in range(3)] == [2, 1, 0]
    assert set(await _left(ask)) == {"young"}


@pytest.mark.parametrize(
    ("forget", "index"),
    [(retention.files, "file_received_at"), (retention.loose_files, "file_loose_since")],
)
async def test_old_files_are_found_by_an_index(store, now, ask, forget, index):
    (chat,) = await met(store, "anna", channel="web")
    kept = [
        {
            "id": f"{number}",
            "chat_id": chat.id,
            "kind": "image/png",
            "size": 1,
            "received_at": now - number * DAY,
            "loose_since": now - number * DAY if number % 50 == 0 else None,
            "sealed": bytes(300),
        }
        for number in range(3000)
    ]
    await ask(lambda connection: connection.execute(file.insert(), kept))
    await ask(lambda connection: connection.execute(text("ANALYZE")))

    def plan(connection):
        made = []

        def note(_connection, _cursor, statement, parameters, *_):
            made.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", note)
        forget(connection, now - 2999 * DAY, 5)
        event.remove(connection, "before_cursor_execute", note)
        ((statement, given),) = made
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        return [row[-1] for row in connection.exec_driver_sql(explain + statement, given)]

    steps = await ask(plan)
    assert any(index in step for step in steps), steps


def test_nothing_of_a_file_but_its_sealed_bytes_is_kept_as_bytes():
    """The names of the columns are all that the database learns."""
    assert [column.name for column in file.columns if isinstance(column.type, LargeBinary)] == [
        "sealed"
    ]
    assert "seal" not in repr(KeptFile("one", "image/png", 1, None, b"seal"))
