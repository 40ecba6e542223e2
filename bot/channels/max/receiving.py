"""How updates come: MAX is asked to post them, or is polled; run until cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.channels.base import Arrivals, Busy, Undelivered
from bot.channels.insisting import REFUSALS
from bot.channels.max.api import Api
from bot.channels.max.reading import KINDS, NAME, Told
from bot.channels.max.settings import MaxSettings
from bot.channels.max.wire import Page

_CHECK: Final = 600.0  # seconds; after 8 hours without success MAX unsubscribes a bot
_BREATH: Final = 1.0  # seconds, when too much is under way

_log = logging.getLogger(__name__)


async def stay_subscribed(api: Api, settings: MaxSettings, check: float = _CHECK) -> None:
    """Have updates posted to us, and make sure of it now and then."""
    # At the start in any case: whether it is today's secret that is named cannot be asked.
    is_subscribed = False
    while True:
        if not is_subscribed:
            await api.subscribe(settings.webhook_url, settings.webhook_secret, KINDS)
            _log.info("max: subscribed")
        await asyncio.sleep(check)
        is_subscribed = any(
            one.url == settings.webhook_url and set(KINDS) <= set(one.update_types or KINDS)
            for one in await api.subscriptions()
        )


async def poll(
    api: Api,
    arrivals: Arrivals,
    hear: Callable[[bytes], Awaitable[Told]],
    follow_up: Callable[[Told], Awaitable[None]],
) -> None:
    """Ask for updates; the marker moves on only when all before it is durable."""
    for one in await api.subscriptions():
        await api.unsubscribe(one.url)  # as long as there is one, nothing can be polled
    marker: int | None = None
    pauses = refusals = 0
    while True:
        try:
            page = await api.poll(marker, KINDS)
        except Undelivered as failure:
            is_refused = failure.all_chats and failure.after is None
            refusals = refusals + 1 if is_refused else 0
            if refusals >= REFUSALS:
                raise  # the token is refused
            pauses = min(pauses + 1, 6)
            await asyncio.sleep(2.0**pauses if failure.after is None else failure.after)
            continue
        pauses = refusals = 0
        told = await _take(page, arrivals, hear)
        marker = page.marker if page.marker is not None else marker
        await asyncio.gather(*map(follow_up, told))


async def _take(
    page: Page, arrivals: Arrivals, hear: Callable[[bytes], Awaitable[Told]]
) -> list[Told]:
    """Take in one update after another, each until it is taken."""
    told: list[Told] = []
    waiting = [bytes(one) for one in page.updates]
    while waiting:
        try:
            told.append(await hear(waiting[0]))
        except Busy:
            await asyncio.sleep(_BREATH)
            continue
        except ValueError:
            arrivals.refused(NAME, "malformed")  # it would come again for ever
        del waiting[0]
    return told
