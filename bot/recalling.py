"""What a batch of turns has to know before it is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.base import Letter
from bot.codes import Codes
from bot.identifying import KnownPeople, Tally
from bot.letters import Alarm, Decision, Reply
from dialogs.attempts import Counted
from dialogs.effects import Button
from dialogs.incoming import Said
from dialogs.insured import Linked
from dialogs.json import Json
from dialogs.lifecycle import Application
from dialogs.notices.content import Kind
from dialogs.session import Session
from storage.applications import Paper
from storage.chats import BOT, Address, Chat
from storage.identity import Proof
from storage.reminders import Wish
from storage.talk_lists import Line
from storage.talks import Talk
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to one turn: the chat's applications, the newest first.

    ``talk`` is what is under way with a representative; ``line`` how people wait for one, None
    until somebody asks. ``paper`` is the application that a decision is about, None when there
    is no such; ``tally`` is shared by the turns of a batch.
    ``offered`` are the buttons of a notice, where that is the last thing in the chat.
    ``chosen`` is what the person has said of kinds of notices, None until somebody asks.
    """

    applications: tuple[Application, ...] = ()
    paper: Paper | None = None
    talk: Talk | None = None
    line: Line | None = None
    people: KnownPeople = field(default_factory=KnownPeople)
    tally: Tally = field(default_factory=Tally)
    offered: tuple[Button, ...] = ()
    chosen: Mapping[Kind, bool] | None = None

    def seen(self, session: Session) -> Session:
        """Let what is typed mean what the person sees last, which may be a notice's question."""
        return replace(session, offered=self.offered) if self.offered else session


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known to a batch, read while its chats are locked."""

    chats: Mapping[Address, Chat]
    applications: Mapping[int, tuple[Application, ...]]
    papers: Mapping[str, Paper]
    talks: Mapping[int, Talk]
    standing: frozenset[Wish]
    errands: frozenset[str]
    people: Mapping[int, tuple[Linked, ...]]
    proofs: Mapping[int, Proof]
    places: Mapping[Address, Mapping[Counted, str]]
    tally: Tally
    line: Line | None = None
    offered: Mapping[int, tuple[Button, ...]] = field(default_factory=dict)
    chosen: Mapping[int, Mapping[Kind, bool]] | None = None

    def stands(self, letter: Letter) -> bool:
        """Tell whether a letter still holds: an alarm only while its reminder was set so."""
        match letter:
            case Alarm():
                return _wish(letter, self.chats) in self.standing
            case Reply(errand=errand):
                return errand in self.errands
        return True

    def of(self, letter: Letter) -> Known:
        """Pick what the turn of one letter knows."""
        chat = self.chats[letter.channel, letter.chat]
        number = letter.incoming.number if isinstance(letter, Decision) else ""
        people = KnownPeople(
            self.people.get(chat.id, ()),
            self.proofs.get(chat.id),
            self.places.get((letter.channel, letter.chat), {}),
        )
        return Known(
            self.applications.get(chat.id, ()),
            self.papers.get(number),
            self.talks.get(chat.id),
            self.line,
            people,
            self.tally,
            self.offered.get(chat.id, ()),
            None if self.chosen is None else self.chosen.get(chat.id, {}),
        )


async def recall(
    work: Work,
    chats: Mapping[Address, Chat],
    letters: Sequence[Letter],
    codes: Codes,
    now: datetime,
) -> Recalled:
    """Read what the letters are about, and take out the reminders that woke us."""
    alarms = [_wish(letter, chats) for letter in letters if isinstance(letter, Alarm)]
    holders = [chat.id for chat in chats.values() if chat.applications]
    decided = [one.incoming.number for one in letters if isinstance(one, Decision)]
    called = [chat.id for chat in chats.values() if chat.owner != BOT]
    done = [one.errand for one in letters if isinstance(one, Reply)]
    proving = [chat.id for chat in chats.values() if _answers(chat) is not None]
    places = {(one.channel, one.chat): _places(one, chats, codes) for one in letters}
    asked = [
        chats[one.channel, one.chat].id
        for one in letters
        if isinstance(one.incoming, Said) and _is_asked(chats[one.channel, one.chat])
    ]
    keys = {key for place in places.values() for key in place.values()}
    return Recalled(
        chats,
        await work.applications(holders) if holders else {},
        await work.papers(decided) if decided else {},
        await work.talks(called) if called else {},
        frozenset(await work.wake(alarms)) if alarms else frozenset(),
        frozenset(await work.settle(done)) if done else frozenset(),
        await work.people(chat.id for chat in chats.values()),
        await work.proofs(proving) if proving else {},
        places,
        Tally(await work.attempts(keys, now)) if keys else Tally(),
        offered=await work.notice_buttons(asked) if asked else {},
    )


def _wish(alarm: Alarm, chats: Mapping[Address, Chat]) -> Wish:
    return chats[alarm.channel, alarm.chat].id, alarm.incoming.name, alarm.due_at


def _is_asked(chat: Chat) -> bool:
    """Tell whether the last thing in a chat is a notice: what is typed may answer it."""
    return chat.notice_seq == chat.last_seq


def _answers(chat: Chat) -> Mapping[str, Json] | None:
    """Read what somebody who is saying who they are has answered so far."""
    match chat.session:
        case {"proving": {"answers": dict(answers)}}:
            return answers
    return None


def _places(letter: Letter, chats: Mapping[Address, Chat], codes: Codes) -> Mapping[Counted, str]:
    """Name where an attempt would be counted, once it may be made: when a phone is known."""
    chat = chats[letter.channel, letter.chat]
    answers = _answers(chat)
    if not answers or "phone" not in answers:
        return {}
    places: dict[Counted, str] = {
        "chat": codes.of_place("chat", str(chat.id)),
        "phone": codes.of_place("phone", str(answers["phone"])),
    }
    if letter.origin:
        places["address"] = codes.of_place("address", letter.origin)
    return places
