"""A town of people in three messengers: who may get a notice, who may not, whom none reaches.

The places of people in their messengers decide what they are:

- Some have proven that a chat in Telegram, used last, and one in MAX are both theirs; half of them
  have blocked the bot in Telegram since, so that the notice finds them in MAX.
- A few had left, a few have said «стоп», a few had three notices this week: they get nothing.
- A few have blocked the bot and have no other chat, or have no WhatsApp any more.
- Half of those in WhatsApp wrote long ago: they get the wording agreed with it.
"""

from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dialogs.notices.content import Content, Wording
from storage import notices
from storage.notice_schema import notice_choice, notice_recipient
from storage.notices import Notice
from storage.schema import chat
from tests.bot.desk.sitting import KEYS
from tests.crowds import chats
from tests.kit import max as max_kit
from tests.kit import telegram as telegram_kit
from tests.kit import whatsapp as whatsapp_kit
from tests.storage.telling import linked

TEXT = "С 1 декабря наш офис на Ленина работает до 20:00."
TEMPLATE = """
[whatsapp.templates.office_hours]
ru = { name = "polis_office_hours", language = "ru" }
"""
NOTICE = Content("Часы работы", "service", {"ru": Wording(TEXT)}, template="office_hours", brake=50)
_FIRST = {"telegram": 500_000_001, "whatsapp": 9_000_000_000_000_001, "max": 5_400_001}
_FORMS = {"whatsapp": "RU.{n}"}
_LONG_AGO = timedelta(days=3)
_WEEKS_BUDGET = 3


@dataclass
class Town:
    """So many people; the ``few`` are a hundredth of them, the ``linked`` twice as many."""

    people: int

    def __post_init__(self) -> None:
        # As many as each messenger takes in the same time.
        self.telegram = self.people * 3 // 14
        self.whatsapp = self.people * 8 // 14
        self.max = self.people - self.telegram - self.whatsapp
        self.few = self.people // 100
        self.linked = 2 * self.few

    def _group(self, place: int) -> range:
        """Which people of a messenger are the few of a kind, behind those linked."""
        return range(self.linked + place * self.few, self.linked + (place + 1) * self.few)

    async def open(self, stack: AsyncExitStack, reach: str, faster: float) -> dict[str, Any]:
        """Open the three servers, where all these people are, with limits so many times as high."""
        telegram = await stack.enter_async_context(telegram_kit.TelegramServer(faster=faster))
        whatsapp = await stack.enter_async_context(
            whatsapp_kit.WhatsAppServer(faster=faster, reach=reach)
        )
        max_ = await stack.enter_async_context(max_kit.MaxServer(faster=faster))
        whatsapp.template("polis_office_hours", "ru", TEXT)
        for place in range(self.telegram):
            blocked = place < self.linked // 2 or place in self._group(3)
            person = telegram.person(f"t{place}")
            person.started, person.blocked = True, blocked
        now = datetime.now(UTC)
        for place in range(self.whatsapp):
            person = whatsapp.person(f"w{place}")
            person.wrote_at = now if place < self.whatsapp // 2 else now - _LONG_AGO
            person.unreachable = place in self._group(1)
        for place in range(self.max):
            person = max_.person(f"m{place}")
            person.started, person.stopped = True, place in self._group(1)
        return {"telegram": telegram, "whatsapp": whatsapp, "max": max_}

    def settle(self, connection: Connection) -> None:
        """Write down what the assistant knows of them."""
        now = datetime.now(UTC)
        recent = self.whatsapp // 2
        for channel, first, people, at in (
            ("telegram", 0, self.telegram, now),
            ("whatsapp", 0, recent, now),
            ("whatsapp", recent, self.whatsapp - recent, now - _LONG_AGO),
            ("max", 0, self.max, now - _LONG_AGO),
        ):
            form = _FORMS.get(channel, "{n}")
            chats(connection, channel, _FIRST[channel] + first, people, at, form)
        self._link(connection)
        gone = [*self._ids(connection, "telegram", 0), *self._ids(connection, "max", 0)]
        connection.execute(update(chat).where(chat.c.id.in_(gone)).values(gone_at=now))
        stopped = [*self._ids(connection, "telegram", 1), *self._ids(connection, "whatsapp", 0)]
        said = {"kind": "service", "at": now, "agrees": False, "version": "1"}
        connection.execute(insert(notice_choice), [{"chat_id": one, **said} for one in stopped])
        self._spend_budget(connection, self._ids(connection, "telegram", 2), now)

    def _ids(self, connection: Connection, channel: str, group: int) -> list[int]:
        places = self._group(group)
        return [_chat(connection, channel, place) for place in places]

    def _link(self, connection: Connection) -> None:
        pairs = [
            (_chat(connection, channel, place), place + 1)
            for channel in ("telegram", "max")
            for place in range(self.linked)
        ]
        linked(connection, pairs)

    def _spend_budget(self, connection: Connection, chat_ids: list[int], now: datetime) -> None:
        blank = {"seq": 1, "reason": 0, "zone": "", "attempts": 1, "done": 0}
        for _ in range(_WEEKS_BUDGET):
            number, _ = notices.begin(connection, Notice(0, NOTICE, "finished", 1, "olga", now))
            rows = [
                {
                    "person": one,
                    "chat_id": one,
                    "notice_id": number,
                    "at": now,
                    "state": "accepted",
                    "channel": "telegram",
                    **blank,
                }
                for one in chat_ids
            ]
            connection.execute(insert(notice_recipient), rows)

    def expected(self) -> Counter[tuple[str, str]]:
        """Tell who is left out, or reached by nobody, by state and reason."""
        return Counter(
            {
                ("skipped", "blocked"): 2 * self.few,
                ("skipped", "opted_out"): 2 * self.few,
                ("skipped", "budget"): self.few,
            }
        )


def _chat(connection: Connection, channel: str, place: int) -> int:
    address = _FORMS.get(channel, "{n}").replace("{n}", str(_FIRST[channel] + place))
    where = (chat.c.channel == channel, chat.c.address == address)
    return connection.execute(select(chat.c.id).where(*where)).scalar_one()


def settings(servers: dict[str, Any], url: str, organisation: str) -> dict[str, str]:
    """Tell the program where these messengers are."""
    return {
        "POLIS_DATABASE_URL": url,
        "POLIS_FILES_KEY": KEYS[0],
        "POLIS_ORGANISATION": organisation,
        "POLIS_CHANNELS": "telegram,whatsapp,max",
        "POLIS_PUBLIC_URL": "https://polis.example",
        **{name: value for one in servers.values() for name, value in one.settings().items()},
    }


def seen(servers: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Count how often the notice stands on each screen, by channel and address."""
    addresses = {
        "telegram": lambda one: str(one.id),
        "whatsapp": lambda one: one.address,
        "max": lambda one: str(one.id),
    }
    counted: Counter[tuple[str, str]] = Counter()
    for channel, server in servers.items():
        for person in server.chats.people.values():
            times = sum(TEXT in one.text for one in person.screen.said)
            if times:
                counted[channel, addresses[channel](person)] = times
    return counted
