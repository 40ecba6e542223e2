"""What people prove with who they are here, chosen by the settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

import aiohttp

from bot.assistant import Knowledge, Proving
from bot.channels.base import Busy
from bot.codes import Codes
from bot.demonstration import fill
from bot.extract.issuing import CannotIssue, Extracts
from bot.gateway import DemonstrationInbox, Gateway, SmsGateway
from bot.people_errands import Make, NotMade, NotNow
from bot.register.breaker import Breaker
from bot.register.http import HttpRegister
from bot.register.own import OwnRegister
from bot.register.port import Register
from bot.settings import Settings
from dialogs.insured import Insured
from storage.db import Store
from storage.errands import Claimed

VOUCHING: Final = frozenset({"telegram", "whatsapp", "max"})
"""Channels that vouch for a person's own phone: by a contact that is the sender's, or always."""


@asynccontextmanager
async def proving(
    settings: Settings,
    knowledge: Knowledge,
    store: Store,
    extracts: Extracts,
    codes: Codes,
    clock: Callable[[], datetime],
) -> AsyncIterator[Proving | None]:
    """Choose register and gateway.

    Without a gateway only a channel that vouches for phones lets people prove who they are.

    A demonstration without a register of its own is given invented people.
    """
    async with aiohttp.ClientSession() as session:
        gateway = _gateway(settings, session, clock)
        if settings.demo and not settings.register_url:
            today = clock().astimezone(knowledge.organisation.zone).date()
            await fill(store, today, knowledge.organisation.insurer.registry_code)
        vouching = VOUCHING & frozenset(settings.channel_names)
        if gateway is None and not vouching:
            yield None
        else:
            register = _register(settings, store, session, clock)
            yield Proving(register, gateway, codes, _making(extracts, clock), vouching)


def _register(
    settings: Settings,
    store: Store,
    session: aiohttp.ClientSession,
    clock: Callable[[], datetime],
) -> Register:
    if not settings.register_url:
        return OwnRegister(store)
    breaker = Breaker(clock)
    return HttpRegister(session, settings.register_url, settings.register_token, breaker)


def _gateway(
    settings: Settings, session: aiohttp.ClientSession, clock: Callable[[], datetime]
) -> Gateway | None:
    if settings.sms_url:
        return SmsGateway(session, settings.sms_url, settings.sms_token)
    return DemonstrationInbox(clock) if settings.demo else None


def _making(extracts: Extracts, clock: Callable[[], datetime]) -> Make:
    async def make(insured: Insured, whose: Claimed) -> str:
        now = clock().replace(microsecond=0)  # it stands on the paper to the second
        try:
            issued = await extracts.issue(insured, whose.channel, whose.address, now)
        except CannotIssue as error:
            raise NotMade("elsewhere" if error.reason == "elsewhere" else "fault") from error
        except Busy as error:
            raise NotNow from error
        return issued.number

    return make
