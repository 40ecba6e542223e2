"""Serving: the assistant, its channels and its ticks, from start to a clean stop."""

import asyncio
import errno
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from typing import TextIO

from aiohttp import web

from bot.assistant import Assistant, Knowledge, Proving, assemble, turning, utc_now
from bot.calendars import Calendars
from bot.channels.web import Web
from bot.codes import Codes
from bot.desk.chain import journal_chain
from bot.desk.opening import Opened, open_desk
from bot.extract.issuing import Extracts
from bot.extract.verifying import verifying
from bot.forum.forum import Forum
from bot.gateway import DemonstrationInbox
from bot.history import ChannelHistory
from bot.http import guard
from bot.inbox.page import inbox_routes
from bot.keeping import kept_secret
from bot.lawfulness import law
from bot.messengers import build_switchboard, pushed, withheld
from bot.metrics import Metrics
from bot.papers import Papers
from bot.printing import Press, Printing
from bot.probes import probes
from bot.proving import proving
from bot.safekeeping import ChannelFiles, Safe
from bot.scanning.errand import ScanErrand
from bot.scanning.scanner import Scanner
from bot.scheduler import ticking
from bot.sealing import Seal
from bot.settings import BadSettings, Settings
from bot.windows import Windows
from storage.db import Store

_GOODBYE = 5.0  # seconds that open requests are given at a stop

_log = logging.getLogger(__name__)


async def serve(settings: Settings, out: TextIO = sys.stdout) -> None:
    """Serve until told to stop; raises `BadSettings`, `StorageError` and the like at the start.

    What whoever starts it has to know is written to ``out`` once all is there.
    """
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database_url)
        stack.push_async_callback(store.close)
        knowledge = Knowledge.read(settings.organisation_file)
        kept, metrics = await kept_secret(store), Metrics()
        extracts = _extracts(settings, knowledge, store, kept, metrics)
        codes = Codes(settings.secret or kept)
        means = proving(settings, knowledge, store, extracts, codes, utc_now)
        proven = await stack.enter_async_context(means)
        chain = await journal_chain(store, Seal(settings.sealing_keys(kept)))
        safe = Safe(store, settings.sealing_keys(kept), utc_now)
        assistant = assemble(
            knowledge,
            store,
            pushed=pushed(settings),
            proving=proven,
            codes=codes,
            metrics=metrics,
            calls=True,
            scanning=ScanErrand(safe, Scanner(), lambda: _today(knowledge)),
            withheld=withheld(settings),
            chain=chain,
        )
        press = Press()
        stack.callback(press.close)
        await stack.enter_async_context(turning(assistant))
        calendars = Calendars(store, knowledge.words, utc_now)
        printing = _printing(assistant, settings, press)
        papers = Papers(printing, extracts, calendars, safe, assistant.attachments)
        forum = _forum(assistant, settings)
        switchboard = build_switchboard(assistant, settings, papers, safe, forum=forum)
        desk = await open_desk(assistant, settings, kept, safe, chain, switchboard, printing)
        app = _pages(assistant, settings, kept, safe, papers, proven, desk)
        app.add_routes(probes(assistant, switchboard.lines))
        app.add_routes(switchboard.routes())
        await stack.enter_async_context(_listening(app, settings))
        await stack.enter_async_context(switchboard.working())
        stack.enter_context(ticking(assistant, settings))
        _calm_the_collector()
        _announce(settings, desk.told, out)
        await stop.wait()
        _log.info("stopping")


def _pages(
    assistant: Assistant,
    settings: Settings,
    kept: str,
    safe: Safe,
    papers: Papers,
    proven: Proving | None,
    desk: Opened,
) -> web.Application:
    """Put all addresses together."""
    app = web.Application()
    guard(app)
    words, organisation = assistant.knowledge.words, assistant.knowledge.organisation
    app.add_routes(verifying(assistant.store, organisation, words, utc_now))
    if proven and isinstance(proven.gateway, DemonstrationInbox):
        app.add_routes(inbox_routes(proven.gateway, words, organisation.zone, desk.demo_codes))
    desk.dispatch.mount(app)
    if "web" in settings.channel_names:
        _web(assistant, settings, settings.secret or kept, safe, papers).mount(app)
    return app


@asynccontextmanager
async def _listening(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.http_host, settings.http_port)
        try:
            await site.start()
        except OSError as error:
            raise BadSettings(_taken(settings, error)) from error
        yield
    finally:
        await runner.cleanup()


def _forum(assistant: Assistant, settings: Settings) -> Forum | None:
    """Mirror dialogs for the staff where a supergroup is named."""
    if not settings.telegram_forum:
        return None
    return Forum(assistant, settings.telegram_forum, settings.address)


def _printing(assistant: Assistant, settings: Settings, press: Press) -> Printing:
    knowledge = assistant.knowledge
    return Printing(
        store=assistant.store,
        world=knowledge.worlds(),
        organisation=knowledge.organisation,
        clock=utc_now,
        press=press,
        sample=bool(settings.demo) or not settings.organisation,
    )


def _extracts(
    settings: Settings, knowledge: Knowledge, store: Store, kept: str, metrics: Metrics
) -> Extracts:
    keys = settings.sealing_keys(kept)
    words = knowledge.words["ru"]  # clinics in Russia read it, whatever language the chat is in
    return Extracts(store, knowledge.organisation, words, keys, metrics, settings.address)


def _web(assistant: Assistant, settings: Settings, secret: str, safe: Safe, papers: Papers) -> Web:
    organisation = assistant.knowledge.organisation
    return Web(
        intake=assistant.turns,
        history=ChannelHistory("web", assistant.store, assistant.live),
        files=ChannelFiles("web", safe),
        documents=papers,
        words=assistant.knowledge.words,
        clock=utc_now,
        secret=secret,
        public_url=settings.address,
        brand=lambda language: organisation.insurer.short_name[language],
        windows=Windows(assistant.store, utc_now, assistant.live, safe),
    )


def _today(knowledge: Knowledge) -> date:
    """Tell the day it is where the insurer is."""
    return utc_now().astimezone(knowledge.organisation.zone).date()


def _taken(settings: Settings, error: OSError) -> str:
    place = f"{settings.http_host}:{settings.http_port}"
    if error.errno == errno.EADDRINUSE:
        return f"{place} is already in use; set POLIS_HTTP_PORT to another port"
    return f"cannot listen on {place}: {error.strerror}"


def _calm_the_collector() -> None:
    """Leave what set-up made out of every later collection: p99 under load depends on it."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def _announce(settings: Settings, told: Sequence[str], out: TextIO) -> None:
    lines = [f"Polis is running. Open {settings.address}"]
    if not settings.organisation:
        lines.append("It speaks for an invented insurer; POLIS_ORGANISATION names yours.")
    lines += law(settings)
    if settings.demo and not settings.sms_url:
        lines.append(f"One-time codes of the demonstration: {settings.address}/demo/inbox")
    lines.extend(told)
    lines.append("Ctrl+C stops it; nothing is lost.")
    out.write("\n".join(lines) + "\n")
    out.flush()
