"""A year of an insurer's conversations, generated: for plans of queries and for the bench.

Every number is drawn with a seed, so two runs make the same year. The words are few: what
matters is how many rows there are, and how they lie.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from storage.figure_schema import fact, filling
from storage.schema import chat, message
from storage.talk_schema import note, talk, talk_move

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_YEAR = timedelta(days=365)
_AT_ONCE = 5000  # rows of one statement
_STATES = ("queued", "led", "awaiting", "parked", "filling")
_KINDS = ("answered", "half_sure", "unsure", "helpful", "unhelpful", "kept", "late")
_HOW_OFTEN = (60, 12, 8, 14, 4, 5, 1)
_FACTS = 4  # of a conversation
_ABOUT = ("loss", "newborn", "relocation", "smo_change", "data_update", "extract")
_STEPS = ("consent", "who", "surname", "given", "born_on", "phone", "review")
_SAID = ("потеряла полис", "спасибо", "когда будет готово?", "да", "нет", "оператор")
_ANSWERED = "Потерять можно только бланк. Сам полис — запись в регистре, и номер прежний. " * 3


@dataclass(frozen=True, slots=True)
class Year:
    """How much there is: conversations, messages of each, and talks under way among them."""

    chats: int = 100_000
    messages: int = 20
    open_talks: int = 200
    representatives: int = 20


def fill(connection: Connection, year: Year = Year(), seed: int = 1) -> None:
    """Fill an empty database with a year."""
    dice = Random(seed)
    _insert(connection, chat, _chats(year, dice))
    _insert(connection, message, _messages(year, dice))
    _insert(connection, talk, _talks(year, dice))
    _insert(connection, talk_move, _moves(year))
    _insert(connection, note, _notes(year))
    _insert(connection, fact, _facts(year, dice))
    _insert(connection, filling, _fillings(year, dice))
    if connection.dialect.name == "postgresql":
        for table in (chat, talk):  # we have given the numbers ourselves
            connection.execute(
                text(f"SELECT setval('{table.name}_id_seq', (SELECT max(id) FROM {table.name}))")
            )
    connection.execute(text("ANALYZE"))


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while page := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), page)


def _chats(year: Year, dice: Random) -> Iterator[dict[str, Any]]:
    for number in range(1, year.chats + 1):
        seen = NOW - dice.random() * _YEAR
        yield {
            "id": number,
            "channel": dice.choice(("telegram", "max", "web", "whatsapp")),
            "address": f"{number}",
            "language": "ru",
            "session": {"language": "ru"},
            "owner": "queue" if number <= year.open_talks else "bot",
            "revision": 0,
            "last_seq": year.messages,
            "applications": 0,
            "created_at": seen,
            "seen_at": seen,
        }


def _messages(year: Year, dice: Random) -> Iterator[dict[str, Any]]:
    for number in range(1, year.chats + 1):
        began = NOW - dice.random() * _YEAR
        for seq in range(1, year.messages + 1):
            is_ours = seq % 2 == 0
            yield {
                "chat_id": number,
                "seq": seq,
                "voice": "assistant" if is_ours else "citizen",
                "at": began + timedelta(minutes=seq),
                "text": _ANSWERED if is_ours else dice.choice(_SAID),
                "extra": None,
            }


def _talks(year: Year, dice: Random) -> Iterator[dict[str, Any]]:
    """Make a talk for every third chat, those of the first ones under way."""
    for number in range(1, year.chats + 1):
        is_open = number <= year.open_talks
        if not is_open and number % 3:
            continue
        state = _STATES[number % len(_STATES)] if is_open else "closed"
        since = NOW - (
            timedelta(minutes=dice.randrange(1, 300)) if is_open else dice.random() * _YEAR
        )
        has_leader = state != "queued"
        leader = f"r{number % year.representatives}" if has_leader else ""
        yield {
            "id": number,
            "chat_id": number,
            "state": state,
            "kind": "live",
            "representative": leader,
            "representative_name": leader,
            "topic": "loss",
            "region": dice.choice(("77", "50", "")),
            "preview": dice.choice(_SAID),
            "since": since,
            "breach_at": since + timedelta(minutes=15),
            "due_at": NOW + timedelta(minutes=9) if state in {"led", "parked"} else None,
            "asked_seq": 1,
            "heard_seq": year.messages - 1,
            "heard_at": since,
            "unread": number % 3 if is_open else 0,
            "moves": 1,
            "returned": False,
            "claimed_at": since + timedelta(minutes=7) if has_leader else None,
            "begun_at": since + timedelta(minutes=9) if has_leader else None,
            "closed_at": None if is_open else since + timedelta(hours=1),
            "outcome": "" if is_open else "answered",
            "rating": None if is_open else dice.choice((None, 3, 4, 5)),
        }


def _moves(year: Year) -> Iterator[dict[str, Any]]:
    for number in range(1, year.chats + 1):
        if number <= year.open_talks or number % 3 == 0:
            yield {
                "talk_id": number,
                "place": 0,
                "at": NOW,
                "kind": "queued",
                "state": "queued",
                "login": "",
                "name": "",
                "note": "",
                "key": "",
            }


def _notes(year: Year) -> Iterator[dict[str, Any]]:
    for number in range(1, year.chats + 1, 10):
        yield {
            "key": f"n{number}",
            "chat_id": number,
            "at": NOW,
            "login": "r1",
            "name": "r1",
            "text": "Звонила вчера",
        }


def _facts(year: Year, dice: Random) -> Iterator[dict[str, Any]]:
    for _ in range(_FACTS * year.chats):
        (kind,) = dice.choices(_KINDS, _HOW_OFTEN)
        yield {
            "at": NOW - dice.random() * _YEAR,
            "channel": dice.choice(("telegram", "max", "web", "whatsapp")),
            "kind": kind,
            "name": "" if kind in {"unsure", "half_sure"} else dice.choice(_ABOUT),
        }


def _fillings(year: Year, dice: Random) -> Iterator[dict[str, Any]]:
    """Let every second person begin a form."""
    for number in range(1, year.chats + 1, 2):
        begun = NOW - dice.random() * _YEAR
        (ending,) = dice.choices(("filed", "dropped", ""), (6, 2, 2))
        yield {
            "chat_id": number,
            "number": 1,
            "form": dice.choice(_ABOUT),
            "step": "review" if ending == "filed" else dice.choice(_STEPS),
            "ending": ending,
            "begun_at": begun,
            "moved_at": min(NOW, begun + timedelta(minutes=9)),
        }
