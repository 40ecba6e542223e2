"""The assistant put together: words, answers, organisation, database, turns."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot import receipts
from bot.codes import Codes
from bot.conversing import Conversing
from bot.errands import Errands
from bot.gateway import Gateway
from bot.library import read_library
from bot.live import Live
from bot.metrics import Metrics
from bot.moving import MovingErrands
from bot.notices.attachments import Attachments
from bot.notices.broadcasting import Broadcasting
from bot.notices.daytime import daytime
from bot.notices.lists import Lists
from bot.notices.notices import Notices
from bot.notices.planning import Planning
from bot.notices.trials import Trials
from bot.organisation import Organisation, read_organisation
from bot.people_errands import Make, Means, PeopleErrands
from bot.register.port import Register
from bot.scanning.errand import ScanErrand
from bot.sharing import Sharing
from bot.takeover.leading import Leading
from bot.texts import LANGUAGES, Catalogue, read_words
from bot.turns import Turns
from dialogs.faq.library import Library
from dialogs.forms import FORMS
from dialogs.world import World
from storage.db import Store
from storage.journal import Chain

_SOON = timedelta(seconds=10)  # nothing that moves waits for anybody but the database
_PHOTOS_AT_ONCE = 2  # one is read while the next is fetched


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

    def worlds(
        self, *, sends_codes: bool = False, reads_photos: bool = False, calls: bool = False
    ) -> Callable[[datetime], World]:
        """Make the maker of each turn's world; the organisation's values change by day.

        ``calls`` where representatives can be called into the chat.
        """

        @lru_cache(maxsize=2)
        def values(today: date) -> dict[str, dict[str, str]]:
            return {
                language: self.organisation.values(words, today)
                for language, words in self.words.items()
            }

        zone = self.organisation.zone
        desk = self.organisation.desk if calls else None

        def world(now: datetime) -> World:
            here = now.astimezone(zone)
            return World(
                here,
                self.words,
                self.library,
                values(here.date()),
                FORMS,
                promises=self.organisation.terms,
                sends_codes=sends_codes,
                desk=desk,
                reads_photos=reads_photos,
            )

        return world


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that channels are hung upon; built once, by `assemble`."""

    knowledge: Knowledge
    store: Store
    metrics: Metrics
    live: Live
    turns: Turns
    clock: Callable[[], datetime]
    leading: Leading
    notices: Notices
    broadcasting: Broadcasting
    trials: Trials
    lists: Lists
    attachments: Attachments
    errands: tuple[Errands, ...] = ()
    sharing: Sharing | None = None


@dataclass(frozen=True, slots=True)
class Proving:
    """What it takes to let people prove who they are, and to give them their extract.

    Without a ``gateway`` that is possible only in the ``vouching`` channels, which know a
    person's own phone.
    """

    register: Register
    gateway: Gateway | None
    codes: Codes
    make: Make
    vouching: frozenset[str] = frozenset()


def assemble(  # noqa: PLR0913 — the parts of the composition, named by those who call
    knowledge: Knowledge,
    store: Store,
    clock: Callable[[], datetime] = utc_now,
    pushed: Collection[str] = (),
    proving: Proving | None = None,
    metrics: Metrics | None = None,
    *,
    calls: bool = False,
    scanning: ScanErrand | None = None,
    withheld: Collection[str] = (),
    codes: Codes | None = None,
    chain: Chain | None = None,
) -> Assistant:
    """Put the parts together.

    ``pushed`` names the channels that messages are sent through; without ``proving`` nobody
    can prove here who they are, without ``scanning`` photos of policies are not read, and
    unless ``calls`` no representative can be called. ``withheld`` names the channels in which
    personal data may not travel. ``codes`` are all processes' alike, or else good for this one.
    ``chain`` is the key of the journal, in which turns write the deeds of the staff.
    """
    metrics = metrics or Metrics()
    live = Live()
    codes = codes or (proving.codes if proving else Codes(secrets.token_urlsafe()))
    sends_codes = proving is not None and proving.gateway is not None
    conversing = Conversing(
        knowledge.worlds(sends_codes=sends_codes, reads_photos=scanning is not None, calls=calls),
        receipts.new_number,
        codes,
        proving.vouching if proving else (),
        withheld,
    )
    turns = Turns(store, conversing, metrics, clock, pushed, chain=chain)
    turns.on_commit(live.tell)
    turns.on_talk(live.tell_queue)
    turns.on_application(live.tell_applications)
    lease = knowledge.organisation.desk.lease
    leading = Leading(turns, store, clock, live, lease)
    sharing = Sharing(store.signals, live) if store.signals else None
    errands = tuple(_errands(knowledge, store, turns, clock, proving, scanning))
    turns.on_errand(lambda: _wake(errands))
    notices, broadcasting = _notices(knowledge, store, live, clock, ("web", *pushed), withheld)
    trials = Trials(store, notices.planning, codes, clock, live)
    return Assistant(
        knowledge,
        store,
        metrics,
        live,
        turns,
        clock,
        leading,
        notices,
        broadcasting,
        trials,
        Lists(store, notices),
        Attachments(store),
        errands,
        sharing,
    )


def _notices(
    knowledge: Knowledge,
    store: Store,
    live: Live,
    clock: Callable[[], datetime],
    channels: Collection[str],
    withheld: Collection[str],
) -> tuple[Notices, Broadcasting]:
    organisation = knowledge.organisation
    may_carry = {name: name not in withheld for name in channels}
    planning = Planning(knowledge.words, knowledge.library, organisation, may_carry)
    awake = daytime(organisation.zone)
    broadcasting = Broadcasting(store, planning, live, clock, awake)
    return Notices(store, planning, broadcasting, clock, live), broadcasting


def _errands(
    knowledge: Knowledge,
    store: Store,
    turns: Turns,
    clock: Callable[[], datetime],
    proving: Proving | None,
    scanning: ScanErrand | None,
) -> Iterator[Errands]:
    """Do errands in lanes: reading photos takes seconds, and nobody's extract waits for it."""
    zone = knowledge.organisation.zone
    if proving:
        means = Means(
            proving.register,
            proving.gateway,
            proving.codes,
            proving.make,
            knowledge.words,
            clock,
            today=lambda: clock().astimezone(zone).date(),
        )
        yield Errands(store, turns, clock, PeopleErrands(store, means).doers())
    if scanning:
        yield Errands(store, turns, clock, scanning.doers(), at_once=_PHOTOS_AT_ONCE)
    moving = MovingErrands(store, turns, clock).doers()
    yield Errands(store, turns, clock, moving, lease=_SOON)


def _wake(errands: Collection[Errands]) -> None:
    for lane in errands:
        lane.wake()


@asynccontextmanager
async def turning(assistant: Assistant) -> AsyncIterator[None]:
    """Commit turns inside the block; at its end what was taken is committed first."""
    failure: Exception | None = None
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(assistant.turns.run())
        for errands in assistant.errands:
            tasks.create_task(errands.run())
        tasks.create_task(assistant.broadcasting.run())
        if assistant.sharing:
            tasks.create_task(assistant.sharing.run())
        try:
            yield
        except Exception as error:  # noqa: BLE001 — raised again below, and not as a group
            failure = error
        finally:
            for errands in assistant.errands:
                errands.close()
            assistant.broadcasting.close()
            if assistant.sharing:
                assistant.sharing.close()
            assistant.turns.close()
    if failure:
        raise failure
