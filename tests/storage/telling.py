"""What tests of notices say again and again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from dialogs.notices.content import Content, Wording
from storage import Store
from storage.notice_sets import Plan
from storage.notice_wordings import Spoken
from storage.notices import Notice
from storage.people_schema import insured, link
from tests.storage.given import NOON

TEXT = "С 1 декабря наш офис на Ленина работает до 20:00."
EVERYWHERE = ("web", "telegram", "whatsapp", "max")
_LONG_AGO = NOON - timedelta(days=30)


def content(**changed: Any) -> Content:
    """Write a notice that everybody may get."""
    return Content("Часы работы", "service", {"ru": Wording(TEXT)}, **changed)


def plan(written: Content, number: int = 0, channels: tuple[str, ...] = EVERYWHERE) -> Plan:
    """Plan a notice for noon."""
    return Plan(number, written, channels, NOON, NOON - timedelta(days=7))


async def gathered(
    store: Store,
    written: Content,
    channels: tuple[str, ...] = EVERYWHERE,
    wordings: Iterable[Spoken] = (Spoken("ru", TEXT, {"first": True}),),
    at: datetime = NOON,
) -> int:
    """Write a notice down, gather its recipients and begin to send; return its number."""
    made = Notice(0, written, "gathering", 1, "olga", at, stage="chats", channels=channels)
    async with store.work() as work:
        number, _ = await work.begin_notice(made)
        made = replace(made, id=number)
        await work.word_notice(number, wordings)
        asked = Plan(number, written, channels, at, at - timedelta(days=7))
        while made.stage:
            made = await work.gather_recipients(made, asked)
        await work.keep_notice(replace(made, state="sending", stage="rest"))
    return number


async def told(store: Store, number: int) -> dict[tuple[str, str], int]:
    """Count the recipients of a notice by state and reason."""
    counted: dict[tuple[str, str], int] = {}
    async with store.look() as look:
        for one in await look.notice_counts(number):
            way = (one.state, one.reason)
            counted[way] = counted.get(way, 0) + one.people
    return counted


def linked(
    connection: Any, pairs: Iterable[tuple[int, int]], role: str = "self", at: datetime = _LONG_AGO
) -> None:
    """Prove chats to be those of insured people, who are made where they are not there."""
    for chat_id, person in pairs:
        there = connection.execute(insured.select().where(insured.c.id == person)).first()
        if there is None:
            connection.execute(insert(insured).values(_person(person)))
        proven = {"chat_id": chat_id, "insured_id": person, "role": role, "at": at}
        connection.execute(insert(link).values(proven))


def _person(number: int) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("document", "snils", "phone", "barcode", "representative", "insurer_code"), ""
    )
    return blank | {
        "id": number,
        "enp": f"99{number:014}",
        "surname": "Соколова",
        "given": "Анна",
        "patronymic": "Петровна",
        "born_on": date(1990, 5, 17),
        "sex": "female",
        "document_kind": "passport",
        "insured_since": date(2020, 1, 1),
        "is_demo": True,
    }
