"""Who proves what they know and have is linked; whoever guesses learns nothing."""

from datetime import date, timedelta
from statistics import median

import pytest
from sqlalchemy import text

from bot.register.port import RegisterBusy
from dialogs.insured import Linked
from tests.bot.proving import ANNA, CHILD, FATHER, PEOPLE, Visitor, assistant_on, filled
from tests.bot.turning import running
from tests.databases import (  # noqa: F401 — fixtures
    migrated_postgresql_url,
    migrated_sqlite_url,
    migrated_url,
)
from tests.storage.given import asking


@pytest.fixture
async def visiting(store, clock):
    """Let visitors come to an assistant that knows the demonstration's people."""
    assistant, inbox = assistant_on(await filled(store), clock)
    async with running(assistant.turns):

        def visitor(chat="anna", **more):
            return Visitor(assistant, inbox, clock, chat, **more)

        yield visitor


async def _journal(database_url):
    async with asking(database_url) as ask:
        query = text("SELECT kind FROM identity_journal ORDER BY id")
        return [row.kind for row in await ask(lambda connection: list(connection.execute(query)))]


async def test_a_code_and_what_only_oneself_knows_link_a_person(visiting, database_url):
    anna = visiting()
    said = await anna.proves(ANNA)
    assert any(ANNA.name in one for one in said)
    assert any(" ".join(ANNA.enp[at : at + 4] for at in range(0, 16, 4)) in one for one in said)
    (linked,) = await anna.people()
    assert (linked.insured.enp, linked.role) == (ANNA.enp, "self")
    assert await _journal(database_url) == ["asked", "sent", "linked"]


async def test_the_last_digits_of_the_document_do_as_well_as_the_number(visiting):
    anna = visiting()
    await anna.claims(ANNA.phone, ANNA.born_on, ANNA.document[-4:])
    await anna.says(anna.code(ANNA))
    assert [one.insured.enp for one in await anna.people()] == [ANNA.enp]


async def test_neither_number_nor_code_stays_in_the_history(visiting):
    anna = visiting()
    await anna.proves(ANNA)
    typed = [one.text for one in await anna.history() if one.voice == "citizen"]
    assert ANNA.enp not in typed
    assert anna.code(ANNA) not in typed


async def test_a_child_is_linked_by_the_parent_recorded_for_it(visiting):
    parent = visiting()
    await parent.proves(FATHER)
    await parent.presses("W:link")
    await parent.presses("R:child")
    for word in (CHILD.phone, f"{CHILD.born_on:%d.%m.%Y}", CHILD.document[-4:]):
        await parent.says(word)
    await parent.says(parent.code(CHILD))
    assert [one.role for one in await parent.people()] == ["self", "child"]
    said = await parent.presses("W:number")
    assert len(said) == 1  # whose?


async def test_a_child_of_others_is_not_linked(visiting):
    stranger = visiting()
    await stranger.proves(ANNA)
    shown = len(stranger.inbox.shown)
    await stranger.presses("W:link")
    await stranger.presses("R:child")
    for word in (CHILD.phone, f"{CHILD.born_on:%d.%m.%Y}", CHILD.enp):
        await stranger.says(word)
    assert len(stranger.inbox.shown) == shown


async def test_a_code_is_good_once_and_for_five_minutes(visiting, clock):
    anna = visiting()
    await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
    code = anna.code(ANNA)
    clock.wait(minutes=5, seconds=1)
    await anna.says(code)
    assert await anna.people() == ()
    await anna.presses("C")
    assert anna.code(ANNA) != code
    await anna.says(anna.code(ANNA))
    assert len(await anna.people()) == 1


async def test_after_five_wrong_codes_the_right_one_comes_too_late(visiting):
    anna = visiting()
    await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
    right = anna.code(ANNA)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        await anna.says(wrong)
    await anna.says(right)
    assert await anna.people() == ()


async def test_a_code_of_one_chat_is_none_in_another(visiting):
    anna, thief = visiting(), visiting("thief")
    await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
    await thief.claims("+79161234567", date(1990, 1, 1), "1234")
    await thief.says(anna.code(ANNA))
    assert await thief.people() == ()


async def test_unlinked_nothing_of_the_person_is_shown(visiting, database_url):
    anna = visiting()
    await anna.proves(ANNA)
    (linked,) = await anna.people()
    await anna.presses(f"U:{linked.insured.id}:0")
    assert len(await anna.people()) == 1
    await anna.presses(f"U:{linked.insured.id}:1")
    assert await anna.people() == ()
    said = await anna.presses(f"W:number:{linked.insured.id}")
    assert not any(ANNA.surname in one for one in said)
    assert (await _journal(database_url))[-1] == "unlinked"


