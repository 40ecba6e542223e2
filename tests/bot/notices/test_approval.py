"""Nothing goes to many without another person's yes, whoever does what in whatever order."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from bot.letters import Refused
from bot.notices.approval import Seen
from bot.notices.refusals import AudienceMoved, Changed, NeedsApproval, SameAuthor
from dialogs.notices.states import moved
from storage.line_schema import line
from storage.notice_schema import notice, notice_recipient
from storage.schema import chat
from tests.bot.notices.house import IGOR, OLGA, house, written
from tests.storage.given import NOON, asking, met

FEW = 2
"""So many get it without approval in this house."""


async def ready(it, by=OLGA, **changed):
    """Write a notice that may be sent or submitted."""
    number = await it.notices.create(written(**changed), by)
    await it.notices.check(number, by)
    return number


async def submitted(it, **changed):
    number = await ready(it, **changed)
    await it.notices.submit(number, OLGA)
    return number


async def held(store, clock, it, more):
    """Send to one person in an hour, when more of them are there."""
    await met(store, "1")
    number = await ready(it, starts_at=clock() + timedelta(hours=1))
    await it.notices.send(number, await it.seen(number), OLGA)
    await met(store, *(f"later{one}" for one in range(more)))
    clock.wait(hours=1)
    await it.lines_up()
    await it.go()
    return number


async def test_a_held_notice_does_not_go_to_many_by_its_author_alone(store, clock):
    """It was sent to one person, which needs no approval; four are meant when it is held."""
    it = await house(store, clock, "telegram", approval_above=FEW)
    number = await held(store, clock, it, more=3)
    assert await it.state(number) == ("held", "approval")
    with pytest.raises(NeedsApproval):
        await it.notices.resume(number, OLGA, await it.seen(number))
    with pytest.raises(SameAuthor):
        await it.notices.approve(number, await it.seen(number), OLGA)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.go()
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 4


async def test_whoever_goes_on_with_a_held_notice_says_with_how_many(store, clock):
    it = await house(store, clock, "telegram")
    number = await held(store, clock, it, more=3)
    assert await it.state(number) == ("held", "audience")
    with pytest.raises(Changed):
        await it.notices.resume(number, OLGA)
    with pytest.raises(AudienceMoved):
        await it.notices.resume(number, OLGA, Seen(1, 1))
    await it.notices.resume(number, OLGA, await it.seen(number))
    await it.go()
    assert await it.state(number) == "finished"


async def test_whoever_changed_a_word_does_not_approve_it(store, clock):
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, "1", "2", "3")
    number = await ready(it)
    await it.notices.edit(number, written(text="Иначе"), 1, IGOR)
    await it.notices.check(number, IGOR)
    await it.notices.submit(number, IGOR)
    for writer in (OLGA, IGOR):
        with pytest.raises(SameAuthor):
            await it.notices.approve(number, await it.seen(number), writer)
    assert await it.notices.writers(number) == {"olga", "igor"}


async def test_a_colleagues_copy_is_not_approved_by_who_wrote_the_words(store, clock):
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, "1", "2", "3")
    number = await it.notices.copy(await ready(it), IGOR)
    await it.notices.check(number, IGOR)
    await it.notices.submit(number, IGOR)
    with pytest.raises(SameAuthor):
        await it.notices.approve(number, await it.seen(number), OLGA)


async def test_only_words_that_were_seen_are_approved_or_sent(store, clock):
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, "1")
    number = await submitted(it)
    seen = await it.seen(number)
    await it.notices.edit(number, written(text="Иначе"), 1, OLGA)
    await it.notices.check(number, OLGA)
    with pytest.raises(Changed):
        await it.notices.send(number, seen, OLGA)
    await it.notices.submit(number, OLGA)
    with pytest.raises(Changed):
        await it.notices.approve(number, seen, IGOR)


async def test_an_approval_is_for_as_many_as_were_seen_and_small_growth_does_not_add_up(
    store, clock
):
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, *map(str, range(20)))
    number = await submitted(it, starts_at=clock() + timedelta(hours=1))
    with pytest.raises(AudienceMoved):
        await it.notices.approve(number, Seen(1, 3), IGOR)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await met(store, "a", "b")
    await it.notices.send(number, await it.seen(number), OLGA)
    await met(store, "c", "d")
    clock.wait(hours=1)
    await it.lines_up()
    await it.go()
    assert await it.state(number) == ("held", "audience")


async def test_what_was_sent_back_has_to_be_approved_again(store, clock):
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, "1", "2", "3")
    number = await submitted(it)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.notices.send_back(number, IGOR, "лучше так")
    assert await it.state(number) == "draft"
    await it.notices.check(number, OLGA)
    with pytest.raises(NeedsApproval):
        await it.notices.send(number, await it.seen(number), OLGA)


async def test_who_comes_while_people_are_gathered_is_counted_before_anybody_gets_it(store, clock):
    """It was paused in the middle, for days; everybody who has come since is met as well."""
    it = await house(store, clock, "telegram", approval_above=FEW)
    await met(store, "1")
    number = await ready(it)
    await it.notices.send(number, await it.seen(number), OLGA)
    await it.broadcasting.step()
    assert await it.state(number) == "gathering"
    await it.notices.pause(number, OLGA)
    await met(store, "2", "3", "4")
    await it.notices.resume(number, OLGA)
    await it.go()
    assert await it.state(number) == ("held", "approval")
    assert it.messengers["telegram"].got == []
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.go()
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 4


DEEDS = ("edit", "check", "submit", "approve", "send_back", "send", "pause", "resume", "stop")
MANY = 20
CROWDS = (20, 22, 21, 19, 22, 24, 1)
AT_FIRST = (20, 19, 20, 20, 22, 24, 30, 1)
"""Half the walks begin where one more or less decides who has to answer."""
GROWN = [(2, 0, OLGA, False), (6, 0, OLGA, True)]
"""Checked, and sent without approval by who saw just so few; more come then."""
SHARED = [
    (2, 0, OLGA, False), (2, 0, OLGA, False), (2, 0, IGOR, True), (12, 0, OLGA, True),
]  # fmt: skip
"""Checked, submitted, approved by who changed a word, and sent."""
AT_LAST = (22, 22, 21, 24)
ONWARDS = {"check": 6, "submit": 4, "approve": 9, "send": 9, "resume": 6, "edit": 2}
"""How much likelier steps are that bring a notice nearer to those it is for."""
AROUND = ("go", "go", "come", "come", "come", "line", "copy")
WALKS = st.lists(
    st.tuples(
        st.integers(0, 126),  # of more than that the small ones would come too often
        st.integers(0, 99),
        st.sampled_from([OLGA, IGOR]),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=8,
    max_size=24,
)
"""Each step: which of what may be done and how, who does it, and whether they look before."""


@dataclass
class Walk:
    """What two operators do to notices; beside it, who wrote and who said yes to what."""

    it: object
    store: object
    ask: object
    number: int = 0
    seen: dict = field(default_factory=dict)
    wrote: dict = field(default_factory=dict)
    said_yes: list = field(default_factory=list)

    async def one(self):
        """Read the notice that they are at."""
        async with self.store.look() as look:
            return await look.notice(self.number)

    async def step(self, which, how, who, looks):
        """Do something that the state of the notice allows, or let the world move on."""
        one = await self.one()
        may = [deed for deed in DEEDS if moved(one.state, deed)]
        if one.state == "checked":
            may.remove("check")
        likely = [deed for deed in may for _ in range(ONWARDS.get(deed, 1))]
        deeds = [*likely, *AROUND]
        if looks:
            self.seen[self.number, who.login] = await self.it.seen(self.number)
        seen = self.seen.get((self.number, who.login), Seen(1, 1))
        await self.do(deeds[which % len(deeds)], one, who, seen, how)

    async def ends(self):
        """Let the clock do all that is left to it, and look then: what has begun stays so."""
        await self.it.gather()
        await self.holds()

    async def do(self, deed, one, who, seen, choice):
        """Do it, by what somebody saw then."""
        notices, number = self.it.notices, one.id
        match deed:
            case "edit":
                words = replace(one.content, title=f"{one.content.title}.")
                await notices.edit(number, words, one.revision, who)
                self.wrote[number] |= {who.login}
            case "approve":
                await notices.approve(number, seen, who)
                self.said_yes.append((number, seen, who.login))
            case "send":
                await notices.send(number, seen, who)
            case "send_back":
                await notices.send_back(number, who, "")
            case "resume":
                await notices.resume(number, who, seen)
            case "copy":
                self.number = await notices.copy(number, who)
                self.wrote[self.number] = {*self.wrote[number], who.login}
            case "stop":
                self.number = await notices.stop(number, who, "new_notice")
                self.wrote[self.number] = {*self.wrote[number], who.login}
            case "come":
                await self.ask(present, CROWDS[choice % len(CROWDS)])
            case "go":
                await self.it.broadcasting.step()
            case "line":
                async with self.store.work() as work:
                    until = self.it.clock() + timedelta(days=choice % 4 == 0)
                    await work.hold_line("telegram", until, "flood")
            case "check" | "submit" | "pause":
                await getattr(notices, deed)(number, who)

    async def holds(self):
        """Look whether the law holds of every notice that has come to be sent."""
        for number, writers in self.wrote.items():
            async with self.store.look() as look:
                one = await look.notice(number)
                counts = await look.notice_counts(number)
            if one.stage not in {"first", "rest", "free"}:
                continue
            people = sum(row.people for row in counts if row.state != "skipped")
            if one.state == "stopped":
                people += sum(row.people for row in counts if row.reason == "stopped")
            assert people <= MANY or any(
                (at, seen.revision) == (number, one.revision)
                and login not in writers
                and abs(people - seen.people) <= seen.people / 10
                for at, seen, login in self.said_yes
            ), (number, people, self.said_yes)


def anew(connection):
    """Let nothing of an earlier walk be under way, and nobody have got it."""
    connection.execute(delete(notice_recipient))
    connection.execute(update(notice).values(state="stopped"))
    connection.execute(delete(line))


def present(connection, many):
    """Let so many of the people be there."""
    connection.execute(update(chat).values(left_at=None))
    connection.execute(update(chat).where(chat.c.id > many).values(left_at=NOON))


@settings(
    max_examples=70,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a walk made shorter takes minutes,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(20, False, GROWN, 22)
@example(24, True, SHARED, 24)
@given(st.sampled_from(AT_FIRST), st.booleans(), WALKS, st.sampled_from(AT_LAST))
async def test_nothing_goes_to_many_without_the_yes_of_somebody_who_wrote_none_of_it(
    store, clock, database_url, at_first, is_mended, steps, at_last
):
    """Of these very words, and for about as many people as were before their eyes."""
    it = await house(store, clock, "telegram", approval_above=MANY)
    await met(store, *map(str, range(30)))
    async with asking(database_url) as ask:
        await ask(anew)
        await it.lines_up()
        await ask(present, at_first)
        walk = Walk(it, store, ask)
        walk.number = await it.notices.create(written(), OLGA)
        walk.wrote[walk.number] = {"olga"}
        if is_mended:
            await walk.do("edit", await walk.one(), IGOR, None, 0)
        for step in steps:
            try:
                await walk.step(*step)
            except Refused:
                continue
        await ask(present, at_last)
        await walk.ends()
