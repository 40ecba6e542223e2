"""One turn of one conversation in memory: the core asked, its wishes sorted."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.channels.base import Letter
from dialogs.effects import Conceal, Effect, File, Rated, Relay, Say, Wondered
from dialogs.identifiers import hide
from dialogs.incoming import Attached, Filed, Incoming, Pressed, Said, Unreadable
from dialogs.message import Message, Voice
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from dialogs.world import World
from storage.applications import Filing
from storage.chats import Chat


@dataclass(slots=True)
class Outcome:
    """Everything that one letter comes to, ready to be written down together.

    ``error`` is the class of what the core raised: then the session is as it was.
    """

    chat: Chat
    said: list[Message] = field(default_factory=list)
    filed: list[Filing] = field(default_factory=list)
    wondered: list[Wondered] = field(default_factory=list)
    rated: list[Rated] = field(default_factory=list)
    error: str = ""

    def say(self, voice: Voice, at: datetime, say: Say, **more: object) -> None:
        """Add a message to the history at the next place."""
        seq = self.chat.last_seq + 1
        message = Message(seq, voice, at, say.text, say.buttons, say.note, say.data, **more)  # type: ignore[arg-type]  # files and key
        self.said.append(message)
        self.chat = replace(self.chat, last_seq=seq)


class Conversing:
    """Lets a letter change a chat; pure but for the numbers it hands out."""

    def __init__(self, world: Callable[[datetime], World], number: Callable[[], str]) -> None:
        self._world = world
        self._number = number

    def turn(self, chat: Chat, letter: Letter, now: datetime) -> Outcome:
        """Ask the core until no answers of the world are left."""
        world = self._world(now)
        outcome = Outcome(replace(chat, gone_at=None))
        session, lost = self._session(chat, letter, world)
        self._hear(outcome, session, letter, world)
        queue: deque[Incoming] = deque([*lost, letter.incoming])
        while queue:
            turn = respond(session, queue.popleft(), world)
            session = turn.session
            for effect in turn.effects:
                queue.extend(self._obey(outcome, effect, now))
        outcome.chat = replace(outcome.chat, language=session.language, session=dump(session))
        return outcome

    def apologise(self, chat: Chat, letter: Letter, now: datetime, error: str) -> Outcome:
        """Answer a letter that made the core raise; the session stays as it was."""
        world = self._world(now)
        outcome = Outcome(replace(chat, gone_at=None), error=error)
        session = Session(language=_language(chat, letter, world))
        self._hear(outcome, session, letter, world)
        # The core did not come to say what to conceal.
        outcome.said = [replace(one, text=hide(one.text)[0]) for one in outcome.said]
        outcome.say("assistant", now, Say(world.words[session.language]("apology")))
        return outcome

    def _session(self, chat: Chat, letter: Letter, world: World) -> tuple[Session, list[Incoming]]:
        if isinstance(chat.session, dict):
            session, lost = load(chat.session, world.forms)
            return session, list(lost)
        return Session(language=_language(chat, letter, world)), []

    def _hear(self, outcome: Outcome, session: Session, letter: Letter, world: World) -> None:
        """Write the person's own side into the history."""
        words = world.words[session.language]
        key = letter.key.removeprefix(f"{letter.chat}:")
        files: tuple[str, ...] = ()
        match letter.incoming:
            case Said(text):
                said = text
            case Pressed(code):
                offered = (button.label for button in session.offered if button.code == code)
                said = next(offered, words("history.pressed"))
            case Attached(attached, caption):
                said, files = caption, tuple(file.kind for file in attached)
            case Unreadable(kind):
                said = words(f"history.{kind}")
            case _:
                return
        outcome.say("citizen", letter.sent_at, Say(said), files=files, key=key)

    def _obey(self, outcome: Outcome, effect: Effect, now: datetime) -> list[Incoming]:
        match effect:
            case Say():
                outcome.say("assistant", now, effect)
            case Conceal(text):
                outcome.said[0] = replace(outcome.said[0], text=text)
            case Relay():
                pass  # The history, which a representative reads, has it already.
            case Wondered():
                outcome.wondered.append(effect)
            case Rated():
                outcome.rated.append(effect)
            case File(form, version, answers):
                number = self._number()
                filing = Filing(outcome.chat.id, number, form, version, dict(answers), now)
                outcome.filed.append(filing)
                return [Filed(form, number)]
            case _:
                assert_never(effect)
        return []


def _language(chat: Chat, letter: Letter, world: World) -> str:
    known = chat.language or letter.language[:2].lower()
    return known if known in world.words else "ru"
