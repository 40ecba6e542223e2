"""Who gets a notice is what a plain reckoning over everybody says, whatever the town is like."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from dialogs.notices.content import Conditions, Content, Listed, Results
from storage import notice_gathering
from storage.notice_schema import notice_choice, notice_listed, notice_recipient
from storage.notice_sets import Plan
from storage.notices import Notice
from storage.schema import chat
from tests.storage.given import NOON, rows
from tests.storage.telling import content, linked

_CHATS, _PEOPLE = 48, 14
_WEEK_AGO = NOON - timedelta(days=7)
_CHANNELS = ("web", "telegram", "whatsapp", "max")
_ZONES = ("", "Asia/Omsk", "Asia/Kamchatka")
_EARLIER = (901, 902, 903)
_COUNTED = {"handed", "accepted", "read", "unknown"}
_NUMBER = 9

Facts = Mapping[str, Any]


class Town:
    """People made up by a seed, as rows of tables."""

    def __init__(self, chance: Random) -> None:
        self.chats = {number: self._chat(chance, number) for number in range(1, _CHATS + 1)}
        pairs = {
            (chance.randint(1, _CHATS), chance.randint(1, _PEOPLE)): (
                chance.choice(("self", "self", "child")),
                NOON + timedelta(days=chance.choice((-9, -9, -9, 0, 1))),
            )
            for _ in range(30)
        }
        self.links = [(*pair, *proof) for pair, proof in pairs.items()]
        self.choices = {
            (chance.randint(1, _CHATS), chance.choice(("service", "advertising")), at): (
                chance.random() < 0.5
            )
            for at in (NOON - timedelta(days=day) for day in range(40))
        }
        everybody = [*self.chats, *(-number for number in range(1, _PEOPLE + 1))]
        self.had = {
            (chance.choice(everybody), chance.choice(_EARLIER)): self._had(chance)
            for _ in range(70)
        }
        self.listed = chance.sample(everybody, 20)

    @staticmethod
    def _chat(chance: Random, number: int) -> dict[str, Any]:
        def sometimes(chances: float) -> datetime | None:
            return (
                NOON - timedelta(days=chance.randint(0, 3)) if chance.random() < chances else None
            )

        zone = chance.choice(_ZONES)
        return {
            "id": number,
            "channel": chance.choice(_CHANNELS),
            "address": str(number),
            "language": chance.choice(("ru", "en")),
            "session": {"zone": zone} if zone else None,
            "owner": chance.choice(("bot", "bot", "kira")),
            "revision": 0,
            "last_seq": 0,
            "applications": 0,
            "created_at": NOON,
            "seen_at": NOON - timedelta(days=chance.randint(0, 3)),
            "heard_at": sometimes(0.6),
            "gone_at": sometimes(0.2),
            "left_at": sometimes(0.1),
        }

    @staticmethod
    def _had(chance: Random) -> dict[str, Any]:
        return {
            "chat_id": 1,
            "at": NOON - timedelta(days=chance.randint(0, 12)),
            "reason": 0,
            "state": chance.choice(("pending", "accepted", "read", "failed", "unknown")),
            "channel": chance.choice(_CHANNELS),
            "zone": "",
            "attempts": 1,
            "done": 0,
        }

    def settle(self, connection: Connection) -> None:
        """Write everybody down."""
        connection.execute(insert(chat), list(self.chats.values()))
        for chat_id, person, role, at in self.links:
            linked(connection, [(chat_id, person)], role, at)
        for (chat_id, kind, at), agrees in self.choices.items():
            said = {"chat_id": chat_id, "kind": kind, "at": at, "agrees": agrees, "version": "1"}
            connection.execute(insert(notice_choice).values(said))
        for (person, number), row in self.had.items():
            values = {"person": person, "notice_id": number, **row}
            connection.execute(insert(notice_recipient).values(values))

    def listing(self, connection: Connection, number: int) -> None:
        """Write down whom a file names for a notice."""
        for row, person in enumerate(self.listed):
            named = {
                "notice_id": number,
                "row": row,
                "at_column": "",
                "fault": "",
                "person": person,
            }
            connection.execute(insert(notice_listed).values(named))

    def reckoned(self, plan: Plan) -> dict[int, tuple[int, str, str, str]]:
        """Say of every person who is meant: in which chat, its zone, and why not, if not."""
        found = {}
        for person, chats in self._persons(plan):
            if not any(self._matches(plan, person, one) for one in chats):
                continue
            best = min(chats, key=lambda one: self._order(plan, person, one))
            found[person] = (
                best["id"],
                best["channel"],
                (best["session"] or {}).get("zone", ""),
                self._why_not(plan, person, chats, best),
            )
        return found

    def _persons(self, plan: Plan) -> Iterator[tuple[int, list[Facts]]]:
        own: dict[int, int] = {}
        for chat_id, person, role, at in self.links:
            if role == "self" and at <= plan.at:
                own[chat_id] = min(person, own.get(chat_id, person))
        for number, one in self.chats.items():
            if number not in own and one["left_at"] is None:
                yield number, [one]
        for person in set(own.values()):
            yield -person, [self.chats[number] for number in own if own[number] == person]

    def _usable(self, plan: Plan, person: int, one: Facts) -> bool:
        audience = plan.content.audience
        if isinstance(audience, Results) and audience.elsewhere:
            was = self.had.get((person, audience.notice))
            if was and was["channel"] == one["channel"]:
                return False
        return one["channel"] in plan.channels and one["gone_at"] is None

    def _order(self, plan: Plan, person: int, one: Facts) -> tuple[bool, float, int]:
        used = (one["heard_at"] or one["seen_at"]).timestamp()
        return not self._usable(plan, person, one), -used, one["id"]

    def _matches(self, plan: Plan, person: int, one: Facts) -> bool:
        audience = plan.content.audience
        if isinstance(audience, Listed):
            return person in self.listed
        if isinstance(audience, Results):
            rows_of = (self.had.get((who, audience.notice)) for who in {person, one["id"]})
            return any(row["state"] in audience.states for row in rows_of if row)
        proven = any(chat_id == one["id"] for chat_id, *_ in self.links)
        return (
            (not audience.channels or one["channel"] in audience.channels)
            and (not audience.languages or one["language"] in audience.languages)
            and (audience.insured is None or audience.insured == proven)
        )

    def _why_not(self, plan: Plan, person: int, chats: list[Facts], best: Facts) -> str:
        written = plan.content
        words = [self._last_word(written.kind, one["id"]) for one in chats]
        if False in words:
            return "opted_out"
        if written.kind == "advertising" and True not in words:
            return "no_consent"
        if not self._usable(plan, person, best):
            if best["gone_at"]:
                return "blocked"
            return "not_cleared" if best["channel"] in plan.uncleared else "no_channel"
        had = [
            row
            for (who, number), row in self.had.items()
            if who == person and number != plan.notice
            and row["state"] in _COUNTED and row["at"] >= plan.week_ago
        ]  # fmt: skip
        return "budget" if written.kind != "duty" and len(had) >= written.budget else ""

    def _last_word(self, kind: str, chat_id: int) -> bool | None:
        said = {at: agrees for (who, what, at), agrees in self.choices.items()
                if who == chat_id and what == kind}  # fmt: skip
        return said[max(said)] if said else None


def _notices(chance: Random) -> Iterator[Content]:
    for audience in (
        Conditions(),
        Conditions(channels=("telegram", "max"), languages=("ru",)),
        Conditions(insured=chance.random() < 0.5),
        Listed(),
        Results(901, ("accepted", "unknown")),
        Results(902, ("failed", "unknown", "read"), elsewhere=True),
    ):
        kind = chance.choice(("duty", "service", "advertising"))
        yield replace(content(audience=audience, budget=chance.choice((1, 2, 3))), kind=kind)


@pytest.mark.parametrize("seed", range(4))
async def test_each_person_is_there_once_with_exactly_the_reason_there_is(
    store, ask, monkeypatch, seed
):
    """Parts of seven ids have many borders, and none of them may be seen."""
    monkeypatch.setattr(notice_gathering, "_SLICE", 7)
    chance = Random(seed)
    town = Town(chance)
    await ask(town.settle)
    words = await ask(_words)
    for written in _notices(chance):
        number = await _written(store, written)
        plan = Plan(number, written, ("telegram", "max"), NOON, _WEEK_AGO, ("whatsapp",))
        await ask(town.listing, number)
        reckoned = town.reckoned(plan)
        assert reckoned, written
        async with store.look() as look:
            counted = await look.preview_recipients(plan)
            some = await look.sample_recipients(plan, 999)
        assert sum(one.people for one in counted) == len(reckoned)
        assert sorted(some) == sorted(
            (who, chat_id) for who, (chat_id, *_, why) in reckoned.items() if not why
        )
        await _gather(store, written, plan)
        found = [row for row in await ask(rows, notice_recipient) if row["notice_id"] == number]
        assert reckoned == {
            row["person"]: (row["chat_id"], row["channel"], row["zone"], words[row["reason"]])
            for row in found
        }
        assert all((row["state"] == "pending") == (not row["reason"]) for row in found)


async def test_a_part_that_was_gathered_already_adds_nobody(store, ask):
    """However that came about, nobody is there twice, and who is missing is added."""
    town = Town(Random(99))
    await ask(town.settle)
    plan = Plan(_NUMBER, content(), ("telegram",), NOON, _WEEK_AGO)
    await _gather(store, plan.content, plan)
    before = await ask(rows, notice_recipient)
    await ask(lambda it: it.execute(_one_less(min(row["person"] for row in before))))
    await _gather(store, plan.content, plan)
    assert await ask(rows, notice_recipient) == before


def _one_less(person: int) -> Any:
    return notice_recipient.delete().where(
        notice_recipient.c.person == person, notice_recipient.c.notice_id == _NUMBER
    )


async def _written(store: Any, written: Content) -> int:
    async with store.work() as work:
        number, _ = await work.begin_notice(Notice(0, written, "gathering", 1, "olga", NOON))
    return int(number)


async def _gather(store: Any, written: Content, plan: Plan) -> None:
    made = Notice(plan.notice, written, "gathering", 1, "olga", NOON, stage="chats")
    async with store.work() as work:
        while made.stage:
            made = await work.gather_recipients(made, plan)


def _words(connection: Connection) -> dict[int, str]:
    numbers = notice_gathering.reasons(connection, notice_gathering.WHY_NOT)
    return {0: ""} | {number: word for word, number in numbers.items()}