async def test_the_words_are_the_same_whether_the_person_exists_or_not(visiting):
    """All that differs is on the phone of the person, if there is one."""
    stranger = ("+79161234567", date(1991, 2, 3), "1234")
    known, unknown = visiting("a", origin="1"), visiting("b", origin="2")
    for guess in (ANNA.phone, ANNA.born_on, ANNA.document[-4:]), (ANNA.phone, ANNA.born_on, "9999"):
        told = await known.claims(*guess)
        assert told == await unknown.claims(*stranger)
        wrong = await known.says("000000")
        assert wrong == await unknown.says("000000")
        assert await known.presses("b") == await unknown.presses("b")
        assert await known.presses("m") == await unknown.presses("m")


async def test_pauses_grow_and_outlive_a_restart(visiting, store, clock):
    anna = visiting()
    for _ in range(3):
        await anna.claims(ANNA.phone, ANNA.born_on, "0000")
        await anna.presses("m")
    told = await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
    assert not anna.inbox.shown
    assistant, inbox = assistant_on(store, clock)
    async with running(assistant.turns):
        again = Visitor(assistant, inbox, clock, "another", origin="203.0.113.9")
        assert (await again.claims(ANNA.phone, ANNA.born_on, ANNA.enp))[-2:] == told[-2:]
        assert not inbox.shown
        clock.wait(minutes=1, seconds=1)
        await again.presses("C")
        assert len(inbox.shown) == 1


async def test_guesses_over_many_chats_link_nobody(visiting, clock):
    """A phone is paused wherever its guesses come from, and so is an address."""
    sent = 0
    for nth in range(60):
        guess = visiting(f"chat{nth}", origin=f"198.51.100.{nth % 5}")
        target = PEOPLE[nth % 2]
        await guess.claims(target.phone, target.born_on, f"{nth:04}")
        await guess.says(f"{nth:06}")
        assert await guess.people() == ()
        clock.wait(seconds=1)
        sent = len(guess.inbox.shown)
    assert sent <= 6  # three free attempts for each of two phones


async def test_a_register_that_is_busy_is_told_and_the_request_offered_again(store, clock):
    class Down:
        async def by_enp(self, enp):
            raise RegisterBusy

        by_phone = by_document = by_enp

    assistant, inbox = assistant_on(await filled(store), clock, Down())
    async with running(assistant.turns):
        anna = Visitor(assistant, inbox, clock)
        await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
        last = (await anna.history())[-1]
        assert "C" in [one.code for one in last.buttons]


async def test_an_extract_comes_to_whoever_is_proven(visiting):
    anna = visiting()
    await anna.proves(ANNA, "extract")
    (linked,) = await anna.people()
    assert isinstance(linked, Linked)
    last = (await anna.history())[-1]
    assert (last.document, last.data) == (f"extract:N-{linked.insured.id}", "document")


async def test_forgotten_attempts_count_no_more(visiting, clock):
    anna = visiting()
    for _ in range(4):
        await anna.claims(ANNA.phone, ANNA.born_on, "0000")
        await anna.presses("m")
    clock.now += timedelta(hours=49)
    await anna.claims(ANNA.phone, ANNA.born_on, ANNA.enp)
    assert len(anna.inbox.shown) == 1


async def _attack(guess, phone, target, number, codes):
    """Guess; return every word of the answers, and how long the telling ones took."""
    told = await guess.claims(phone, target.born_on, number)
    took = [guess.took]
    for code in codes:
        told += await guess.says(code)
        took.append(guess.took)
    assert await guess.people() == ()
    return told, took


@pytest.mark.soak
async def test_ten_thousand_guesses_link_nobody_and_tell_nothing(visiting, clock):
    """From a new chat and address each time, one of two naming a phone that nobody has.

    Half know all but the code, half guess the number too. Word for word and in time the
    answers are the same; which of the two comes first takes turns.
    """
    took = {True: [], False: []}
    for nth in range(1250):  # twice four guesses each: what is known, and three codes
        target = PEOPLE[nth % len(PEOPLE)]
        phones = {True: target.phone, False: f"+7916{target.phone[-7:]}"}
        number = target.enp if nth % 4 < 2 else f"{nth:04}"
        codes = [f"{nth:06}", f"{nth + 7:06}", f"{nth + 77:06}"]
        told = {}
        for is_there in (True, False) if nth % 2 else (False, True):
            place = 2 * nth + is_there
            guess = visiting(f"chat{place}", origin=f"198.51.{place // 200}.{place % 200}")
            told[is_there], spent = await _attack(guess, phones[is_there], target, number, codes)
            took[is_there].append(spent)
        assert told[True] == told[False]
        clock.wait(seconds=4)
    for there, nobody in zip(
        zip(*took[True], strict=True), zip(*took[False], strict=True), strict=True
    ):
        assert 0.8 < median(there) / median(nobody) < 1.25
