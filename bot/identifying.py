"""The people of one chat in the course of one turn: codes asked for and checked, links, errands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.codes import Codes
from bot.ruling import Ruling
from dialogs.attempts import CODE_LIVES, CODE_TRIES, Attempts, Counted
from dialogs.effects import CheckClaim, CheckCode, Issue, Scan, SendCode
from dialogs.incoming import ClaimChecked, ClaimTaken, CodeChecked, CodeSent, Paused
from dialogs.insured import Claim, Linked
from dialogs.json import Json
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from storage.errands import Errand, Kind
from storage.identity import Happened, Noted, Proof


@dataclass(slots=True)
class Tally:
    """Attempts of a whole batch, by key: turns of one batch see each other's."""

    counts: dict[str, Attempts] = field(default_factory=dict)
    changed: dict[str, Attempts] = field(default_factory=dict)

    def set(self, key: str, attempts: Attempts) -> None:
        """Note a new count, to be written with the batch."""
        self.counts[key] = self.changed[key] = attempts


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """What is known of one chat's people before its turn.

    ``places`` are the keys under which its attempts are counted, by what they are.
    """

    people: tuple[Linked, ...] = ()
    proof: Proof | None = None
    places: Mapping[Counted, str] = field(default_factory=dict)


@dataclass(slots=True)
class PeopleOutcome:
    """What a turn comes to as far as insured people are concerned."""

    proof: list[Proof | None] = field(default_factory=list)
    links: list[Linked] = field(default_factory=list)
    unlinked: list[int] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


class Identifying:
    """Answers the core's wishes about people; what it writes is alike for anybody and nobody."""

    def __init__(
        self, chat_id: int, known: KnownPeople, tally: Tally, codes: Codes, now: datetime
    ) -> None:
        self.outcome = PeopleOutcome()
        self._chat_id = chat_id
        self._people = {one.insured.id: one for one in known.people}
        self._proof = known.proof
        self._places = known.places
        self._tally = tally
        self.codes = codes
        self._now = now

    @property
    def people(self) -> tuple[Linked, ...]:
        """Who is linked by now, in the order of linking."""
        return tuple(self._people.values())

    def send_code(self, wish: SendCode) -> CodeSent | Paused:
        """Count an attempt and have a code sent, or tell from when on one may be asked for."""
        paused = self._ask("code", wish.claim)
        return paused or CodeSent()

    def check_claim(self, wish: CheckClaim) -> ClaimTaken | Paused:
        """Count an attempt and have a claim looked up, or tell from when on one may be."""
        paused = self._ask("claim", wish.claim)
        return paused or ClaimTaken()

    def claim_checked(self, serial: str) -> ClaimChecked | None:
        """Link the person whom a claim has proven; None when something else is asked by now."""
        proof = self._proof
        if proof is None or proof.serial != serial:
            return None
        if proof.proves is None:
            self._stand(None)
            self._note("refused")
            return ClaimChecked()
        self._link(Linked(proof.proves, proof.role))
        return ClaimChecked(proof.proves.id)

    def check(self, wish: CheckCode) -> CodeChecked:
        """Link the person whom a code proves; a wrong one is counted, whoever it is for."""
        proof = self._proof
        if proof is None:
            return CodeChecked()
        is_right = self.codes.is_right(proof.serial, wish.code, proof.code)
        is_timely = self._now <= proof.asked_at + CODE_LIVES and proof.tries < CODE_TRIES
        if not (is_right and is_timely and proof.proves):
            self._stand(replace(proof, tries=proof.tries + 1))
            self._note("wrong")
            return CodeChecked()
        self._link(Linked(proof.proves, proof.role))
        return CodeChecked(proof.proves.id)

    def unlink(self, insured_id: int) -> None:
        """Part the chat from a person."""
        if self._people.pop(insured_id, None):
            self.outcome.unlinked.append(insured_id)
            self._note("unlinked", insured_id)

    def rule(self, ruling: Ruling) -> None:
        """Do what a representative has decided; whom it proves is for the desk's own journal."""
        match ruling.incoming:
            case LinkDecided(insured, _, True) if ruling.person:
                self._people[insured] = ruling.person
                self.outcome.links.append(ruling.person)
                self._note("linked_by_desk", insured)
            case LinkDecided(insured):
                self._people.pop(insured, None)
                self.outcome.unlinked.append(insured)
                self._note("unlinked_by_desk", insured)
            case ExtractWithdrawn(number):
                self.outcome.withdrawn.append(number)

    def issue(self, wish: Issue) -> None:
        """Have an extract made for a linked person, and for nobody else."""
        if wish.insured in self._people:
            self._send(self.codes.serial(), "extract", {"insured": wish.insured})

    def scan(self, wish: Scan) -> None:
        """Have photos looked at for a paper policy."""
        self._send(self.codes.serial(), "scan", {"files": list(wish.files)})

    def _ask(self, kind: Kind, claim: Claim) -> Paused | None:
        """Count an attempt and send an errand, unless it is too early for one more."""
        free_at = max(
            self._tally.counts[key].free_at(counted, self._now)
            for counted, key in self._places.items()
        )
        if free_at > self._now:
            self._note("paused")
            return Paused(free_at)
        for key in self._places.values():
            self._tally.set(key, self._tally.counts[key].again(self._now))
        proof = Proof(self._chat_id, self.codes.serial(), claim.role, self._now)
        self._stand(proof)
        self._send(proof.serial, kind, dump_claim(claim))
        self._note("asked")
        return None

    def _link(self, person: Linked) -> None:
        self._people[person.insured.id] = person
        self.outcome.links.append(person)
        self._stand(None)
        self._note("linked", person.insured.id)
        for counted, key in self._places.items():
            if counted != "address":
                self._tally.set(key, Attempts(0, self._now))

    def _stand(self, proof: Proof | None) -> None:
        self._proof = proof
        self.outcome.proof.append(proof)

    def _send(self, name: str, kind: Kind, wish: dict[str, Json]) -> None:
        self.outcome.errands.append(Errand(name, self._chat_id, kind, wish))

    def _note(self, kind: Happened, insured_id: int | None = None) -> None:
        self.outcome.noted.append(Noted(self._chat_id, kind, insured_id))


def dump_claim(claim: Claim) -> dict[str, Json]:
    """Write a claim as JSON."""
    return {
        "phone": claim.phone,
        "born_on": claim.born_on.isoformat(),
        "number": claim.number,
        "role": claim.role,
        "guardians": list(claim.guardians),
    }
