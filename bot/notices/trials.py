"""A notice sent to whoever wrote it, in a chat of their own, exactly as others will see it."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.codes import Codes
from bot.live import Live
from bot.notices.planning import Planning
from bot.notices.refusals import Faulty, NotHere
from dialogs.notices.placeholders import fill
from dialogs.notices.trial import DIGITS
from dialogs.notices.wishes import ToNotices, TrialWanted
from storage.db import Store
from storage.notice_trials import Trial
from storage.notices import Notice
from storage.outbox import Posting

PURPOSE: Final = "trial of notices"
"""What codes are drawn for: no other code of ours opens a trial."""

_LIFE: Final = timedelta(minutes=10)


def digested(wish: ToNotices, codes: Codes) -> ToNotices:
    """Cover the code that a chat brings, as it is kept; other wishes stay as they are."""
    if isinstance(wish, TrialWanted):
        return TrialWanted(codes.of_code(PURPOSE, wish.code))
    return wish


class Trials:
    """Which chats the staff call their own, and what is sent there."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        codes: Codes,
        clock: Callable[[], datetime],
        live: Live,
    ) -> None:
        self._store = store
        self._planning = planning
        self._codes = codes
        self._clock = clock
        self._live = live

    async def code(self, login: str) -> str:
        """Draw the code that somebody types in a chat of theirs to name it."""
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        now = self._clock()
        async with self._store.work() as work:
            digest = self._codes.of_code(PURPOSE, code)
            await work.offer_trial(login, digest, now + _LIFE, now)
        return code

    async def chats(self, login: str) -> list[Trial]:
        """List the chats of somebody."""
        async with self._store.look() as look:
            return await look.trials(login)

    async def part(self, login: str, chat_id: int) -> None:
        """Forget that a chat is somebody's."""
        async with self._store.work() as work:
            await work.part_trial(login, chat_id)

    async def send(self, one: Notice, trial: Trial) -> None:
        """Put a notice into a chat; raises `Faulty` and `NotHere`.

        Its recipient nobody becomes by that: an answer given there does not count.
        """
        now = self._clock()
        if faults := self._planning.faults(one.content, now):
            raise Faulty(faults)
        if trial.channel not in self._planning.channels_for(one.content):
            raise NotHere(trial.channel)
        place = (trial.channel, trial.address)
        async with self._store.work() as work:
            chat = (await work.chats([place], now, {}))[place]
            linked = await work.people([chat.id])
            own = next((it.insured for it in linked.get(chat.id, ()) if it.role == "self"), None)
            name = " ".join(filter(None, (own.given, own.patronymic))) if own else ""
            said = self._planning.message(one.id, one.content, chat.language, now)
            text, seq = fill(said.text, {"name": name}), chat.last_seq + 1
            await work.record([(chat.id, replace(said, seq=seq, text=text))])
            if trial.channel in self._planning.messengers:
                await work.post([Posting(chat.id, seq, chat.channel, now, None)])
            await work.keep([replace(chat, last_seq=seq)], now)
        self._live.tell([place])
