"""Talks and messages as the desk shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from bot.desk.visit import Visit
from bot.enclosures import enclosed
from dialogs.insured import Linked
from dialogs.message import Message
from dialogs.words import Words
from storage.deliveries import Delivery
from storage.talk_lists import Listed
from storage.talks import Talk

Norm: TypeAlias = Literal["good", "warn", "alert", ""]
"""How a wait stands to what is promised; the words beside it say the same."""

_OWED: Final = frozenset({"queued", "led"})
_SOON: Final = 0.6  # of the time that is allowed
_HOURS_FROM: Final = 90  # minutes; longer waits are told in hours
_DAYS_FROM: Final = 36  # hours


@dataclass(frozen=True, slots=True)
class Row:
    """A talk in a list. ``waits`` says in words since when somebody waits, empty if nobody."""

    talk: Talk
    channel: str
    who: str = field(repr=False)
    topic: str
    waits: str
    norm: Norm
    labels: Sequence[str]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class File:
    """What was attached: its kind, and its name if the desk may open it."""

    kind: str
    name: str = ""

    @property
    def is_photo(self) -> bool:
        """Tell whether it can be looked at."""
        return bool(self.name) and self.kind.startswith("image/")


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a history with how it fared."""

    said: Message
    tick: str
    is_failed: bool
    reason: str
    files: Sequence[File]


def rows(
    visit: Visit,
    listed: Sequence[Listed],
    people: Mapping[int, Sequence[Linked]],
    labels: Mapping[int, Sequence[str]],
) -> list[Row]:
    """Show talks of a list."""
    return [
        Row(
            one.talk,
            one.channel,
            who(one.talk.chat_id, people.get(one.talk.chat_id, ()), visit.words),
            topic(visit, one.talk.topic),
            waits(one.talk, visit.now, visit.words),
            norm(one.talk, visit.now),
            labels.get(one.talk.chat_id, ()),
            one.talk.representative == visit.staff.login,
        )
        for one in listed
    ]


def who(chat_id: int, people: Sequence[Linked], words: Words) -> str:
    """Name who writes: somebody proven shortly, as «Анна С.», anybody else as a guest."""
    for one in people:
        if one.role == "self":
            initial = f" {one.insured.surname[:1]}." if one.insured.given else ""
            return f"{one.insured.given or one.insured.surname}{initial}"
    return words("desk.talks.guest", number=chat_id)


def topic(visit: Visit, name: str) -> str:
    """Name what a talk is about: a form, or a topic of the answers."""
    if visit.words.has(f"{name}.title"):
        return visit.words(f"{name}.title")
    topics = visit.desk.assistant.knowledge.library.topics[visit.words.language]
    return topics[name].title if name in topics else ""


def waits(talk: Talk, now: datetime, words: Words) -> str:
    """Say for how long a citizen has waited for a person's words."""
    if talk.state not in _OWED:
        return ""
    return span(now - _since(talk), words)


def span(length: timedelta, words: Words) -> str:
    """Write how long something has lasted, as roughly as people speak of it."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return words("desk.talks.just_now")
    if minutes < _HOURS_FROM:
        return words("desk.talks.minutes", count=minutes)
    hours = round(minutes / 60)
    if hours < _DAYS_FROM:
        return words("desk.talks.hours", count=hours)
    return words("desk.talks.days", count=round(hours / 24))


def norm(talk: Talk, now: datetime) -> Norm:
    """Tell how a wait stands to what the insurer promises."""
    if talk.state not in _OWED:
        return ""
    since = _since(talk)
    allowed = talk.breach_at - talk.since
    if now >= since + allowed:
        return "alert"
    return "warn" if now >= since + allowed * _SOON else "good"


def lines(
    visit: Visit, messages: Sequence[Message], deliveries: Mapping[int, Delivery]
) -> list[Line]:
    """Show messages of a history."""
    return [_line(visit, one, deliveries.get(one.seq)) for one in messages]


def tick(words: Words, delivery: Delivery | None) -> str:
    """Say in words how far a message has come."""
    return words(f"desk.talks.tick.{delivery.state if delivery else 'here'}")


def reason(words: Words, delivery: Delivery | None) -> str:
    """Say in plain words why a message has not arrived."""
    if delivery is None or delivery.state not in {"failed", "unknown", "dropped"}:
        return ""
    key = f"desk.talks.reason.{delivery.reason.partition(' ')[0] or 'none'}"
    return words(key if words.has(key) else "desk.talks.reason.none")


def _line(visit: Visit, said: Message, delivery: Delivery | None) -> Line:
    is_told = said.voice == "representative" or (said.voice == "assistant" and delivery)
    return Line(
        said,
        tick(visit.words, delivery) if is_told else "",
        delivery is not None and delivery.state == "failed",
        reason(visit.words, delivery),
        [*_files(said)],
    )


def _files(said: Message) -> Iterator[File]:
    """List what was attached: by a citizen, or enclosed by a representative."""
    yield from map(_file, said.files)
    if kept := enclosed(said.document):
        yield File(*kept)


def _file(told: str) -> File:
    kind, _, rest = told.partition(";")
    return File(kind.strip(), rest.strip().removeprefix("name=").strip('"'))


def _since(talk: Talk) -> datetime:
    """Tell since when a person's words are owed: the call, later the citizen's last message."""
    return talk.heard_at if talk.begun_at else talk.since
