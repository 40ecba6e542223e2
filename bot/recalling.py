"""What a batch of turns has to know before it is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.base import Letter
from bot.letters import Alarm, Decision
from dialogs.lifecycle import Application
from storage.applications import Paper
from storage.chats import Address, Chat
from storage.reminders import Wish
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to one turn: the chat's applications, the newest first.

    ``paper`` is the application that a decision is about, None when there is no such.
    """

    applications: tuple[Application, ...] = ()
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known to a batch, read while its chats are locked."""

    chats: Mapping[Address, Chat]
    applications: Mapping[int, tuple[Application, ...]]
    papers: Mapping[str, Paper]
    standing: frozenset[Wish]

    def stands(self, letter: Letter) -> bool:
        """Tell whether a letter still holds: an alarm only while its reminder was set so."""
        return not isinstance(letter, Alarm) or _wish(letter, self.chats) in self.standing

    def of(self, letter: Letter) -> Known:
        """Pick what the turn of one letter knows."""
        chat = self.chats[letter.channel, letter.chat]
        number = letter.incoming.number if isinstance(letter, Decision) else ""
        return Known(self.applications.get(chat.id, ()), self.papers.get(number))


async def recall(work: Work, chats: Mapping[Address, Chat], letters: Sequence[Letter]) -> Recalled:
    """Read what the letters are about, and take out the reminders that woke us."""
    alarms = [_wish(letter, chats) for letter in letters if isinstance(letter, Alarm)]
    holders = [chat.id for chat in chats.values() if chat.applications]
    decided = [one.incoming.number for one in letters if isinstance(one, Decision)]
    return Recalled(
        chats,
        await work.applications(holders) if holders else {},
        await work.papers(decided) if decided else {},
        frozenset(await work.wake(alarms)) if alarms else frozenset(),
    )


def _wish(alarm: Alarm, chats: Mapping[Address, Chat]) -> Wish:
    return chats[alarm.channel, alarm.chat].id, alarm.incoming.name, alarm.due_at
