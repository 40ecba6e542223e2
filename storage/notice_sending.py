"""Handing notices over: a batch of recipients claimed in one commit, their results in another.

What was handed over when a process died is in doubt and stays so: at most once is promised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, text, update

from dialogs.message import Message
from dialogs.notices.placeholders import fill
from storage.chats import BOT
from storage.messages import extra_of, read
from storage.notice_schema import FIRST, OPEN, notice, notice_recipient
from storage.notice_settling import OF_NOTICE, Settled, settle
from storage.notice_wordings import Spoken, by_language
from storage.notices import reasons
from storage.outbox import Posted, take_turn
from storage.people_schema import insured
from storage.schema import chat, message
from storage.statements import pages
from storage.talk_schema import OPEN as OPEN_TALK
from storage.talk_schema import talk

_LED_PAUSE: Final = timedelta(minutes=10)  # who talks with a representative is asked again then
_LED_LONG: Final = timedelta(days=1)
"""Whoever has talked with a representative for so long is left out: some dialogs are parked."""

_rec = notice_recipient
_NOTICES = (
    select(notice.c.id, notice.c.stage, notice.c.begun_at)
    .where(notice.c.state == "sending")
    .order_by(notice.c.id)
    .with_for_update(read=True)  # whoever stops one leaves out none that is being handed over
)
_TALKING_SINCE = select(talk.c.chat_id, talk.c.since).where(
    talk.c.chat_id.in_(bindparam("ids", expanding=True)), OPEN_TALK
)
_WAITING: Select[Any] = (
    select(
        _rec.c.person,
        _rec.c.notice_id,
        _rec.c.chat_id,
        _rec.c.seq,
        _rec.c.attempts,
        _rec.c.done,
        chat.c.channel,
        chat.c.address,
        chat.c.language,
        chat.c.heard_at,
    )
    .join(chat, chat.c.id == _rec.c.chat_id)
    .where(
        _rec.c.notice_id == bindparam("notice"),
        _rec.c.channel == bindparam("channel"),
        _rec.c.zone.in_(bindparam("zones", expanding=True)),
        _rec.c.at <= bindparam("now"),
        OPEN,
    )
    .limit(bindparam("limit"))
)
_FIRST = _WAITING.where(FIRST)
_LOCKED = (
    select(chat.c.id, chat.c.last_seq, chat.c.owner, chat.c.gone_at)
    .where(chat.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(chat.c.channel, chat.c.address)
    .with_for_update(key_share=True)
)
_ADVANCE = (
    update(chat)
    .where(chat.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        last_seq=chat.c.last_seq + 1,
        notice_id=bindparam("notice"),
        notice_seq=chat.c.last_seq + 1,
    )
)
_THESE = (
    OF_NOTICE,
    _rec.c.person.in_(bindparam("persons", expanding=True)),
    text("state + 0 IN (1, 2)"),  # a sum for the same reason
)
_HAND = (
    update(_rec)
    .where(*_THESE)
    .values(
        state="handed",
        at=bindparam("now"),
        reason=0,
        attempts=_rec.c.attempts + 1,
        seq=select(chat.c.last_seq).where(chat.c.id == _rec.c.chat_id).scalar_subquery(),
    )
)
_HAND_AGAIN = (
    update(_rec)
    .where(*_THESE)
    .values(state="handed", at=bindparam("now"), reason=0, attempts=_rec.c.attempts + 1)
)
_DEFER = update(_rec).where(*_THESE).values(at=bindparam("until"), reason=bindparam("led"))
_LEAVE = (
    update(notice_recipient)
    .where(*_THESE)
    .values(state="skipped", at=bindparam("until"), reason=bindparam("led"))
)
_NAMES = select(insured.c.id, insured.c.given, insured.c.patronymic).where(
    insured.c.id.in_(bindparam("ids", expanding=True))
)


def claim(
    connection: Connection, channel: str, zones: Sequence[str], now: datetime, limit: int
) -> list[Posted]:
    """Take up recipients in one channel whose moment has come, and put it into their histories.

    ``zones`` are those in which people may be written to now. Who is led by a representative
    is put off, or left out once that has gone on for a day; who has gone is left out. None of
    them is returned.
    """
    take_turn(connection)
    claimed: list[Posted] = []
    for number, stage, begun_at in connection.execute(_NOTICES).all():
        if len(claimed) < limit:
            where = {
                "notice": number,
                "channel": channel,
                "zones": list(zones),
                "now": now,
                "limit": limit - len(claimed),
            }
            query = _FIRST if stage == "first" else _WAITING
            waiting = connection.execute(query, where).all()
            busy = {one.chat_id for one in claimed}
            fresh = {row.chat_id: row for row in waiting if row.chat_id not in busy}
            claimed += _hand_over(connection, number, list(fresh.values()), now, begun_at or now)
    return claimed


def _hand_over(
    connection: Connection,
    number: int,
    waiting: Sequence[Row[Any]],
    now: datetime,
    begun_at: datetime,
) -> list[Posted]:
    standing = {
        row.id: row
        for page in pages(sorted({one.chat_id for one in waiting}))
        for row in connection.execute(_LOCKED, {"ids": page})
    }
    gone = [one.person for one in waiting if standing[one.chat_id].gone_at is not None]
    led = {
        one.person: one.chat_id
        for one in waiting
        if standing[one.chat_id].owner != BOT and one.person not in gone
    }
    _put_off(connection, number, led, now, begun_at)
    if gone:
        settle(connection, [Settled(number, person, "failed", "blocked") for person in gone], now)
    left = {*gone, *led}
    fresh = [one for one in waiting if one.person not in left]
    again = [one.person for one in fresh if one.seq is not None]
    first = [one for one in fresh if one.seq is None]
    for page in pages([one.chat_id for one in first]):
        connection.execute(_ADVANCE, {"ids": list(set(page)), "notice": number})
    places = {one.chat_id: standing[one.chat_id].last_seq + 1 for one in first}
    for statement, persons in ((_HAND, [one.person for one in first]), (_HAND_AGAIN, again)):
        for page in pages(persons):
            where = {"notice": number, "persons": list(set(page)), "now": now}
            connection.execute(statement, where)
    return _said(connection, number, fresh, places, now)


def _put_off(
    connection: Connection,
    number: int,
    led: Mapping[int, int],
    now: datetime,
    begun_at: datetime,
) -> None:
    """Let people finish their dialogs, told by person and chat, unless these are too long."""
    if not led:
        return
    because = reasons(connection, ["led"])["led"]
    since = {
        row.chat_id: row.since
        for page in pages(sorted(set(led.values())))
        for row in connection.execute(_TALKING_SINCE, {"ids": page})
    }
    long = {one for one, chat_id in led.items() if since.get(chat_id, begun_at) <= now - _LED_LONG}
    for statement, persons, until in (
        (_DEFER, set(led) - long, now + _LED_PAUSE),
        (_LEAVE, long, now),
    ):
        for page in pages(sorted(persons)):
            where = {"notice": number, "persons": list(page), "led": because}
            connection.execute(statement, where | {"until": until})


def _said(
    connection: Connection,
    number: int,
    rows: Sequence[Row[Any]],
    places: dict[int, int],
    now: datetime,
) -> list[Posted]:
    """Word the notice for each; the histories refer to what many have in common."""
    spoken = by_language(connection, number)
    names = _names(connection, spoken, rows)
    posted, history = [], []
    for row in rows:
        seq = places.get(row.chat_id) or row.seq
        said, own = words_for(spoken, row.language, row.person, names, seq, now)
        posted.append(
            Posted(
                row.person,
                row.chat_id,
                row.address,
                "notice",
                row.attempts + 1,
                row.done,
                row.language,
                row.heard_at,
                said,
                number,
            )
        )
        if row.chat_id in places:
            history.append(
                {
                    "chat_id": row.chat_id,
                    "seq": seq,
                    "voice": "assistant",
                    "at": now,
                    "text": said.text if own is None else "",
                    "extra": extra_of(said) if own is None else None,
                    "wording": own,
                }
            )
    if history:
        connection.execute(insert(message), history)
    return posted


def words_for(
    spoken: dict[str, Spoken],
    language: str,
    person: int,
    names: dict[int, str],
    seq: int,
    now: datetime,
) -> tuple[Message, int | None]:
    """Word a notice for somebody, and say by which wording, if others get exactly the same."""
    chosen = spoken.get(language) or spoken[""]
    said = read(seq, "assistant", now, chosen.text, dict(chosen.extra))
    if not chosen.extra.get("personal"):
        return said, chosen.id
    return replace(said, text=fill(chosen.text, {"name": names.get(-person, "")})), None


def _names(
    connection: Connection, spoken: dict[str, Spoken], rows: Sequence[Row[Any]]
) -> dict[int, str]:
    if not any(one.extra.get("personal") for one in spoken.values()):
        return {}
    return names_of(connection, [row.person for row in rows])


def names_of(connection: Connection, persons: Sequence[int]) -> dict[int, str]:
    """Read how insured people among persons are addressed, by the id of the insured."""
    wanted = sorted({-person for person in persons if person < 0})
    return {
        row.id: " ".join(filter(None, (row.given, row.patronymic)))
        for page in pages(wanted)
        for row in connection.execute(_NAMES, {"ids": page})
    }
