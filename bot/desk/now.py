"""How it stands now: who is there, who waits, what went wrong; for supervisors, live."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from aiohttp import web

from bot.desk.dispatch import Refused
from bot.desk.health import channels, forum
from bot.desk.reading import day_began, number, region_list
from bot.desk.route import FILTERED, Route
from bot.desk.staying import IDLE
from bot.desk.streams import Piece
from bot.desk.talks import showing
from bot.desk.visit import Visit
from storage.deliveries import Delivery
from storage.talk_lists import Listed
from storage.watching import Failure

AGES: Final = (5, 15, 30, 60)
"""Minutes by which those who wait are told apart."""

ALARMS: Final = ("mismatch", "does_not_fit", "parked", "missed")
"""What ought not to happen; texts ``desk.now.alarm.<name>``."""

_LATELY: Final = timedelta(days=1)
_FAILED: Final = timedelta(days=7)
_LAPSES: Final = timedelta(minutes=3)
_MOST: Final = 200
_SHOWN: Final = 15
_PAUSE: Final = 1.0  # seconds between two pieces of news: a busy queue changes more often


async def show(visit: Visit) -> web.StreamResponse:
    """Show the page."""
    return visit.page("now.html.j2", **await _board(visit))


async def board(visit: Visit) -> web.StreamResponse:
    """Give what the page shows, as it is now, to a page that is open."""
    return visit.page("now_board.html.j2", **await _board(visit))


async def events(visit: Visit) -> web.StreamResponse:
    """Tell an open page that it is time to look again."""

    async def news() -> AsyncIterator[Piece]:
        async for _ in visit.desk.assistant.live.of_queue():
            yield Piece("changed")
            await asyncio.sleep(_PAUSE)

    return await visit.stream(news())


async def send_again(visit: Visit) -> web.StreamResponse:
    """Send a message that has failed once more."""
    message = _message(visit)
    async with visit.desk.store.work() as work:
        sent = await work.send_again(message, visit.desk.clock())
        if sent:
            await visit.journal(work, "message_sent_again", f"outbox:{message}")
    return visit.back("/desk/now", done="sent_again" if sent else "not_failed")


async def region_of(visit: Visit) -> str | None:
    """Find in which region the person lives whom a message was meant for."""
    async with visit.desk.store.look() as look:
        return await look.failure_region(_message(visit))


def _message(visit: Visit) -> int:
    found = number(visit.at["message"])
    if found is None:
        raise Refused(404, "missing")
    return found


async def _board(visit: Visit) -> dict[str, Any]:
    """Gather everything that is shown."""
    now, regions = visit.now, region_list(visit)
    async with visit.desk.store.look() as look:
        waiting = await look.talks(
            "waiting", visit.staff.login, regions, since=day_began(visit), limit=_MOST
        )
        lapsing = await look.lapsing(now + _LAPSES, regions)
        failures = await look.failures(now - _FAILED, regions)
        present = await look.present(now - IDLE, regions)
        facts = await look.facts_since(["unissued", "missed"], now - _LATELY)
        parked = await look.parked_since(now - _LATELY)
        people = await look.people_in(
            [one.talk.chat_id for one in (*waiting[:_SHOWN], *lapsing)]
            + [one.chat_id for one in failures]
        )
    alarms = {
        "mismatch": facts.get(("unissued", "mismatch"), 0),
        "does_not_fit": facts.get(("unissued", "does_not_fit"), 0),
        "parked": parked,
        "missed": sum(count for (kind, _), count in facts.items() if kind == "missed"),
    }
    led = sum(one.leads for one in present)
    return {
        "waiting": showing.rows(visit, waiting[:_SHOWN], people, {}),
        "waits": len(waiting),
        "most": _MOST,
        "late": sum(one.talk.breach_at <= now for one in waiting),
        "longest": _longest(visit, waiting),
        "ages": _ages(waiting, now),
        "lapsing": [
            (row, _left(visit, one.talk.due_at))
            for row, one in zip(showing.rows(visit, lapsing, people, {}), lapsing, strict=True)
        ],
        "failures": [
            (
                one,
                showing.who(one.chat_id, people.get(one.chat_id, ()), visit.words),
                _why(visit, one),
            )
            for one in failures
        ],
        "present": present,
        "led": led,
        "signed_in": [one for one in present if one.seen_at],
        "owed": {
            one.login: showing.span(now - one.owed_since, visit.words)
            for one in present
            if one.owed_since
        },
        "channels": await channels(visit),
        "forum": forum(visit),
        "alarms": {name: count for name, count in alarms.items() if count},
        "now": now,
        "span": lambda length: showing.span(length, visit.words),
    }


def _longest(visit: Visit, waiting: Sequence[Listed]) -> str:
    since = min((one.talk.since for one in waiting), default=None)
    return showing.span(visit.now - since, visit.words) if since else ""


def _ages(waiting: Sequence[Listed], now: datetime) -> list[tuple[int, int, int]]:
    """Count those who wait by age: (from, up to, how many), in minutes; 0 is no bound."""
    bounds = (0, *AGES, 0)
    minutes = [(now - one.talk.since) / timedelta(minutes=1) for one in waiting]
    return [
        (first, last, sum(first <= each and (each < last or not last) for each in minutes))
        for first, last in pairwise(bounds)
    ]


def _left(visit: Visit, due_at: datetime | None) -> str:
    return showing.span(max(timedelta(), (due_at or visit.now) - visit.now), visit.words)


def _why(visit: Visit, failure: Failure) -> str:
    gone = failure.is_gone and not failure.reason
    return showing.reason(visit.words, Delivery("failed", "gone" if gone else failure.reason))


ROUTES: Final = (
    Route("GET", "/desk/now", "dialog.supervise", show, region=FILTERED),
    Route("GET", "/desk/now/board", "dialog.supervise", board, region=FILTERED, is_passive=True),
    Route("GET", "/desk/now/events", "dialog.supervise", events, region=FILTERED, is_passive=True),
    Route("POST", "/desk/now/again/{message}", "dialog.supervise", send_again, region=region_of),
)
