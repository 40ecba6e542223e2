"""Moving to another messenger: codes drawn, typed codes looked up, what was left carried over.

A draft, or a whole conversation, leaves its chat and becomes an errand of the other one in one
transaction, so a crash neither loses nor doubles it. What the tables hold of a conversation
changes its chat in the transaction of the turn that takes it up (`carry`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot import events
from bot.channels.base import Intake, Letter
from bot.codes import Codes
from bot.errands import Do
from bot.letters import Answer, OfStaff
from bot.outcome import Outcome
from dialogs.attempts import Attempts, Counted
from dialogs.carrying import WHOLE
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.move_effects import ClaimDraft, HandAll, HandDraft, OfferDraft, OfMove
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
)
from dialogs.moving import LIFE
from storage.chats import Address, Chat
from storage.db import Store
from storage.errands import Claimed, Errand, Kind
from storage.moves import Found, Offered
from storage.work import Work

_PURPOSE: Final = "move"
_BROUGHT: Final[Mapping[Kind, str]] = {"hand": "draft_handed", "carry": "all_handed"}


def move(outcome: Outcome, wish: OfMove, codes: Codes, now: datetime) -> MoveCode | None:
    """Note what a turn wants of a move; drawing a code answers at once."""
    errands, chat = outcome.people.errands, outcome.chat
    match wish:
        case OfferDraft(draft):
            code = codes.draw()
            digest = codes.of_code(_PURPOSE, code)
            outcome.offered.append(Offered(chat.id, digest, draft, now + LIFE))
            return MoveCode(code, draft)
        case ClaimDraft(code):
            places: dict[str, Json] = {"chat": codes.of_place("move chat", str(chat.id))}
            if outcome.origin:
                places["address"] = codes.of_place("move address", outcome.origin)
            asked: dict[str, Json] = {"digest": codes.of_code(_PURPOSE, code), "places": places}
            errands.append(Errand(codes.serial(), chat.id, "move", asked))
        case HandDraft(to, form, version, answers, sources):
            handed = events.write(DraftHanded(form, version, dict(answers), dict(sources)))
            errands.append(Errand(codes.serial(), to, "hand", handed))
        case HandAll(to, channel, state, applications, people):
            carried = AllHanded(chat.channel, chat.address, dict(state), applications, people)
            errands.append(Errand(codes.serial(), to, "carry", events.write(carried)))
            outcome.left_for = channel
            outcome.chat = replace(chat, left_at=now)
    return None


async def carry(
    work: Work, letters: Sequence[Letter], chats: Mapping[Address, Chat], now: datetime
) -> dict[Address, Chat]:
    """Give what the tables hold of conversations that arrive now to the chats they go on in."""
    known = dict(chats)
    for letter in letters:
        if not isinstance(letter.incoming, AllHanded):
            continue
        left, here = left_by(letter.incoming), (letter.channel, letter.chat)
        moved = await work.carry(known[left].id, known[here].id, now)
        known[left] = replace(known[left], applications=known[left].applications - moved)
        known[here] = replace(known[here], applications=known[here].applications + moved)
    return known


def left_by(event: AllHanded) -> Address:
    """Name the chat that a conversation comes from."""
    return event.channel, event.address


class MovingErrands:
    """Looks up codes that were typed, and brings drafts to where they are wanted."""

    def __init__(self, store: Store, turns: Intake, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock

    def doers(self) -> Mapping[Kind, Do]:
        """Say who does what."""
        return {"move": self._find, "hand": _brought, "carry": _brought}

    async def _find(self, claimed: Claimed) -> Answer:
        """Ask the chat that has offered a draft whether it may go; attempts are counted.

        A code that was right is spent by whoever has typed it, and its chat told, though it is of
        somebody else: who has seen it once cannot wait until it opens something.
        """
        now, errand = self._clock(), claimed.errand
        digest, places = str(errand.wish["digest"]), _places(errand.wish["places"])
        async with self._store.work() as work:
            known = await work.attempts(places.values(), now)
            counts = {key: known.get(key, Attempts(0, now)) for key in places.values()}
            if any(counts[key].free_at(kind, now) > now for kind, key in places.items()):
                return DraftSought("often")
            await work.count({key: one.again(now) for key, one in counts.items()})
            found = await work.find_draft(digest, errand.chat_id, now)
            is_whole = found is not None and found.draft == WHOLE
            is_other = found and is_whole and await _are_two(work, found, errand.chat_id)
        if found is None:
            return DraftSought("unknown")
        told: Incoming = DraftWanted(errand.chat_id, claimed.channel, found.draft)
        if is_other:
            told = CodeTyped(claimed.channel)
        key = f"move:{errand.id}"  # told once, however often this errand is done
        await self._turns.take(OfStaff(found.channel, found.address, key, told, now))
        async with self._store.work() as work:
            await work.spend_move_code(digest)
        return DraftSought("other" if is_other else "found")


async def _brought(claimed: Claimed) -> Answer:
    """Bring what was written down when it left its chat; the first errands do not name it."""
    errand = claimed.errand
    event = events.read({"event": _BROUGHT[errand.kind], **errand.wish})
    if not isinstance(event, DraftHanded | AllHanded):
        raise TypeError("an errand brings what does not move")
    return event


async def _are_two(work: Work, found: Found, asker: int) -> bool:
    """Tell whether two chats are proven to be of two different people."""
    known = await work.people([found.chat_id, asker])
    selves = [
        {one.insured.id for one in known.get(chat_id, ()) if one.role == "self"}
        for chat_id in (found.chat_id, asker)
    ]
    return all(selves) and not selves[0] & selves[1]


def _places(wish: Json) -> dict[Counted, str]:
    kept = wish if isinstance(wish, dict) else {}
    places: dict[Counted, str] = {"chat": str(kept["chat"])}
    if "address" in kept:
        places["address"] = str(kept["address"])
    return places
