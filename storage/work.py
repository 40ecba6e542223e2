"""What can be asked of the database: a unit of work, and a look."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, literal_column, select

from dialogs.effects import Wondered
from dialogs.json import Json
from dialogs.lifecycle import Application
from dialogs.message import Message
from storage import (
    applications,
    chats,
    claiming,
    consents,
    files,
    inbox,
    messages,
    outbox,
    parked,
    records,
    reminders,
    retention,
    settings,
    wondered,
)
from storage.application_work import ApplicationLook, ApplicationWork
from storage.applications import Amendment, Filing, Moving, Paper
from storage.arrival_work import ArrivalLook, ArrivalWork
from storage.chats import Address, Chat
from storage.desk_work import DeskLook, DeskWork
from storage.dossier_work import DossierLook
from storage.extract_work import ExtractLook, ExtractWork
from storage.figure_work import FigureLook, FigureWork
from storage.files import KeptFile, Placing
from storage.forum_work import ForumLook, ForumWork
from storage.inbox import Key
from storage.leftover_work import LeftoverLook, LeftoverWork
from storage.line_work import LineWork
from storage.move_work import MoveWork
from storage.notice_work import NoticeLook, NoticeWork
from storage.outbox import Lane, Posted, Posting
from storage.parked import Parking
from storage.people_work import PeopleLook, PeopleWork
from storage.reminders import Due, Wish
from storage.run import Run
from storage.talk_work import TalkLook, TalkWork
from storage.watch_work import WatchLook, WatchWork
from storage.window_work import WindowLook, WindowWork


class Work(
    ApplicationWork,
    PeopleWork,
    LeftoverWork,
    ExtractWork,
    DeskWork,
    TalkWork,
    LineWork,
    ArrivalWork,
    NoticeWork,
    WindowWork,
    FigureWork,
    WatchWork,
    MoveWork,
    ForumWork,
):
    """One transaction: all of it is written, or nothing."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def admit(self, keys: Iterable[Key], now: datetime) -> set[Key]:
        """Write down what was received and return what was not there before."""
        return await self._run(inbox.admit, keys, now)

    async def chats(
        self,
        addresses: Iterable[Address],
        now: datetime,
        languages: Mapping[Address, str],
    ) -> dict[Address, Chat]:
        """Load chats for change, creating new ones in the given languages."""
        return await self._run(chats.chats, addresses, now, languages)

    async def keep(self, changed: Iterable[Chat], now: datetime) -> None:
        """Write back chats that this work has loaded."""
        await self._run(chats.keep, changed, now)

    async def record(self, said: Iterable[tuple[int, Message]]) -> None:
        """Add messages to histories; the number is the chat's id."""
        await self._run(messages.record, said)

    async def post(self, postings: Iterable[Posting]) -> None:
        """Put recorded messages into the outbox."""
        await self._run(outbox.post, postings)

    async def applications(self, chat_ids: Iterable[int]) -> dict[int, tuple[Application, ...]]:
        """Read the newest applications of chats, by id, the newest first."""
        return await self._run(applications.of_chats, chat_ids)

    async def papers(self, numbers: Iterable[str]) -> dict[str, Paper]:
        """Read applications with their answers, by number."""
        return await self._run(applications.papers, numbers)

    async def file(self, filings: Iterable[Filing]) -> None:
        """Write down applications that people have filed."""
        await self._run(applications.file, filings)

    async def amend(self, amendments: Iterable[Amendment]) -> None:
        """Put new answers in the place of those filed."""
        await self._run(applications.amend, amendments)

    async def move(self, movings: Iterable[Moving]) -> None:
        """Write down moves of applications, in order."""
        await self._run(applications.move, movings)

    async def remind(self, wishes: Iterable[Wish]) -> None:
        """Set reminders; a later wish of the same name takes the place of the earlier."""
        await self._run(reminders.remind, wishes)

    async def forget(self, names: Iterable[tuple[int, str]]) -> None:
        """Drop reminders, each by its chat's id and its name."""
        await self._run(reminders.forget, names)

    async def wake(self, alarms: Iterable[Wish]) -> set[Wish]:
        """Take reminders of loaded chats out; return those that were still set so."""
        return await self._run(reminders.wake, alarms)

    async def claim_reminders(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Due]:
        """Take up reminders whose moment has come; see `storage.reminders.claim`."""
        return await self._run(reminders.claim, now, lease, limit)

    async def consent(self, given: Iterable[tuple[int, str]], now: datetime) -> None:
        """Record consents, each with its chat's id and the version of the text."""
        await self._run(consents.consent_to, given, now)

    async def keep_file(self, kept: KeptFile, channel: str, address: str) -> None:
        """Keep a file for a chat, which may be new; it is loose until it is given a place."""
        await self._run(files.keep, kept, channel, address)

    async def place_files(self, placings: Iterable[Placing]) -> None:
        """Give files of chats their places, and drop those that have none."""
        await self._run(files.place, placings)

    async def park(self, events: Iterable[Parking], now: datetime) -> None:
        """Keep events that the core could not take."""
        await self._run(parked.park, events, now)

    async def wonder(self, questions: Iterable[tuple[str, Wondered]], now: datetime) -> None:
        """Keep questions asked in vain, each with its language."""
        await self._run(wondered.wonder, questions, now)

    async def put(self, key: str, value: Json, now: datetime) -> None:
        """Set one setting of the organisation."""
        await self._run(settings.put, key, value, now)

    async def claim(
        self,
        channel: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        lanes: Sequence[Lane] = ("dialog", "notice"),
    ) -> list[Posted]:
        """Take what is due in at most ``limit`` chats, dialogs first, until the lease lapses.

        The messages of a chat stand together: send them one after another.
        """
        return await self._run(claiming.claim, channel, now, lease, limit, lanes)

    async def sent(self, receipts: Iterable[tuple[int, str]], now: datetime) -> None:
        """Settle claimed messages by id, each with the channel's name for it."""
        await self._run(outbox.sent, receipts, now)

    async def failed(self, refusals: Iterable[tuple[int, str]], now: datetime) -> None:
        """Settle claimed messages by id as never to be sent, each with the reason."""
        await self._run(outbox.failed, refusals, now)

    async def later(self, holds: Iterable[tuple[int, datetime]]) -> None:
        """Hold whole chats, by id, until a moment each."""
        await self._run(outbox.later, holds)

    async def gone(self, chat_ids: Iterable[int], now: datetime) -> None:
        """Note that people refuse our messages, and drop what was on its way to them."""
        await self._run(outbox.gone, chat_ids, now)

    async def forget_messages(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` messages older than that, but none still to be sent."""
        return await self._run(retention.messages, before, limit)

    async def forget_inbox(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` keys of what was received earlier."""
        return await self._run(retention.received, before, limit)

    async def forget_parked(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` events parked earlier."""
        return await self._run(retention.parked_events, before, limit)

    async def forget_wondered(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` questions asked earlier."""
        return await self._run(retention.questions, before, limit)

    async def forget_files(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` files received earlier, whatever they belong to."""
        return await self._run(retention.files, before, limit)

    async def forget_loose_files(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` files that have had no place since earlier."""
        return await self._run(retention.loose_files, before, limit)

    async def forget_applications(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` applications that ended earlier, with all that is theirs."""
        return await self._run(records.applications, before, limit)

    async def forget_consents(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` consents given earlier that nothing rests on any more."""
        return await self._run(records.consents, before, limit)


class Look(
    ApplicationLook,
    PeopleLook,
    ExtractLook,
    DeskLook,
    TalkLook,
    ArrivalLook,
    NoticeLook,
    WindowLook,
    FigureLook,
    DossierLook,
    WatchLook,
    LeftoverLook,
    ForumLook,
):
    """Reading only; each call sees what was committed before it."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def messages_after(
        self, channel: str, address: str, seq: int, limit: int
    ) -> Sequence[Message]:
        """Read what follows ``seq`` in a chat, oldest first."""
        return await self._run(messages.after, channel, address, seq, limit)

    async def messages_before(
        self, channel: str, address: str, seq: int | None, limit: int
    ) -> Sequence[Message]:
        """Read the last messages before ``seq`` (None: the newest), oldest first."""
        return await self._run(messages.before, channel, address, seq, limit)

    async def told_after(
        self, channel: str, address: str, seq: int, limit: int
    ) -> Sequence[Message]:
        """Read what follows ``seq`` in a chat as the citizen sees it, oldest first."""
        return await self._run(messages.after, channel, address, seq, limit, told=True)

    async def told_before(
        self, channel: str, address: str, seq: int | None, limit: int
    ) -> Sequence[Message]:
        """Read the last messages before ``seq`` (None: the newest) as the citizen sees them."""
        return await self._run(messages.before, channel, address, seq, limit, told=True)

    async def chat(self, channel: str, address: str) -> Chat | None:
        """Look at one chat."""
        return await self._run(chats.one, channel, address)

    async def application(self, number: str) -> Paper | None:
        """Look at an application with its answers."""
        return (await self._run(applications.papers, [number])).get(number)

    async def has_due_reminders(self, now: datetime) -> bool:
        """Tell whether there are conversations to be woken."""
        return await self._run(reminders.wait, now)

    async def next_reminder(self) -> datetime | None:
        """Find the moment of the next reminder; None when there is none."""
        return await self._run(reminders.following)

    async def file(self, channel: str, address: str, name: str) -> KeptFile | None:
        """Look at a file of this chat, and of no other."""
        return await self._run(files.one, channel, address, name)

    async def settings(self) -> dict[str, Json]:
        """Read the settings of the organisation."""
        return await self._run(settings.every)

    async def outbox_depth(self) -> dict[str, int]:
        """Count what is waiting to be sent, by channel."""
        return await self._run(outbox.depth)

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        await self._run(_ping)


def _ping(connection: Connection) -> None:
    connection.execute(select(literal_column("1")))
