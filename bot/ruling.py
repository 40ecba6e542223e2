"""What representatives decide about the people of a chat, told to the citizen at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Intake
from bot.desk.deeds import Deed
from bot.letters import Entry, OfStaff, Refused
from dialogs.insured import Linked
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from storage.db import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(OfStaff):
    """A decision of the representative called ``name``; ``person`` is whom a link is about."""

    incoming: LinkDecided | ExtractWithdrawn
    name: str
    person: Linked | None = None


class PeopleDecisions:
    """Links people to chats, parts them, and withdraws extracts, in the name of representatives.

    Each method takes the representative's ``name``, a ``reason`` that the citizen is told, and
    a ``key`` of that one decision: handed in again with its key it does nothing. It returns
    when all is durable, and raises `Refused` when it cannot be done; then nothing has changed.
    ``login`` is by whom the journal, which the same transaction writes, says it was done.
    """

    def __init__(
        self, turns: Intake, store: Store, clock: Callable[[], datetime], login: str = ""
    ) -> None:
        self._login = login
        self._turns = turns
        self._store = store
        self._clock = clock

    async def link(
        self, channel: str, chat: str, enp: str, name: str, reason: str, *, key: str
    ) -> None:
        """Link a person of our register, whose documents the representative has seen."""
        async with self._store.look() as look:
            found = await look.insured_by_enp(enp)
            known = await look.chat(channel, chat)
        if known is None or not found:
            raise Refused("there is no such chat, or nobody of this number in the register")
        decided = LinkDecided(found[0].id, found[0].name, is_linked=True, reason=reason)
        await self._rule(channel, chat, decided, name, key, found[0].id, Linked(found[0], "ward"))

    async def unlink(
        self, channel: str, chat: str, insured: int, name: str, reason: str, *, key: str
    ) -> None:
        """Part a chat from a person, by our id."""
        async with self._store.look() as look:
            people = {one.insured.id: one for one in await look.people_of(channel, chat)}
        if insured not in people:
            raise Refused("this person is not linked to this chat")
        decided = LinkDecided(insured, people[insured].insured.name, is_linked=False, reason=reason)
        await self._rule(channel, chat, decided, name, key, insured, people[insured])

    async def withdraw(self, number: str, name: str, reason: str, *, key: str) -> None:
        """Withdraw an extract; the public page then says so."""
        async with self._store.look() as look:
            holder = await look.extract_holder(number)
            person = await look.person_of_extract(number)
        if holder is None or person is None:
            raise Refused("there is no valid extract of this number")
        await self._rule(*holder, ExtractWithdrawn(number, reason), name, key, person)

    async def _rule(
        self,
        channel: str,
        chat: str,
        incoming: LinkDecided | ExtractWithdrawn,
        name: str,
        key: str,
        insured: int,
        person: Linked | None = None,
    ) -> None:
        await self._turns.take(
            Ruling(
                channel=channel,
                chat=chat,
                key=f"ruling:{key}",
                incoming=incoming,
                sent_at=self._clock(),
                name=name,
                person=person,
                entry=Entry(self._login, _deed(incoming), f"insured:{insured}"),
            )
        )


def _deed(incoming: LinkDecided | ExtractWithdrawn) -> Deed:
    if isinstance(incoming, ExtractWithdrawn):
        return "extract_withdrawn"
    return "person_linked" if incoming.is_linked else "person_unlinked"
