"""Moving unfinished applications: codes drawn, typed codes looked up, drafts carried over.

A draft leaves its chat and becomes an errand of the other one in one transaction, so a crash
neither loses nor doubles it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from bot.channels.base import Intake
from bot.codes import Codes
from bot.errands import Do
from bot.letters import Answer, OfStaff
from bot.outcome import Outcome
from dialogs.attempts import Attempts, Counted
from dialogs.json import Json
from dialogs.move_effects import ClaimDraft, HandDraft, OfDraft, OfferDraft
from dialogs.move_events import DraftHanded, DraftSought, DraftWanted, MoveCode
from dialogs.moving import LIFE
from storage.db import Store
from storage.errands import Claimed, Errand, Kind
from storage.moves import Offered

_PURPOSE: Final = "move"


def move(outcome: Outcome, wish: OfDraft, codes: Codes, now: datetime) -> MoveCode | None:
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
            handed: dict[str, Json] = {
                "form": form,
                "version": version,
                "answers": dict(answers),
                "sources": dict(sources),
            }
            errands.append(Errand(codes.serial(), to, "hand", handed))
    return None


class MovingErrands:
    """Looks up codes that were typed, and brings drafts to where they are wanted."""

    def __init__(self, store: Store, turns: Intake, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock

    def doers(self) -> Mapping[Kind, Do]:
        """Say who does what."""
        return {"move": self._find, "hand": self._hand}

    async def _find(self, claimed: Claimed) -> Answer:
        """Ask the chat that has offered a draft whether it may go; attempts are counted."""
        now, errand = self._clock(), claimed.errand
        digest, places = str(errand.wish["digest"]), _places(errand.wish["places"])
        async with self._store.work() as work:
            known = await work.attempts(places.values(), now)
            counts = {key: known.get(key, Attempts(0, now)) for key in places.values()}
            if any(counts[key].free_at(kind, now) > now for kind, key in places.items()):
                return DraftSought("often")
            await work.count({key: one.again(now) for key, one in counts.items()})
            found = await work.find_draft(digest, errand.chat_id, now)
        if found is None:
            return DraftSought("unknown")
        wanted = DraftWanted(errand.chat_id, claimed.channel, found.draft)
        key = f"move:{errand.id}"  # asked once, however often this errand is done
        await self._turns.take(OfStaff(found.channel, found.address, key, wanted, now))
        async with self._store.work() as work:
            await work.spend_move_code(digest)
        return DraftSought("found")

    async def _hand(self, claimed: Claimed) -> Answer:
        wish = claimed.errand.wish
        answers, sources = wish["answers"], wish["sources"]
        return DraftHanded(
            str(wish["form"]),
            int(str(wish["version"])),
            answers if isinstance(answers, dict) else {},
            {name: str(one) for name, one in sources.items()} if isinstance(sources, dict) else {},
        )


def _places(wish: Json) -> dict[Counted, str]:
    kept = wish if isinstance(wish, dict) else {}
    places: dict[Counted, str] = {"chat": str(kept["chat"])}
    if "address" in kept:
        places["address"] = str(kept["address"])
    return places
