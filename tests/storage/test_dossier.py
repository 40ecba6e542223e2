"""People found by name, and what is kept of one, on both databases."""

from datetime import date

from storage.dossier import Naming
from storage.extracts import KeptExtract
from storage.identity import Noted
from tests.people import enp, person

NAMESAKES = [
    person(id=0, given=given, enp=enp(born_on, "male", serial), born_on=born_on)
    for serial, (given, born_on) in enumerate(
        [("Пётр", date(1985, 3, 7)), ("Иван", date(1990, 1, 2)), ("Пётр", date(2001, 5, 6))]
    )
]


async def _registered(store):
    async with store.work() as work:
        await work.keep_insured(
            [*NAMESAKES, person(id=0, surname="Ли", enp=enp(date(1970, 1, 1), "male", 9))]
        )


async def test_names_are_found_by_all_their_parts_and_past_a_key(store):
    await _registered(store)
    async with store.look() as look:
        everybody = await look.insured_by_name([Naming(("Соколов",))], None)
        assert [one.given for one in everybody] == ["Пётр", "Иван", "Пётр"]
        peters = await look.insured_by_name([Naming(("Соколов", "СОКОЛОВ"), ("Пётр",))], None)
        assert len(peters) == 2
        assert await look.insured_by_name([Naming(("Соколов",), ("Анна",))], None) == []
        born = await look.insured_by_name([Naming(("Соколов",))], date(1990, 1, 2))
        assert [one.given for one in born] == ["Иван"]
        second = await look.insured_by_name(
            [Naming(("Соколов",))], None, after=everybody[0].id, limit=1
        )
        assert [one.id for one in second] == [everybody[1].id]
        assert await look.insured_by_name([], None) == []


async def test_a_persons_chats_extracts_and_proofs_are_gathered_and_nobody_elses(store, now):
    await _registered(store)
    async with store.work() as work:
        chats = await work.chats([("telegram", "1"), ("web", "2")], now, {})
        mine, other = chats["telegram", "1"], chats["web", "2"]
        await work.link([(mine.id, 1, "self"), (other.id, 2, "child")], now)
        await work.note([Noted(mine.id, "linked", 1), Noted(other.id, "wrong", 2)], now)
        await work.keep_extract(KeptExtract("A", 1, now, "d", b"s"), "telegram", "1", now - now)
        await work.withdraw_extracts(["A"], now)
    async with store.look() as look:
        assert [(one.channel, one.role) for one in await look.chats_of_person(1)] == [
            ("telegram", "self")
        ]
        (extract,) = await look.extracts_of_person(1)
        assert (extract.number, extract.withdrawn_at) == ("A", now)
        assert [one.kind for one in await look.happened_to_person(1)] == ["linked"]
        assert await look.person_of_extract("A") == 1
        assert await look.person_of_extract("B") is None
        assert await look.chats_of_person(4) == []
