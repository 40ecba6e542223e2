"""What can be asked of the database: a unit of work, and a look."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, literal_column, select

from dialogs.effects import Wondered
from dialogs.json import Json
from storage import chats, consents, inbox, parked, settings, wondered
from storage.application_work import ApplicationLook, ApplicationWork
from storage.arrival_work import ArrivalLook, ArrivalWork
from storage.chats import Address, Chat
from storage.desk_work import DeskLook, DeskWork
from storage.dossier_work import DossierLook
from storage.extract_work import ExtractLook, ExtractWork
from storage.figure_work import FigureLook, FigureWork
from storage.file_work import FileLook, FileWork
from storage.forum_work import ForumLook, ForumWork
from storage.inbox import Key
from storage.leftover_work import LeftoverLook, LeftoverWork
from storage.line_work import LineWork
from storage.message_work import MessageLook, MessageWork
from storage.move_work import MoveWork
from storage.notice_work import NoticeLook, NoticeWork
from storage.outbox_work import OutboxLook, OutboxWork
from storage.parked import Parking
from storage.people_work import PeopleLook, PeopleWork
from storage.reminder_work import ReminderLook, ReminderWork
from storage.retention_work import RetentionWork
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
    MessageWork,
    OutboxWork,
    ReminderWork,
    FileWork,
    RetentionWork,
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

    async def consent(self, given: Iterable[tuple[int, str]], now: datetime) -> None:
        """Record consents, each with its chat's id and the version of the text."""
        await self._run(consents.consent_to, given, now)

    async def park(self, events: Iterable[Parking], now: datetime) -> None:
        """Keep events that the core could not take."""
        await self._run(parked.park, events, now)

    async def wonder(self, questions: Iterable[tuple[str, Wondered]], now: datetime) -> None:
        """Keep questions asked in vain, each with its language."""
        await self._run(wondered.wonder, questions, now)

    async def put(self, key: str, value: Json, now: datetime) -> None:
        """Set one setting of the organisation."""
        await self._run(settings.put, key, value, now)


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
    MessageLook,
    OutboxLook,
    ReminderLook,
    FileLook,
):
    """Reading only; each call sees what was committed before it."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def chat(self, channel: str, address: str) -> Chat | None:
        """Look at one chat."""
        return await self._run(chats.one, channel, address)

    async def settings(self) -> dict[str, Json]:
        """Read the settings of the organisation."""
        return await self._run(settings.every)

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        await self._run(_ping)


def _ping(connection: Connection) -> None:
    connection.execute(select(literal_column("1")))
