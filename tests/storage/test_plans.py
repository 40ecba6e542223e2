"""What runs on a timer or for every message is found by an index."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from dialogs.effects import Wondered
from dialogs.message import Message
from storage import (
    application_lists,
    arrivals,
    carrying,
    chats,
    claiming,
    counting,
    dossier,
    errands,
    facts,
    files,
    forums,
    identity,
    inbox,
    insured,
    journal,
    lines,
    message_search,
    messages,
    moves,
    outbox,
    parked,
    receipts,
    records,
    retention,
    staff,
    staff_sessions,
    sums,
    watching,
    windows,
    wondered,
)
from storage.applications import Filing
from storage.dossier import Naming
from storage.facts import Filling
from storage.outbox import Posting
from storage.parked import Parking
from storage.receipts import Told
from storage.talks import Talk, TalkChange
from tests.storage import given

OLD = timedelta(days=400)
MINUTE = timedelta(minutes=1)
NOW = given.NOON
LONG_AGO = NOW - OLD
SEARCHED = message_search.Place(NOW, 500, 2)

QUERIES = [
    (application_lists.listed, "submitted", ["", "77"], None, 50),
    (application_lists.listed, "approved", None, None, 50),
    (application_lists.listed, "submitted", ["77"], None, 50, "olga"),
    (application_lists.listed, "approved", None, None, 50, ""),
    (application_lists.counts, None),
    (application_lists.counts, ["77"], "olga"),
    (application_lists.one, "1"),
    (application_lists.life, "1"),
    (forums.lagging, -1001234567890, 20),
    (forums.by_thread, -1001234567890, 7),
    (staff.by_telegram, 123456789),
    (carrying.carry, 1, 2, NOW),
    (files.one, "telegram", "1", "one"),
    (insured.by_phone, "+79000000001"),
    (insured.by_document, "4510 123456"),
    (dossier.by_name, [Naming(("Соколов",), ("Пётр",)), Naming(("Пётр",))], None, 0, 50),
    (dossier.chats_of, 1),
    (dossier.extracts_of, 1),
    (dossier.happened_to, 1),
    (dossier.about_whom, "A"),
    (parked.before, None, 50),
    (parked.before, 500, 50),
    (parked.one, 1),
    (parked.drop, 1),
    (wondered.sort, [1, 2], "noise"),
    (insured.by_enps, ["9956410892000015"]),
    (identity.people, [1, 2]),
    (identity.people_at, "telegram", "1"),
    (identity.proofs, [1, 2]),
    (identity.attempts, ["chat:1"], NOW),
    (errands.claim, NOW, MINUTE, 8, ["code", "scan"]),
    (errands.settle, ["1"]),
    (retention.proofs, LONG_AGO, 500),
    (retention.attempts, LONG_AGO, 500),
    (claiming.claim, "telegram", NOW, MINUTE, 50),
    (arrivals.claim, ["telegram", "max"], NOW, MINUTE, 4),
    (arrivals.waiting, [("telegram", "1"), ("max", "2")]),
    (arrivals.album, "telegram", "1", "album", 10),
    (lines.take, "telegram", "me", NOW, MINUTE),
    (lines.hold, "telegram", NOW, "flood"),
    (receipts.confirm, "telegram", [Told("1", "failed", chat="1", seq=1)], NOW),
    (receipts.failed_before, "telegram", ["1"], NOW),
    (retention.receipts, LONG_AGO, 500),
    (outbox.sent, [(1, "")], NOW),
    (outbox.later, [(1, NOW)]),
    (outbox.gone, [1, 2], NOW),
    (inbox.admit, [("web", "1")], NOW),
    (chats.chats, [("telegram", "1"), ("telegram", "2")], NOW, {}),
    (messages.after, "telegram", "1", 3, 50),
    (messages.before, "telegram", "1", 3, 50),
    (messages.before, "telegram", "1", None, 50),
    (retention.messages, LONG_AGO, 500),
    (retention.received, LONG_AGO, 500),
    (retention.parked_events, LONG_AGO, 500),
    (retention.questions, LONG_AGO, 500),
    (retention.facts, LONG_AGO, 500),
    (retention.fillings, LONG_AGO, 500),
    (facts.follow, [Filling(1, 1, "loss", "who", "moved", NOW)]),
    (counting.count, NOW - OLD, NOW, ZoneInfo("Europe/Moscow")),
    (watching.present, NOW, None),
    (watching.present, NOW, ["77"]),
    (watching.lapsing, NOW, None),
    (watching.failures, NOW, None, 50),
    (watching.failures, NOW, ["77"], 50),
    (watching.region_of, 1),
    (watching.send_again, 1, NOW),
    (watching.backlogs, NOW),
    (watching.facts, ["missed"], NOW),
    (watching.parked_since, NOW),
    (sums.last,),
    (sums.earliest,),
    (sums.read, NOW.date(), NOW.date()),
    (sums.read, LONG_AGO.date(), NOW.date()),
    (sums.keep, NOW.date().replace(day=30), {}),
    (sums.by_day, ["heard"], NOW.date(), NOW.date()),
    (records.journal, LONG_AGO, 500),
    (records.extracts, LONG_AGO, 500),
    (records.applications, LONG_AGO, 500),
    (records.consents, LONG_AGO, 500),
    (staff.by_login, "maria"),
    (staff.page, "maria", 50),
    (staff.spend_recovery, 1, "x"),
    (staff_sessions.find, "x"),
    (staff_sessions.of_staff, 1, 50),
    (staff_sessions.end_all, 1, "x"),
    (staff_sessions.forget, LONG_AGO, 500),
    (message_search.find, [["жалоб", "Жалоб"]], ["77"], NOW, LONG_AGO, 40),
    (message_search.find, [["жалоб"], ["врач"]], None, SEARCHED, LONG_AGO, 40),
    (windows.stands, 1, NOW),
    (moves.offer, [moves.Offered(1, "x", 1, NOW)]),
    (moves.find, "x", 2, NOW),
    (moves.spend, "x"),
    (retention.move_codes, LONG_AGO, 500),
    (windows.open_window, "x", "y", NOW, NOW),
    (windows.place, "y", NOW),
    (retention.window_links, LONG_AGO, 500),
    (retention.windows, LONG_AGO, 500),
    (journal.after, 5, 50),
    (journal.before, 5, 50, "maria", ""),
    (journal.before, 5, 50, "", "insured:1"),
    (journal.before, None, 50, "maria", "insured:1"),
]
TIMED = [
    ((claiming.claim, "telegram", NOW, MINUTE, 50), "outbox_due"),
    ((retention.messages, LONG_AGO, 500), "message_at"),
    ((retention.received, LONG_AGO, 500), "inbox_received_at"),
    ((retention.parked_events, LONG_AGO, 500), "parked_at"),
    ((retention.questions, LONG_AGO, 500), "wondered_at"),
    ((retention.facts, LONG_AGO, 500), "fact_at"),
    ((retention.fillings, LONG_AGO, 500), "filling_moved_at"),
    ((counting.count, NOW, NOW + MINUTE, ZoneInfo("Europe/Moscow")), "message_at"),
    ((counting.count, NOW, NOW + MINUTE, ZoneInfo("Europe/Moscow")), "fact_at"),
    ((message_search.find, [["жалоб"]], None, NOW, NOW - MINUTE, 40), "message_at"),
    ((message_search.find, [["жалоб"]], ["77"], SEARCHED, NOW - MINUTE, 40), "message_at"),
    ((records.journal, LONG_AGO, 500), "identity_journal_at"),
    ((records.extracts, LONG_AGO, 500), "extract_issued_at"),
    ((records.applications, LONG_AGO, 500), "application_filed_at"),
    ((records.consents, LONG_AGO, 500), "consent_at"),
    ((staff_sessions.forget, LONG_AGO, 500), "staff_session_seen_at"),
]


@pytest.fixture
async def grown(store, now, ask):
    """Fill the tables until an index is worth its while, and let the database count."""
    addresses = [("telegram", str(number)) for number in range(1000)]
    async with store.work() as work:
        found = (await work.chats(addresses, now, {})).values()
        said = [(one.id, Message(seq, "citizen", now, "да")) for one in found for seq in (1, 2, 3)]
        await work.record(said)
        await work.file(Filing(one.id, f"{one.id}", "loss", 1, {}, now) for one in found)
        await work.admit([("web", f"{number}") for number in range(3000)], now)
        await work.park([Parking(None, "web", "1", "Said", "KeyError")] * 2000, now)
        await work.wonder([("ru", Wondered("?"))] * 2000, now)
        await work.note_facts([("web", "answered", "loss")] * 2000, now)
        await work.note_fillings(Filling(one.id, 1, "loss", "who", "begun", now) for one in found)
        await work.change_talks(
            TalkChange(Talk(0, one.id, "queued", "live", now, now, 1, 1, now), 0) for one in found
        )
        await work.post([Posting(one.id, 1, "telegram", now, 0) for one in found])
        due = await work.claim("telegram", now, MINUTE, 5000)
        await work.sent([(one.id, "") for one in due], now)
        await work.post([Posting(one.id, 2, "telegram", now + OLD, 0) for one in found])
    await ask(lambda connection: connection.execute(text("ANALYZE")))


def _plans(connection, act, *args):
    """Run it, and explain every statement that it makes."""
    made = []

    def note(_connection, _cursor, statement, parameters, _context, many):
        made.append((statement, parameters[0] if many else parameters))

    event.listen(connection, "before_cursor_execute", note)
    act(connection, *args)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN "
    if connection.dialect.name == "postgresql":
        explain = "EXPLAIN "
        # Small tables are read as a whole for good reasons; it matters that none must be.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    return [
        (statement, [row[-1] for row in connection.exec_driver_sql(explain + statement, given)])
        for statement, given in made
        if "pg_advisory" not in statement
    ]


def _scans(plan):
    """Pick the steps that read a whole table; a list of constants is none."""
    return [
        step
        for step in plan
        if ("Seq Scan on" in step or step.startswith("SCAN ")) and "CONSTANT" not in step
    ]


async def test_no_table_is_read_as_a_whole(grown, ask):
    for query in QUERIES:
        for statement, plan in await ask(_plans, *query):
            assert not _scans(plan), f"{statement}\n" + "\n".join(plan)


async def test_what_is_due_is_found_by_its_own_index(grown, ask):
    for query, index in TIMED:
        plans = await ask(_plans, *query)
        assert any(index in step for _, plan in plans for step in plan), (index, plans)
