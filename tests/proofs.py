"""The people of one chat in a transcript: claims, codes and errands, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.codes import Codes
from bot.demonstration import invented
from bot.identifying import Identifying, KnownPeople, Tally
from dialogs.attempts import Attempts
from dialogs.claims import claimed
from dialogs.effects import CheckClaim, CheckCode, Issue, SendCode, Unlink
from dialogs.incoming import Incoming, Issued
from dialogs.insured import Linked
from storage.identity import Proof
from tests.worlds import NOON

CODE = "482106"
PEOPLE = tuple(
    replace(one, id=place) for place, one in enumerate(invented(NOON.date(), "00000"), 1)
)
_CODES = Codes("secret")

Wish = SendCode | CheckClaim | CheckCode | Unlink | Issue


@dataclass
class Proofs:
    """Does what the shell does about people, errands and all, with the demonstration's register."""

    people: tuple[Linked, ...] = ()
    proof: Proof | None = None
    tally: Tally = field(default_factory=Tally)

    def obey(self, wish: Wish, now: datetime) -> Iterator[Incoming]:
        """Do what is wished; the world answers."""
        identifying = self._identifying(now)
        match wish:
            case SendCode():
                yield identifying.send_code(wish)
            case CheckClaim():
                yield identifying.check_claim(wish)
            case CheckCode():
                yield identifying.check(wish)
            case Unlink(insured):
                identifying.unlink(insured)
            case Issue(insured):
                yield Issued(insured, "K7QM-2XTB-9HRD-4W3F")
        self._keep(identifying)
        if isinstance(wish, SendCode | CheckClaim) and identifying.outcome.errands:
            yield from self._do_errand(wish, now)

    def _do_errand(self, wish: SendCode | CheckClaim, now: datetime) -> Iterator[Incoming]:
        self.proof = replace(self.proof, proves=claimed(wish.claim, PEOPLE, now.date()))
        if isinstance(wish, SendCode):
            self.proof = replace(self.proof, code=_CODES.of_code(self.proof.serial, CODE))
            return
        identifying = self._identifying(now)
        yield identifying.claim_checked(self.proof.serial)
        self._keep(identifying)

    def _identifying(self, now: datetime) -> Identifying:
        self.tally.counts.setdefault("chat", Attempts(0, now))
        known = KnownPeople(self.people, self.proof, {"chat": "chat"})
        return Identifying(1, known, self.tally, _CODES, now)

    def _keep(self, identifying: Identifying) -> None:
        self.people = identifying.people
        if identifying.outcome.proof:
            self.proof = identifying.outcome.proof[-1]
