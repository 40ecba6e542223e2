"""What representatives do at the desk: the verbs of their pages."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.channels.base import Intake
from bot.enclosures import document_of
from bot.letters import Entry, Refused
from bot.live import Live
from bot.takeover.deeds import (
    CitizenWrote,
    Claim,
    Close,
    Deed,
    Elsewhere,
    GiveBack,
    HandInto,
    Park,
    PassOn,
    Reply,
    Representative,
    TakeUp,
    Wish,
)
from dialogs.json import Json
from dialogs.talk_events import SetAside
from storage.db import Store
from storage.talk_papers import Note

__all__ = ["CitizenWrote", "Elsewhere", "Leading", "Refused", "Representative"]

_MOVES: Final[Mapping[type[Wish], str]] = {
    Park: "park",
    TakeUp: "take-up",
    PassOn: "pass-on",
    GiveBack: "give-back",
    HandInto: "hand-in",
    Close: "close",
}
"""What the journal calls moves of a talk."""


class Leading:
    """Leads talks in the name of representatives.

    Each verb takes the id of a talk, who acts (``by``) and mostly a ``key`` of that one deed:
    handed in again with its key it does nothing, so a page may be sent twice. It returns when
    all of it is durable, and raises `Refused`, as `Elsewhere` when the talk is not where the
    page showed it, as `CitizenWrote` when the citizen wrote what the page did not show; then
    nothing has changed. The journal tells of each move, written with it.
    """

    def __init__(
        self,
        turns: Intake,
        store: Store,
        clock: Callable[[], datetime],
        live: Live,
        lease: timedelta,
    ) -> None:
        self._turns = turns
        self._store = store
        self._clock = clock
        self._live = live
        self._lease = lease
        self._taking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def next_dialog(
        self, by: Representative, *, key: str, regions: Sequence[str] | None = None
    ) -> int | None:
        """Take the talk that ought to be answered first, of these regions; None if none waits.

        Whoever is quicker has it, and then the next one is tried. Handed in again with its key
        it answers with the talk it had taken.
        """
        async with self._taking[by.login]:
            while True:
                async with self._store.look() as look:
                    top = await look.taken_talk(by.login, key) or await look.top_talk(regions)
                if top is None:
                    return None
                try:
                    await self._do(top, by, key, Claim(key))
                except Elsewhere:
                    continue
                return top

    async def claim(self, talk: int, by: Representative, *, key: str, through: str = "") -> None:
        """Take a talk from the queue; of two who take it the second is refused."""
        await self._do(talk, by, key, Claim(key, through))

    async def reply(
        self,
        talk: int,
        by: Representative,
        text: str,
        *,
        seen: int,
        key: str,
        files: Sequence[str] = (),
    ) -> None:
        """Write to the citizen, having ``seen`` the history up to that place.

        ``files`` name kept files of this very chat, which go along; `Refused` if one is not.
        """
        documents = await self._documents(talk, files) if files else ()
        await self._do(talk, by, key, Reply(text, seen, documents))

    async def note(self, talk: int, by: Representative, text: str, *, key: str) -> None:
        """Write down what only the desk reads; anybody of the desk may."""
        if not text.strip():
            raise Refused("there is nothing to note")
        async with self._store.look() as look:
            found = await look.talk(talk)
        if found is None:
            raise Refused("there is no such talk")
        kept = Note(key, found.talk.chat_id, self._clock(), by.login, by.name, text)
        async with self._store.work() as work:
            await work.keep_note(kept)
        self._live.tell([(found.channel, found.address)])

    async def park(self, talk: int, by: Representative, until: datetime, *, key: str) -> None:
        """Set a talk aside; it comes back at that moment, or when the citizen writes."""
        await self._do(talk, by, key, Park(until))

    async def take_up(self, talk: int, by: Representative, *, key: str) -> None:
        """Go on with one's own talk that was parked, or in which the citizen fills in a form."""
        await self._do(talk, by, key, TakeUp())

    async def pass_on(
        self, talk: int, by: Representative, to: Representative | None, note: str, *, key: str
    ) -> None:
        """Pass a talk to a colleague, or to the queue (None), with a private note."""
        await self._do(talk, by, key, PassOn(to, note))

    async def give_back(self, talk: int, by: Representative, *, key: str) -> None:
        """Give the citizen back to the assistant, at the question that was open."""
        await self._do(talk, by, key, GiveBack())

    async def hand_into(
        self,
        talk: int,
        by: Representative,
        form: str,
        step: str,
        answers: Mapping[str, Json],
        *,
        key: str,
    ) -> None:
        """Open a form for the citizen at a step, with answers known already.

        When it is filed, or left, the talk comes back and its history says which.
        """
        await self._do(talk, by, key, HandInto(form, step, answers))

    async def close(self, talk: int, by: Representative, outcome: str, *, key: str) -> None:
        """End a talk with one of `dialogs.talk.OUTCOMES`; the citizen is asked to rate it once."""
        await self._do(talk, by, key, Close(outcome))

    async def stay(self, talk: int, by: Representative) -> None:
        """Say that the representative is there: the lease goes on."""
        async with self._store.work() as work:
            await work.stay(talk, by.login, self._clock() + self._lease)

    async def read(self, talk: int, by: Representative) -> None:
        """Say that the representative who has the talk has seen what was written."""
        async with self._store.work() as work:
            await work.look_at_talk(talk, by.login)
        self._live.tell_queue()

    async def _documents(self, talk: int, files: Sequence[str]) -> tuple[str, ...]:
        async with self._store.look() as look:
            known = await look.enclosable(talk, files)
        if missing := len(set(files) - known.keys()):
            raise Refused(f"{missing} files are not of this chat")
        return tuple(document_of(known[name].kind, name) for name in files)

    async def _do(self, talk: int, by: Representative, key: str, wish: Wish) -> None:
        async with self._store.look() as look:
            found = await look.talk(talk)
        if found is None:
            raise Refused("there is no such talk")
        await self._turns.take(
            Deed(
                channel=found.channel,
                chat=found.address,
                key=f"desk:{by.login}:{talk}:{key}",
                incoming=SetAside(),
                sent_at=self._clock(),
                talk=talk,
                by=by,
                wish=wish,
                entry=_entry(talk, by, wish),
            )
        )


def _entry(talk: int, by: Representative, wish: Wish) -> Entry | None:
    """Tell what the journal keeps of a wish; words to the citizen are kept in the history."""
    about = f"talk:{talk}"
    if isinstance(wish, Claim):
        return Entry(by.login, "dialog_claimed", about, wish.through)
    move = _MOVES.get(type(wish))
    return Entry(by.login, "dialog_moved", about, move) if move else None
