"""The assistant put together: words, answers, organisation, database, turns."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from bot import receipts
from bot.conversing import Conversing
from bot.history import News
from bot.library import read_library
from bot.metrics import Metrics
from bot.organisation import Organisation, read_organisation
from bot.texts import LANGUAGES, Catalogue, read_words
from bot.turns import Turns
from dialogs.faq.library import Library
from dialogs.forms import FORMS
from dialogs.world import World
from storage.db import Store


def utc_now() -> datetime:
    """Read the clock; the only place that does."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the assistant knows before anybody speaks."""

    words: dict[str, Catalogue]
    library: Library
    organisation: Organisation

    @classmethod
    def read(cls, organisation: Path) -> "Knowledge":
        """Read it all from files; raises what the readers raise for their editors."""
        return cls(
            words={language: read_words(language) for language in LANGUAGES},
            library=read_library(),
            organisation=read_organisation(organisation),
        )

    def worlds(self) -> Callable[[datetime], World]:
        """Make the maker of each turn's world; the organisation's values change by day."""

        @lru_cache(maxsize=2)
        def values(today: date) -> dict[str, dict[str, str]]:
            return {
                language: self.organisation.values(words, today)
                for language, words in self.words.items()
            }

        zone = self.organisation.zone

        def world(now: datetime) -> World:
            here = now.astimezone(zone)
            return World(
                here,
                self.words,
                self.library,
                values(here.date()),
                FORMS,
                promises=self.organisation.terms,
            )

        return world


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that channels are hung upon; built once, by `assemble`."""

    knowledge: Knowledge
    store: Store
    metrics: Metrics
    news: News
    turns: Turns
    clock: Callable[[], datetime]


def assemble(
    knowledge: Knowledge,
    store: Store,
    clock: Callable[[], datetime] = utc_now,
    pushed: Collection[str] = (),
) -> Assistant:
    """Put the parts together; ``pushed`` names the channels that messages are sent through."""
    metrics = Metrics()
    news = News()
    conversing = Conversing(knowledge.worlds(), receipts.new_number)
    turns = Turns(store, conversing, metrics, clock, pushed)
    turns.on_commit(news.tell)
    return Assistant(knowledge, store, metrics, news, turns, clock)


@asynccontextmanager
async def turning(assistant: Assistant) -> AsyncIterator[None]:
    """Commit turns inside the block; at its end what was taken is committed first."""
    failure: Exception | None = None
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(assistant.turns.run())
        try:
            yield
        except Exception as error:  # noqa: BLE001 — raised again below, and not as a group
            failure = error
        finally:
            assistant.turns.close()
    if failure:
        raise failure
