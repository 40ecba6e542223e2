"""The messengers there are, each built only where it is switched on."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from bot.assistant import Assistant, Knowledge
from bot.channels.base import Documents, Messenger, Surroundings
from bot.lines import Line
from bot.receiving import Receiving
from bot.settings import BadSettings, Settings

Builder: TypeAlias = Callable[[Settings, Knowledge, Surroundings], Messenger[Any]]
"""Builds a messenger, importing its module only now; raises ValueError for what it cannot use."""

# A messenger's module gets a frozen dataclass of its own, made of the settings here.
CHANNELS: Mapping[str, Builder] = {}
"""Builders by published name; the web chat is no messenger, it reads the history by itself."""


def pushed(settings: Settings) -> tuple[str, ...]:
    """Name the channels that messages have to be sent through."""
    return tuple(name for name in settings.channel_names if name != "web")


def build_lines(
    assistant: Assistant,
    settings: Settings,
    documents: Documents,
    channels: Mapping[str, Builder] = CHANNELS,
) -> list[Line]:
    """Build the messengers that are switched on, and have each woken by what is said in it."""
    store, metrics, clock = assistant.store, assistant.metrics, assistant.clock
    arrivals = Receiving(store, assistant.turns, metrics, clock)
    surroundings = Surroundings(arrivals, documents, assistant.knowledge.words, clock)
    lines: dict[str, Line] = {}
    for name in pushed(settings):
        if name not in channels:
            raise BadSettings(f"POLIS_CHANNELS names {name}, which is not in this version")
        try:
            messenger = channels[name](settings, assistant.knowledge, surroundings)
        except ValueError as error:
            raise BadSettings(
                f"the settings POLIS_{name.upper()}_… cannot be used: {error}"
            ) from None
        lines[name] = Line(messenger, store, metrics, clock)

    def wake(changed: Collection[tuple[str, str]]) -> None:
        for name in {channel for channel, _ in changed} & lines.keys():
            lines[name].sender.wake()

    assistant.turns.on_commit(wake)
    return list(lines.values())
