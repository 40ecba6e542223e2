"""A list as the audience of a notice: whom its rows name, who is left out, and nothing lost."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, update

from bot.notices.list_file import UnfitList
from bot.notices.refusals import Changed
from dialogs.notices.content import Conditions, Listed
from storage.people_schema import insured, link
from storage.talk_schema import talk
from tests.bot.notices.house import IGOR, OLGA, TEXT, house, written
from tests.storage.given import asking, met
from tests.storage.telling import linked
from tests.storage.test_notice_audience import _talk

PEOPLE = {5: ("9956410892000015", "+79000000001"), 6: ("9949020836000029", "+79000000002")}


@pytest.fixture
async def known(store, clock, database_url):
    """Know two insured people, the first in two chats and the other in none, and two guests."""
    it = await house(store, clock, "telegram", "whatsapp")
    one, guest = await met(store, "1", "2")
    (again,) = await met(store, "79000000009", channel="whatsapp")
    async with asking(database_url) as ask:
        await ask(linked, [(one.id, 5), (again.id, 5), (guest.id, 6)])
        await ask(lambda it: it.execute(unlinked(guest.id)))
        for number, (enp, phone) in PEOPLE.items():
            named = update(insured).where(insured.c.id == number).values(enp=enp, phone=phone)
            await ask(lambda it, named=named: it.execute(named))
        (other,) = await met(store, "3")
        yield it, one, other, ask


def unlinked(chat_id):
    """Part a chat from whoever was proven in it, so that the person is known and has none."""
    return delete(link).where(link.c.chat_id == chat_id)


async def given(it, text, revision=1, number=None, regions=(), **more):
    """Upload a list for a notice; return the notice's number and what the file came to."""
    number = number or await it.notices.create(replace(written(), **more), OLGA)
    async with it.store.look() as look:
        one = await look.notice(number)
    return number, await it.assistant.lists.take(one, text.encode(), revision, regions, OLGA)


async def faults(it, number):
    """Read what is wrong with which row."""
    async with it.store.look() as look:
        return [(row.row, row.column, row.fault) for row in await look.list_faults(number, 0, 99)]


async def test_a_notice_goes_to_exactly_those_whom_the_rows_name(known):
    it, _, other, _ = known
    rows = f"ЕНП;Телефон;Гость\n{PEOPLE[5][0]};;\n;;Гость {other.id}\n"
    number, taken = await given(it, rows)
    assert (taken.people, taken.rows) == (2, 2)
    await it.notices.check(number, OLGA)
    await it.notices.send(number, await it.seen(number), OLGA)
    await it.go()
    got = [chat for name in ("telegram", "whatsapp") for chat, _ in it.messengers[name].got]
    assert len(got) == 2
    assert set(got) <= {"1", "79000000009", "3"}
    assert TEXT in {said for _, said in it.messengers["telegram"].got}


async def test_each_row_that_names_nobody_says_why_and_where(known):
    it, one, _, _ = known
    rows = "\n".join(
        [
            "Телефон;ЕНП;Гость",
            f";{PEOPLE[5][0]};",
            f"{PEOPLE[5][1]};;",
            f";;{one.id}",
            "+7 900 000-00-09;;",
            f";{PEOPLE[6][0]};",
            ";9967150818000015;",
            ";9967150818000016;",
            "12;;",
            ";;;",
            ";;999999",
            ";;",
        ]
    )
    number, taken = await given(it, rows)
    assert taken.people == 1
    assert await faults(it, number) == [
        (3, "A", "duplicate"),
        (4, "C", "duplicate"),
        (5, "A", "duplicate"),
        (6, "B", "no_chat"),
        (7, "B", "unknown"),
        (8, "B", "enp"),
        (9, "A", "phone"),
        (11, "C", "unknown"),
    ]


async def test_a_phone_of_several_people_names_none_of_them(known):
    it, _, other, ask = known
    await ask(linked, [(other.id, 7)])
    shared = update(insured).where(insured.c.id == 7).values(phone=PEOPLE[5][1])
    await ask(lambda it: it.execute(shared))
    number, taken = await given(it, f"Телефон\n{PEOPLE[5][1]}\n")
    assert taken.people == 0
    assert await faults(it, number) == [(2, "A", "several")]


async def test_who_is_named_but_has_not_agreed_is_listed_and_left_out(known):
    it, _, other, _ = known
    number, _ = await given(it, f"Гость\n{other.id}\n", kind="advertising")
    async with it.store.look() as look:
        one = await look.notice(number)
        plan = it.notices.planning.plan(one, it.clock())
        assert await look.list_left_out(plan, 0, 9) == [(2, "no_consent")]
        assert await look.list_left_out(plan, 2, 9) == []
    assert (await it.notices.preview(number)).left_out == {"no_consent": 1}


async def test_a_mended_list_takes_the_place_of_the_first_and_the_text_stays(known):
    it, one, other, _ = known
    number, _ = await given(it, f"Гость\n{one.id}\nкто\n")
    _, taken = await given(it, f"Гость\n{other.id}\n", 2, number)
    assert taken.people == 1
    assert await faults(it, number) == []
    with pytest.raises(UnfitList):
        await given(it, "Имя\nАнна\n", 3, number)
    with pytest.raises(Changed):
        await given(it, f"Гость\n{one.id}\n", 2, number)
    async with it.store.look() as look:
        kept = await look.notice(number)
        assert await look.list_counts(number) == {"": 1}
    assert (kept.content.texts["ru"].text, kept.content.audience) == (TEXT, Listed())


async def test_whoever_is_limited_to_regions_reaches_only_people_known_to_live_there(known):
    it, one, other, ask = known
    await ask(lambda it: it.execute(insert(talk), [_talk(one.id, "77"), _talk(other.id, "50")]))
    number, taken = await given(it, f"Гость\n{one.id}\n{other.id}\n", regions=("77",))
    assert taken.people == 2
    assert (await it.notices.preview(number)).people == 1


async def test_a_copy_has_the_list_too_and_without_it_conditions_choose(known):
    it, one, _, _ = known
    number, _ = await given(it, f"Гость\n{one.id}\n")
    copied = await it.notices.copy(number, IGOR)
    assert (await it.notices.preview(copied)).people == 1
    async with it.store.look() as look:
        there = await look.notice(copied)
    await it.assistant.lists.drop(there, 1, (), OLGA)
    async with it.store.look() as look:
        assert (await look.notice(copied)).content.audience == Conditions()
        assert await look.list_counts(copied) == {}
        assert await look.list_counts(number) == {"": 1}
