"""Doing errands: asking the register, sending codes, having extracts made.

None of it happens inside a turn, for others are slow. An errand is written down with the
turn that wants it and settled with what came of it, so a crash repeats one and loses none.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from bot.channels.base import Intake
from bot.codes import Codes
from bot.gateway import Gateway, NotSent
from bot.letters import Reply
from bot.register.port import Register, RegisterBusy
from dialogs.claims import claimed
from dialogs.incoming import Busy, ClaimChecked, Issued, NotIssued, Obstacle
from dialogs.insured import ENP_DIGITS, Claim, Insured
from dialogs.words import Words
from storage.db import Store
from storage.errands import Claimed
from storage.identity import Noted
from storage.work import Work

_LEASE: Final = timedelta(minutes=1)  # what a process that died had taken waits this long
_AT_ONCE: Final = 8
_PATIENCE: Final = 2.0  # seconds between looks when nothing woke us

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


class Errands:
    """Does what waits, a few at a time."""

    def __init__(self, store: Store, turns: Intake, means: Means) -> None:
        self._store = store
        self._turns = turns
        self._means = means
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """Look at once: something may be waiting."""
        self._woken.set()

    def close(self) -> None:
        """End; what waits is done after the next start."""
        self._closing = True
        self._woken.set()

    async def run(self) -> None:
        """Do errands until closed."""
        while not self._closing:
            self._woken.clear()
            try:
                while await self.do_due() and not self._closing:
                    pass
            except Exception as error:  # noqa: BLE001 — the database may be back at the next look
                _log.error("errands broke off: %s", type(error).__name__)
            if self._closing:
                return
            try:
                await asyncio.wait_for(self._woken.wait(), _PATIENCE)
            except TimeoutError:
                continue

    async def do_due(self) -> bool:
        """Do what is due now; tell whether there was anything."""
        now = self._means.clock()
        async with self._store.look() as look:
            if not await look.has_errands(now):
                return False
        async with self._store.work() as work:
            claimed_now = await work.claim_errands(now, _LEASE, _AT_ONCE)
        results = await asyncio.gather(
            *(self._do(one) for one in claimed_now), return_exceptions=True
        )
        for error in (one for one in results if isinstance(one, BaseException)):
            _log.error("an errand failed and is tried again: %s", type(error).__name__)
        return bool(claimed_now)

    async def _do(self, claimed_one: Claimed) -> None:
        try:
            match claimed_one.errand.kind:
                case "code":
                    await self._send_code(claimed_one)
                case "claim":
                    await self._check_claim(claimed_one)
                case "extract":
                    await self._make(claimed_one)
        except (RegisterBusy, NotNow) as error:
            _log.warning("an errand cannot be done now: %s", error or type(error).__name__)
            await self._reply(claimed_one, Busy(_insured(claimed_one)))
        except NotMade as error:
            await self._reply(claimed_one, NotIssued(_insured(claimed_one), error.reason))
        except Exception as error:  # noqa: BLE001 — ours; the person is told and may try again
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.error("an errand failed: %s\n%s", type(error).__name__, place)
            await self._reply(claimed_one, Busy(_insured(claimed_one)))

    async def _send_code(self, claimed_one: Claimed) -> None:
        """Look a claim up and set a code for it; whether it fits shows on one phone only."""
        means, errand = self._means, claimed_one.errand
        if means.gateway is None:
            raise NotNow("there is no gateway of text messages")
        claim = _claim(errand.wish)
        person = await self._look_up(claim)
        code, now = means.codes.draw(), means.clock()
        async with self._store.work() as work:
            if not await work.settle([errand.id]):
                return
            insured_id = await _known(work, person)
            digest = means.codes.of_code(errand.id, code)
            await work.arm(errand.chat_id, errand.id, digest, insured_id)
            noted = Noted(errand.chat_id, "sent" if person else "refused", insured_id)
            await work.note([noted], now)
        if person:
            await self._tell(means.gateway, claim.phone, code, claimed_one.language)

    async def _check_claim(self, claimed_one: Claimed) -> None:
        """Look a claim up; whom it proves is written down for the turn that comes of it."""
        errand = claimed_one.errand
        person = await self._look_up(_claim(errand.wish))
        async with self._store.work() as work:
            insured_id = await _known(work, person)
            await work.arm(errand.chat_id, errand.id, None, insured_id)
        await self._reply(claimed_one, ClaimChecked())

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

    async def _make(self, claimed_one: Claimed) -> None:
        insured_id = _insured(claimed_one)
        async with self._store.look() as look:
            kept = await look.insured(insured_id)
        if kept is None:
            raise NotMade("fault")
        found = await self._means.register.by_enp(kept.enp)
        if not found:
            raise NotMade("elsewhere")
        number = await self._means.make(replace(found[0], id=insured_id), claimed_one)
        await self._reply(claimed_one, Issued(insured_id, number))

    async def _reply(
        self, claimed_one: Claimed, incoming: Busy | ClaimChecked | Issued | NotIssued
    ) -> None:
        await self._turns.take(
            Reply(
                channel=claimed_one.channel,
                chat=claimed_one.address,
                key=f"errand:{claimed_one.errand.id}",
                incoming=incoming,
                sent_at=self._means.clock(),
                errand=claimed_one.errand.id,
            )
        )


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
