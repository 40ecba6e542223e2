"""What the desk keeps, on both databases: accounts, sign-ins, and a journal that only grows."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.journal import Chain
from storage.staff import Staff
from storage.staff_sessions import StaffSession

CHAIN = Chain(b"k" * 32)
ENTRY = ("maria", "personal_revealed", "insured:17:enp", "dialog")


@pytest.fixture
async def staff_id(store, now):
    made = Staff(0, "maria", "Мария", ("representative",), ("77",), "$argon2id$…", now)
    async with store.work() as work:
        return await work.keep_staff(made)


@pytest.fixture
async def journal(store):
    """Begin the journal."""
    async with store.work() as work:
        assert await work.begin_journal(b"sealed", CHAIN.genesis) == b"sealed"


async def _write(store, now, *entries):
    async with store.work() as work:
        await work.write_journal(CHAIN, entries or [ENTRY], now)


async def _lines(store):
    async with store.look() as look:
        return await look.journal_after(0, 100)


async def test_an_account_comes_back_as_it_was_kept(store, staff_id, now):
    async with store.work() as work:
        known = await work.staff_for_change(staff_id)
        changed = replace(known, regions=(), second_factor=b"\x00\xff", last_step=7, seen_at=now)
        assert await work.keep_staff(changed) == staff_id
    async with store.look() as look:
        assert await look.staff_by_login("maria") == changed
        assert await look.staff(staff_id) == changed
        assert await look.staff_by_login("Maria") is None
        assert [one.id for one in await look.staff_page("", 10)] == [staff_id]
        assert await look.has_staff()


async def test_a_recovery_code_is_spent_once_even_by_two_at_once(store, other, staff_id):
    async with store.work() as work:
        await work.put_recovery(staff_id, ["a", "b"])

    async def spend(through):
        async with through.work() as work:
            return await work.spend_recovery(staff_id, "a")

    assert sorted(await asyncio.gather(spend(store), spend(other))) == [False, True]
    async with store.look() as look:
        assert await look.recovery_left(staff_id) == 1


async def test_sign_ins_end_one_by_one_or_all_but_one(store, staff_id, now):
    async with store.work() as work:
        for name in "abc":
            await work.open_session(StaffSession(0, name, staff_id, "full", now, now, "", "x"))
    async with store.look() as look:
        newest, *_ = await look.sessions_of(staff_id, 9)
        found = await look.session("a")
    assert newest.digest == "c"
    assert (found[0].stage, found[1].login) == ("full", "maria")
    async with store.work() as work:
        assert not await work.end_session(staff_id + 1, newest.id)
        assert await work.end_session(staff_id, newest.id)
        assert await work.end_sessions(staff_id, but="a") == 1
    async with store.look() as look:
        assert [one.digest for one in await look.sessions_of(staff_id, 9)] == ["a"]


async def test_old_sign_ins_are_forgotten(store, staff_id, now):
    async with store.work() as work:
        await work.open_session(StaffSession(0, "a", staff_id, "code", now, now))
        await work.open_session(
            StaffSession(0, "b", staff_id, "code", now, now + timedelta(days=1))
        )
        assert await work.forget_sessions(now + timedelta(hours=1), 10) == 1
    async with store.look() as look:
        assert await look.session("a") is None
        assert await look.session("b") is not None


async def test_lines_are_numbered_without_gaps_and_hang_on_one_another(store, journal, now):
    for _ in range(3):
        await _write(store, now)
    lines = await _lines(store)
    assert [line.number for line in lines] == [1, 2, 3]
    before = CHAIN.genesis
    for line in lines:
        assert line.mac == CHAIN.mac(before, line)
        before = line.mac
    async with store.look() as look:
        assert await look.journal_head() == (3, before)


async def test_a_deed_that_is_given_up_leaves_no_line(store, journal, now):
    async def give_up():
        async with store.work() as work:
            await work.write_journal(CHAIN, [ENTRY], now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await give_up()
    await _write(store, now)
    assert [line.number for line in await _lines(store)] == [1]


async def test_two_processes_write_one_chain(store, other, journal, now):
    await asyncio.gather(*(_write(one, now) for one in (store, other) * 10))
    lines = await _lines(store)
    assert [line.number for line in lines] == list(range(1, 21))
    macs = [CHAIN.genesis, *(line.mac for line in lines)]
    assert all(line.mac == CHAIN.mac(macs[place], line) for place, line in enumerate(lines))


async def test_the_journal_begins_once(store, other, journal):
    async with other.work() as work:
        assert await work.begin_journal(b"another", "x") == b"sealed"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE desk_journal SET purpose = 'x'",
        "DELETE FROM desk_journal",
        "UPDATE desk_journal SET at = at WHERE number = 1",
    ],
)
async def test_the_database_itself_refuses_to_change_the_journal(store, ask, journal, now, change):
    await _write(store, now)
    before = await _lines(store)
    with pytest.raises(DBAPIError, match="only added to"):
        await ask(lambda connection: connection.execute(text(change)))
    assert await _lines(store) == before


async def test_words_no_database_can_hold_do_not_break_the_chain(store, journal, now):
    await _write(store, now, ("maria", "personal_revealed", "a\0b", "\ud800 привет"))
    (line,) = await _lines(store)
    assert line.mac == CHAIN.mac(CHAIN.genesis, line)


async def test_the_journal_is_read_backwards_by_login_and_by_what_it_is_about(store, journal, now):
    for number in range(10):
        who = "maria" if number % 2 else "ivan"
        await _write(store, now, (who, "personal_revealed", f"insured:{number % 3}", ""))
    async with store.look() as look:
        newest = await look.journal_before(None, 3)
        earlier = await look.journal_before(newest[-1].number, 3)
        hers = await look.journal_before(None, 99, "maria")
        about = await look.journal_before(None, 99, "", "insured:1")
        both = await look.journal_before(None, 99, "maria", "insured:1")
    assert [line.number for line in (*newest, *earlier)] == [10, 9, 8, 7, 6, 5]
    assert {line.login for line in hers} == {"maria"}
    assert [line.number for line in about] == [8, 5, 2]
    assert [line.number for line in both] == [8, 2]
