"""What a representative decides about the people of a chat holds, is told, and is journalled."""

import pytest
from sqlalchemy import text

from bot.letters import Refused
from bot.ruling import PeopleDecisions
from dialogs.incoming import Opened
from storage.extracts import KeptExtract
from tests.bot.proving import ANNA, CHILD, Visitor, assistant_on, filled
from tests.bot.turning import running
from tests.databases import (  # noqa: F401 — fixtures
    migrated_postgresql_url,
    migrated_sqlite_url,
    migrated_url,
)
from tests.storage.given import asking


@pytest.fixture
async def ruling(store, clock):
    """Give a visitor, and whoever decides about the people of their chat."""
    assistant, inbox = assistant_on(await filled(store), clock)
    async with running(assistant.turns):
        visitor = Visitor(assistant, inbox, clock)
        await visitor.does(Opened())
        yield visitor, PeopleDecisions(assistant.turns, store, clock)


async def _journal(database_url):
    async with asking(database_url) as ask:
        query = text("SELECT kind FROM identity_journal ORDER BY id")
        return [row.kind for row in await ask(lambda connection: list(connection.execute(query)))]


async def test_a_ward_is_linked_named_and_may_be_asked_about(ruling, database_url):
    visitor, decisions = ruling
    await decisions.link("web", "anna", CHILD.enp, "Ольга", "опекун, акт от 3 ноября", key="1")
    assert [(one.insured.enp, one.role) for one in await visitor.people()] == [(CHILD.enp, "ward")]
    told = (await visitor.history())[-1]
    assert CHILD.name in told.text
    assert "опекун, акт от 3 ноября" in told.text
    assert told.data == "personal"
    assert any(CHILD.name in one for one in await visitor.presses("W:number"))
    assert await _journal(database_url) == ["linked_by_desk"]


async def test_handed_in_again_it_does_nothing(ruling):
    visitor, decisions = ruling
    for _ in range(2):
        await decisions.link("web", "anna", ANNA.enp, "Ольга", "по паспорту", key="1")
    said = [one for one in await visitor.history() if ANNA.name in one.text]
    assert len(said) == 1


async def test_parted_by_a_representative_nothing_more_is_shown(ruling, database_url):
    visitor, decisions = ruling
    await visitor.proves(ANNA)
    (linked,) = await visitor.people()
    await decisions.unlink("web", "anna", linked.insured.id, "Ольга", "ошибка", key="2")
    assert await visitor.people() == ()
    assert ANNA.name in (await visitor.history())[-1].text
    said = await visitor.presses(f"W:number:{linked.insured.id}")
    assert not any(ANNA.name in one for one in said)
    assert (await _journal(database_url))[-1] == "unlinked_by_desk"


async def test_a_withdrawn_extract_is_told_to_its_chat(ruling, store, clock):
    visitor, decisions = ruling
    kept = KeptExtract("K7QM-2XTB-9HRD-4W3F", 1, clock(), "digest", b"sealed")
    async with store.work() as work:
        await work.keep_extract(kept, "web", "anna", clock.now - clock.now)
    await decisions.withdraw(kept.number, "Ольга", "сменилась фамилия", key="3")
    async with store.look() as look:
        assert await look.extract_standing(kept.number) == "withdrawn"
    assert "сменилась фамилия" in (await visitor.history())[-1].text
    with pytest.raises(Refused):
        await decisions.withdraw(kept.number, "Ольга", "ещё раз", key="4")


async def test_what_cannot_be_is_refused_and_nothing_is_written(ruling):
    visitor, decisions = ruling
    before = await visitor.history()
    with pytest.raises(Refused):
        await decisions.link("web", "anna", "9999999999999999", "Ольга", "нет такого", key="5")
    with pytest.raises(Refused):
        await decisions.link("web", "nobody", ANNA.enp, "Ольга", "нет чата", key="6")
    with pytest.raises(Refused):
        await decisions.unlink("web", "anna", 1, "Ольга", "не подключён", key="7")
    assert await visitor.history() == before


async def test_nobody_makes_themselves_a_ward_with_a_forged_button(ruling):
    visitor, _ = ruling
    await visitor.proves(ANNA)
    await visitor.presses("W:link")
    said = await visitor.presses("R:ward")
    assert any("неактуальна" in one for one in said)
