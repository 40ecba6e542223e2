"""Facts for the statistics, as they happen: of questions and terms, and of forms under way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, update

from storage.figure_schema import fact, filling

Fact: TypeAlias = tuple[str, str]
"""What happened, and to what: a topic's, a form's or a reminder's name."""

Step: TypeAlias = Literal["begun", "moved", "filed", "dropped"]


@dataclass(frozen=True, slots=True)
class Filling:
    """A draft, the ``number``-th of its chat, has come to a step, or to its end there."""

    chat_id: int
    number: int
    form: str
    step: str
    move: Step
    at: datetime


_THIS = (filling.c.chat_id == bindparam("chat"), filling.c.number == bindparam("draft"))
_FORGET = delete(filling).where(*_THIS)
_MOVE = (
    update(filling)
    .where(*_THIS, filling.c.ending == literal_column("''"))
    .values(
        step=bindparam("place"),
        ending=bindparam("end"),
        moved_at=bindparam("moment", type_=filling.c.moved_at.type),
    )
)


def note(connection: Connection, facts: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Keep facts, each as (channel, kind, name)."""
    rows = [
        {"at": now, "channel": channel, "kind": kind, "name": name} for channel, kind, name in facts
    ]
    if rows:
        connection.execute(insert(fact), rows)


def follow(connection: Connection, fillings: Iterable[Filling]) -> None:
    """Keep where drafts stand; the last word on each in one transaction counts."""
    told = list(fillings)
    begun = [one for one in told if one.move == "begun"]
    if begun:  # a chat that was forgotten counts from one again
        connection.execute(_FORGET, [{"chat": one.chat_id, "draft": one.number} for one in begun])
        connection.execute(insert(filling), [_row(one) for one in begun])
    moved = [
        {
            "chat": one.chat_id,
            "draft": one.number,
            "place": one.step,
            "end": "" if one.move == "moved" else one.move,
            "moment": one.at,
        }
        for one in told
        if one.move != "begun"
    ]
    if moved:
        connection.execute(_MOVE, moved)


def _row(one: Filling) -> dict[str, object]:
    return {
        "chat_id": one.chat_id,
        "number": one.number,
        "form": one.form,
        "step": one.step,
        "ending": "",
        "begun_at": one.at,
        "moved_at": one.at,
    }
