"""Nothing goes to many without another person's yes, whoever does what in whatever order."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.letters import Refused
from bot.notices.approval import Seen
from bot.notices.refusals import AudienceMoved, Changed, NeedsApproval, SameAuthor
from dialogs.notices.states import moved
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
CROWDS = (1, 19, 20, 21, 22, 24, 30)
WALKS = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from([OLGA, IGOR]), st.booleans()),
    min_size=10,
    max_size=30,
)
"""Each step: which of what may be done, who does it, and whether they look at the page before."""


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

    async def step(self, choice, who, looks):
        """Do something that the state of the notice allows, or let the world move on."""
        async with self.store.look() as look:
            one = await look.notice(self.number)
        may = [deed for deed in DEEDS if moved(one.state, deed)]
        others = ["go", "go", "come", "line", "copy"]
        deed = (may * 3 + others)[choice % (len(may) * 3 + len(others))]
        if looks:
            self.seen[self.number, who.login] = await self.it.seen(self.number)
        seen = self.seen.get((self.number, who.login), Seen(1, 1))
        await self.do(deed, one, who, seen, choice)

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
                    until = self.it.clock() + timedelta(days=choice % 2)
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


def present(connection, many):
    """Let so many of the people be there."""
    connection.execute(update(chat).values(left_at=None))
    connection.execute(update(chat).where(chat.c.id > many).values(left_at=NOON))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(CROWDS), WALKS)
async def test_nothing_goes_to_many_without_the_yes_of_somebody_who_wrote_none_of_it(
    store, clock, database_url, at_first, steps
):
    """Of these very words, and for about as many people as were before their eyes."""
    it = await house(store, clock, "telegram", approval_above=MANY)
    await met(store, *map(str, range(30)))
    async with asking(database_url) as ask:
        await ask(present, at_first)
        walk = Walk(it, store, ask)
        walk.number = await it.notices.create(written(), OLGA)
        walk.wrote[walk.number] = {"olga"}
        for choice, who, looks in steps:
            try:
                await walk.step(choice, who, looks)
            except Refused:
                continue
            await walk.holds()
