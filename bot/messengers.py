"""The messengers there are, each built only where it is switched on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from aiohttp import web

from bot.assistant import Assistant, Knowledge
from bot.channels.base import Documents, Messenger, Surroundings
from bot.channels.board import HasBoard
from bot.fetching import Fetching
from bot.forum.forum import Forum
from bot.lines import Line
from bot.notices.daytime import daytime
from bot.parcels import Parcels
from bot.receiving import Receiving
from bot.safekeeping import Safe
from bot.sending.clearance import Withholding
from bot.settings import BadSettings, Settings
from bot.windows import Links

Builder: TypeAlias = Callable[[Settings, Knowledge, Surroundings], Messenger[Any]]
"""Builds a messenger, importing its module only now; raises ValueError for what it cannot use."""


def _telegram(settings: Settings, _: Knowledge, surroundings: Surroundings) -> Messenger[Any]:
    from bot.channels.telegram import build
    from bot.channels.telegram.messenger import TelegramSettings

    return build(
        TelegramSettings(
            token=settings.telegram_token,
            api_url=settings.telegram_api_url,
            webhook=settings.webhook("telegram"),
            secret=settings.telegram_webhook_secret,
            forum=settings.telegram_forum,
            paid_per_second=settings.telegram_paid_per_second,
        ),
        surroundings,
    )


def _whatsapp(
    settings: Settings, knowledge: Knowledge, surroundings: Surroundings
) -> Messenger[Any]:
    from bot.channels.whatsapp import Approved, WhatsAppSettings, build

    agreed = knowledge.organisation.whatsapp.templates
    return build(
        WhatsAppSettings(
            token=settings.whatsapp_token,
            phone_number_id=settings.whatsapp_phone_number_id,
            app_secret=settings.whatsapp_app_secret,
            verify_token=settings.whatsapp_verify_token,
            api_url=settings.whatsapp_api_url,
            graph_version=settings.whatsapp_graph_version,
            per_second=settings.whatsapp_per_second,
            templates={
                name: {lang: Approved(one.name, one.language) for lang, one in said.items()}
                for name, said in agreed.items()
            },
        ),
        surroundings,
    )


def _max(settings: Settings, _: Knowledge, surroundings: Surroundings) -> Messenger[Any]:
    from bot.channels.max import MaxSettings, build

    return build(
        MaxSettings(
            token=settings.max_token,
            api_url=settings.max_api_url,
            mode=settings.max_mode,
            webhook_secret=settings.max_webhook_secret,
            webhook_url=settings.webhook("max"),
            ca_file=settings.max_ca_file,
            contact_hash=settings.max_contact_hash,
        ),
        surroundings,
    )


CHANNELS: Final[Mapping[str, Builder]] = {
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "max": _max,
}
"""Builders by published name; the web chat is no messenger, it reads the history by itself."""


@dataclass(frozen=True, slots=True)
class Switchboard:
    """All messengers at work, and what they have in common."""

    lines: tuple[Line, ...]
    fetching: Fetching
    forum: Forum | None = None

    def routes(self) -> Iterator[web.RouteDef]:
        """List the addresses that messengers call."""
        for line in self.lines:
            yield from line.messenger.routes()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Let messengers work inside the block; at its end what is under way is sent first."""
        async with asyncio.TaskGroup() as tasks:
            endless = [tasks.create_task(self.fetching.run())]
            if self.forum:
                endless.append(tasks.create_task(self.forum.run()))
            for line in self.lines:
                tasks.create_task(line.run())
            try:
                yield
            finally:
                for task in endless:
                    task.cancel()
                for line in self.lines:
                    line.close()


def withheld(settings: Settings) -> tuple[str, ...]:
    """Name the channels in which personal data may not travel."""
    return tuple(name for name in settings.channel_names if settings.clearance(name) == "link")


def pushed(settings: Settings) -> tuple[str, ...]:
    """Name the channels that messages have to be sent through."""
    return tuple(name for name in settings.channel_names if name != "web")


def build_switchboard(
    assistant: Assistant,
    settings: Settings,
    documents: Documents,
    safe: Safe,
    channels: Mapping[str, Builder] = CHANNELS,
    forum: Forum | None = None,
) -> Switchboard:
    """Build the messengers that are switched on, and have each woken by what is said in it.

    The ``forum`` of the staff is in Telegram, and is there with it.
    """
    store, metrics, clock = assistant.store, assistant.metrics, assistant.clock
    parcels = Parcels(safe)
    arrivals = Receiving(store, assistant.turns, parcels, metrics, clock)
    words = assistant.knowledge.words
    surroundings = Surroundings(arrivals, documents, words, clock, forum)
    withholding = Withholding(Links(store, clock, settings.address), words)
    awake = daytime(assistant.knowledge.organisation.zone)
    lines: dict[str, Line] = {}
    for name in pushed(settings):
        try:
            messenger = channels[name](settings, assistant.knowledge, surroundings)
        except ValueError as error:
            raise BadSettings(
                f"the settings POLIS_{name.upper()}_… cannot be used: {error}"
            ) from None
        withheld = None if settings.clearance(name) == "allow" else withholding
        lines[name] = Line(messenger, store, metrics, clock, withheld, awake)
        assistant.notices.paces[name] = messenger.pace.of_notices

    def wake(changed: Collection[tuple[str, str]]) -> None:
        for name in {channel for channel, _ in changed} & lines.keys():
            lines[name].sender.wake()

    def wake_notices() -> None:
        for line in lines.values():
            line.sender.wake(("notice",))

    assistant.turns.on_commit(wake)
    assistant.broadcasting.on_news(wake_notices)
    messengers = {name: line.messenger for name, line in lines.items()}
    fetching = Fetching(store, assistant.turns, parcels, safe, messengers, clock)
    arrivals.on_files(fetching.wake)
    if forum and (line := lines.get("telegram")) and isinstance(line.messenger, HasBoard):
        forum.join(line.messenger.board, lambda: line.state().is_ours)
    return Switchboard(tuple(lines.values()), fetching, forum)
