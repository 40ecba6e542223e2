"""A phone that the messenger vouches for takes the place of a code, and of nothing else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.register.port import RegisterBusy
from dialogs.incoming import Vouched
from tests.bot.proving import ANNA, CHILD, FATHER, Visitor, assistant_on, filled
from tests.bot.turning import running
from tests.databases import (  # noqa: F401 — fixtures
    migrated_postgresql_url,
    migrated_sqlite_url,
    migrated_url,
)
from tests.storage.given import asking

STRANGER = "+79161234567"


@pytest.fixture
async def visiting(store, clock):
    """Let visitors come through a messenger that vouches for phones; no codes are sent."""
    assistant, inbox = assistant_on(await filled(store), clock, sends_codes=False)
    async with running(assistant.turns):

        def visitor(chat="anna", **more):
            return Visitor(assistant, inbox, clock, chat, channel="telegram", **more)

        yield visitor


async def _claims(visitor, phone, born_on, number):
    """Share a phone and say what only oneself knows; return all that was said."""
    said = await visitor.presses("W:number")
    if "A" in [one.code for one in (await visitor.history())[-1].buttons]:
        said += await visitor.presses("A")
    said += [one.text for one in await visitor.does(Vouched(phone))]
    for words in (f"{born_on:%d.%m.%Y}", number):
        said += await visitor.says(words)
    return said


async def _journal(database_url):
    async with asking(database_url) as ask:
        query = text("SELECT kind FROM identity_journal ORDER BY id")
        return [row.kind for row in await ask(lambda connection: list(connection.execute(query)))]


async def test_the_phone_and_what_only_oneself_knows_link_a_person(visiting, database_url):
    anna = visiting()
    said = await _claims(anna, ANNA.phone, ANNA.born_on, ANNA.document[-4:])
    assert any(" ".join(ANNA.enp[at : at + 4] for at in range(0, 16, 4)) in one for one in said)
    assert [(one.insured.enp, one.role) for one in await anna.people()] == [(ANNA.enp, "self")]
    assert await _journal(database_url) == ["asked", "linked"]
    assert not anna.inbox.shown


async def test_a_number_that_comes_with_every_message_is_not_asked_for(visiting):
    anna = visiting(phone=ANNA.phone)
    await anna.presses("W:number")
    await anna.presses("A")
    await anna.says(f"{ANNA.born_on:%d.%m.%Y}")
    await anna.says(ANNA.enp)
    assert [one.insured.enp for one in await anna.people()] == [ANNA.enp]


async def test_the_phone_alone_proves_nothing(visiting, database_url):
    thief = visiting("thief", phone=ANNA.phone)
    await thief.presses("W:number")
    await thief.presses("A")
    await thief.says(f"{ANNA.born_on:%d.%m.%Y}")
    await thief.says("9999")
    assert await thief.people() == ()
    assert await _journal(database_url) == ["asked", "refused"]


async def test_a_child_is_linked_by_the_phone_of_the_parent_recorded_for_it(visiting):
    parent = visiting()
    await _claims(parent, FATHER.phone, FATHER.born_on, FATHER.enp)
    await parent.presses("W:link")
    await parent.presses("R:child")
    await parent.does(Vouched(CHILD.phone))
    for words in (f"{CHILD.born_on:%d.%m.%Y}", CHILD.document[-4:]):
        await parent.says(words)
    assert [one.role for one in await parent.people()] == ["self", "child"]


async def test_the_words_are_the_same_whether_the_person_exists_or_not(visiting):
    known, unknown = visiting("a", origin="1"), visiting("b", origin="2")
    told = await _claims(known, ANNA.phone, ANNA.born_on, "9999")
    other = await _claims(unknown, STRANGER, date(1991, 2, 3), "1234")
    shown = {ANNA.phone: "+7 900 000-00-01", STRANGER: "+7 916 123-45-67"}
    assert [one.replace(shown[ANNA.phone], shown[STRANGER]) for one in told] == other


async def test_guesses_are_counted_whatever_chat_they_come_from(visiting, clock):
    """Somebody who has the phone of a relative in hand may guess three times, then waits."""
    for nth in range(3):
        await _claims(visiting(f"chat{nth}"), ANNA.phone, ANNA.born_on, f"{nth + 5000}")
    last = visiting("last")
    told = await _claims(last, ANNA.phone, ANNA.born_on, ANNA.enp)
    assert await last.people() == ()
    assert any("12:01" in one for one in told)
    clock.wait(minutes=1, seconds=1)
    await last.presses("C")
    assert [one.insured.enp for one in await last.people()] == [ANNA.enp]


async def test_an_answer_that_comes_after_the_person_has_left_links_nobody(visiting):
    anna = visiting()
    await _until_asked(anna)
    await anna.presses("m")
    await _errands(anna).do_due()
    assert await anna.people() == ()


async def test_an_answer_to_an_earlier_claim_proves_nothing_of_a_later_one(visiting, store, clock):
    """The first claim is true, the second is not: only the second is what stands."""
    anna = visiting()
    await _until_asked(anna)
    async with store.work() as work:
        (true,) = await work.claim_errands(clock(), timedelta(minutes=1), 8, ["claim"])
    await anna.presses("b")
    await anna.says("9999")
    await _errands(anna)._do(true)  # noqa: SLF001 — an errand that took its time
    assert await anna.people() == ()


async def _until_asked(anna):
    """Say all that is asked, while no errand is done."""
    errands = _errands(anna)
    do_due, errands.do_due = errands.do_due, _nothing
    await _claims(anna, ANNA.phone, ANNA.born_on, ANNA.enp)
    errands.do_due = do_due


def _errands(visitor):
    errands, *_ = visitor.assistant.errands
    return errands


async def _nothing():
    return False


async def test_a_register_that_is_busy_is_told_and_the_look_offered_again(store, clock):
    class Down:
        async def by_enp(self, enp):
            raise RegisterBusy

        by_phone = by_document = by_enp

    assistant, inbox = assistant_on(await filled(store), clock, Down(), sends_codes=False)
    async with running(assistant.turns):
        anna = Visitor(assistant, inbox, clock, channel="telegram")
        await _claims(anna, ANNA.phone, ANNA.born_on, ANNA.enp)
        assert "C" in [one.code for one in (await anna.history())[-1].buttons]
        assert await anna.people() == ()


async def test_a_channel_that_vouches_for_nothing_lets_nobody_begin_without_codes(store, clock):
    assistant, inbox = assistant_on(await filled(store), clock, sends_codes=False)
    async with running(assistant.turns):
        web = Visitor(assistant, inbox, clock, phone=ANNA.phone)
        await web.presses("W:number")
        assert "A" not in [one.code for one in (await web.history())[-1].buttons]


async def test_questions_for_personal_data_are_marked_as_such(visiting):
    """A channel that may not carry personal data must not carry the questions for it."""
    anna = visiting()
    await _claims(anna, ANNA.phone, ANNA.born_on, ANNA.enp)
    said = [one for one in await anna.history() if one.voice == "assistant"]
    asked = [one for one in said if one.asks_phone]
    assert [one.data for one in asked] == ["personal"]
    dated = [one.data for one in said if "05.03.1985" in one.text or "16 цифр" in one.text]
    assert dated
    assert set(dated) == {"personal"}
