"""Errands about insured people: codes sent, claims looked up, extracts made."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias

from bot.codes import Codes
from bot.errands import Do
from bot.gateway import Gateway, NotSent
from bot.letters import Answer
from bot.register.port import Register, RegisterBusy
from dialogs.claims import claimed
from dialogs.incoming import Busy, ClaimChecked, Issued, NotIssued, Obstacle
from dialogs.insured import ENP_DIGITS, Claim, Insured
from dialogs.words import Words
from storage.db import Store
from storage.errands import Claimed, Kind
from storage.identity import Noted
from storage.work import Work

Make: TypeAlias = Callable[[Insured, Claimed], Awaitable[str]]
"""Makes an extract of a person for a chat and returns its number; raises `NotMade` and `NotNow`."""

_log = logging.getLogger(__name__)


class NotNow(Exception):
    """An extract cannot be made now, but may be soon."""


class NotMade(Exception):
    """An extract cannot be made, and trying again will not help."""

    def __init__(self, reason: Obstacle) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Means:
    """What errands are done with.

    Without a ``gateway`` no codes are sent; ``today`` is the day it is where the insurer is.
    """

    register: Register
    gateway: Gateway | None
    codes: Codes
    make: Make
    words: Mapping[str, Words]
    clock: Callable[[], datetime]
    today: Callable[[], date]


class PeopleErrands:
    """Does errands about people; whatever fails, the person is told and may try again."""

    def __init__(self, store: Store, means: Means) -> None:
        self._store = store
        self._means = means

    def doers(self) -> Mapping[Kind, Do]:
        """Say who does what."""
        return {
            "code": self._guarded(self._send_code),
            "claim": self._guarded(self._check_claim),
            "extract": self._guarded(self._make),
        }

    def _guarded(self, do: Do) -> Do:
        async def done(claimed_one: Claimed) -> Answer | None:
            try:
                return await do(claimed_one)
            except (RegisterBusy, NotNow) as error:
                _log.warning("an errand cannot be done now: %s", error or type(error).__name__)
            except NotMade as error:
                return NotIssued(_insured(claimed_one), error.reason)
            except Exception as error:  # noqa: BLE001 — ours; the person is told and may try again
                place = "".join(traceback.format_tb(error.__traceback__))
                _log.error("an errand failed: %s\n%s", type(error).__name__, place)
            return Busy(_insured(claimed_one))

        return done

    async def _send_code(self, claimed_one: Claimed) -> Answer | None:
        """Look a claim up and set a code for it; whether it fits shows on one phone only."""
        means, errand = self._means, claimed_one.errand
        if means.gateway is None:
            raise NotNow("there is no gateway of text messages")
        claim = _claim(errand.wish)
        person = await self._look_up(claim)
        code, now = means.codes.draw(), means.clock()
        async with self._store.work() as work:
            if not await work.settle([errand.id]):
                return None
            insured_id = await _known(work, person)
            digest = means.codes.of_code(errand.id, code)
            await work.arm(errand.chat_id, errand.id, digest, insured_id)
            noted = Noted(errand.chat_id, "sent" if person else "refused", insured_id)
            await work.note([noted], now)
        if person:
            await self._tell(means.gateway, claim.phone, code, claimed_one.language)
        return None

    async def _check_claim(self, claimed_one: Claimed) -> Answer | None:
        """Look a claim up; whom it proves is written down for the turn that comes of it."""
        errand = claimed_one.errand
        person = await self._look_up(_claim(errand.wish))
        async with self._store.work() as work:
            insured_id = await _known(work, person)
            await work.arm(errand.chat_id, errand.id, None, insured_id)
        return ClaimChecked()

    async def _look_up(self, claim: Claim) -> Insured | None:
        register = self._means.register
        found = await (
            register.by_enp(claim.number)
            if len(claim.number) == ENP_DIGITS
            else register.by_phone(claim.phone)
        )
        return claimed(claim, found, self._means.today())

    async def _tell(self, gateway: Gateway, phone: str, code: str, language: str) -> None:
        words = self._means.words.get(language) or self._means.words["ru"]
        try:
            await gateway.send(phone, words("identity.sms", code=code))
        except NotSent as error:
            # The person was told that a code may fail to come, and how to have another.
            _log.error("a code was not sent: %s", error)

    async def _make(self, claimed_one: Claimed) -> Answer | None:
        insured_id = _insured(claimed_one)
        async with self._store.look() as look:
            kept = await look.insured(insured_id)
        if kept is None:
            raise NotMade("fault")
        found = await self._means.register.by_enp(kept.enp)
        if not found:
            raise NotMade("elsewhere")
        number = await self._means.make(replace(found[0], id=insured_id), claimed_one)
        return Issued(insured_id, number)


async def _known(work: Work, person: Insured | None) -> int | None:
    """Give a person of another system's register an id of ours, and return it."""
    if person and not person.id:
        await work.keep_insured([person])
        person = await work.insured_by_enp(person.enp)
    return person.id if person else None


def _insured(claimed_one: Claimed) -> int:
    insured = claimed_one.errand.wish.get("insured", 0)
    return insured if isinstance(insured, int) else 0


def _claim(wish: Mapping[str, Any]) -> Claim:
    return Claim(
        wish["phone"],
        date.fromisoformat(wish["born_on"]),
        wish["number"],
        wish["role"],
        tuple(wish["guardians"]),
    )
