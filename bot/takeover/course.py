"""A talk in the course of one turn: what it is by now, and what is to be written of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.takeover.deeds import CLOCK, Representative
from dialogs.hours import CLOSED
from dialogs.talk import MoveKind
from dialogs.world import World
from storage.chats import BOT, Chat
from storage.talks import Callback, Talk, TalkChange, TalkMove

QUEUE = "queue"
"""The owner of a chat that waits for a representative; the assistant goes on meanwhile."""


def owner_of(login: str) -> str:
    """Write who leads a chat as its owner."""
    return f"@{login}"


class Course:
    """The moves of one talk, recorded in the name of whoever acts (``by``).

    ``tell`` puts a grey line into the history, by its key and values. ``takes_over`` once a
    representative begins to lead.
    """

    def __init__(
        self,
        chat: Chat,
        known: Talk | None,
        world: World,
        now: datetime,
        tell: Callable[..., None],
    ) -> None:
        self.talk = known
        self.world = world
        self.desk = world.desk or CLOSED
        self.now = now
        self.tell = tell
        self.by = CLOCK
        self.callback: Callback | None = None
        self.takes_over = False
        self._owner = chat.owner
        self._before = known
        self._moves: list[TalkMove] = []

    @property
    def change(self) -> TalkChange | None:
        """What is to be written, if anything."""
        if self.talk is None or self.talk == self._before:
            return None
        seen = self._before.moves if self._before else 0
        return TalkChange(self.talk, seen, tuple(self._moves), self.callback)

    @property
    def first_reply(self) -> timedelta | None:
        """How long the citizen had waited for a person's first words, if these were spoken now."""
        first = self.talk and self._before and self.talk.begun_at != self._before.begun_at
        return self.now - self.talk.since if self.talk and first else None

    def owned(self, chat: Chat) -> Chat:
        """Write into the chat who leads; what the assistant had said before a takeover is late."""
        revision = chat.revision + 1 if self.takes_over else chat.revision
        return replace(chat, owner=self._owner, revision=revision)

    def lead(self, talk: Talk, kind: MoveKind, note: str = "", key: str = "") -> None:
        """Let the representative who has the talk owe an answer again."""
        led = replace(talk, state="led", due_at=self.now + self.desk.lease)
        self.move(kind, led, note, key)

    def give(
        self, talk: Talk, kind: MoveKind, to: Representative, note: str = "", key: str = ""
    ) -> None:
        """Give the talk to a representative, who owes an answer."""
        self._owner = owner_of(to.login)
        given = replace(talk, representative=to.login, representative_name=to.name)
        self.lead(given, kind, note, key)

    def queue(self, talk: Talk, kind: MoveKind, note: str = "") -> None:
        """Let the talk wait in line again."""
        self.wait()
        self.move(kind, replace(talk, state="queued", kind="live", due_at=None), note)
        if self.talk:
            self.talk = replace(self.talk, representative="", representative_name="")

    def wait(self) -> None:
        """Let the chat wait for whoever is free."""
        self._owner = QUEUE

    def close(self, kind: MoveKind, outcome: str) -> None:
        """End the talk; the assistant leads again."""
        if self.talk is None:
            return
        self._owner = BOT
        closed = replace(
            self.talk, state="closed", due_at=None, closed_at=self.now, outcome=outcome, unread=0
        )
        self.move(kind, closed)

    def move(self, kind: MoveKind, talk: Talk, note: str = "", key: str = "") -> None:
        """Record a move in the name of who acts; the citizen has none."""
        by = self.by
        self._moves.append(
            TalkMove(talk.moves, self.now, kind, talk.state, by.login, by.name, note, key)
        )
        self.talk = replace(talk, moves=talk.moves + 1)
