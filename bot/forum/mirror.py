"""Telling the topics of the forum what they do not know yet, as slowly as a group may be told."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.channels.base import Undelivered
from bot.channels.board import Board, NoTopic, TopicClosed
from bot.forum.trouble import Trouble, kind_of
from bot.forum.wording import Wording
from bot.http import Pace, Rate
from storage.db import Store
from storage.forums import Lagging, Topic
from storage.talks import Talk

RATE: Final = Rate(burst=5, per_second=0.25)
"""Twenty messages in the first minute, fifteen in each after it; Telegram lets twenty a minute
into one group, and counts the making and closing of topics among them."""

_AT_ONCE: Final = 20
_FIRST_PAUSE: Final = 5.0  # seconds after a failure, doubled
_LONGEST_PAUSE: Final = 600.0

_log = logging.getLogger(__name__)


class Mirror:
    """One forum, by its group's id. What it shows follows from the talks, whatever was missed.

    ``trouble`` is why it is behind, until all is told.
    """

    def __init__(
        self,
        store: Store,
        board: Board,
        forum: int,
        wording: Wording,
        clock: Callable[[], datetime],
        rate: Rate = RATE,
    ) -> None:
        self._store = store
        self._board = board
        self._forum = forum
        self._wording = wording
        self._pace = Pace(rate, clock)
        self._clock = clock
        self._failures = 0
        self.trouble: Trouble | None = None

    async def catch_up(self) -> float:
        """Tell all that is not told; return for how many seconds to leave the group alone."""
        try:
            while lagging := await self._lagging():
                for one in lagging:
                    await self._tell(one)
        except Undelivered as failure:
            _log.warning("the forum is not reached: %s", failure)
            return self._failed(failure, failure.after)
        except Exception as error:  # noqa: BLE001 — the mirror may be late, and disturbs nobody
            _log.error("the forum is not told: %s", type(error).__name__)
            return self._failed(error, None)
        self._failures, self.trouble = 0, None
        return 0.0

    async def say(self, thread: int, text: str) -> None:
        """Answer in a topic; whoever cannot be answered looks at the desk."""
        await self._paced()
        try:
            await self._board.say(thread, text)
        except Undelivered as failure:
            _log.warning("an answer in the forum was not delivered: %s", failure)
        except Exception as error:  # noqa: BLE001 — its loop is one with those of all messengers
            _log.error("an answer in the forum was not said: %s", type(error).__name__)

    async def _lagging(self) -> list[Lagging]:
        """Read which talks are not told; of one chat's two the closed one is passed over."""
        async with self._store.look() as look:
            found = await look.lagging_talks(self._forum, _AT_ONCE)
        return list({one.talk.chat_id: one for one in reversed(found)}.values())[::-1]

    async def _tell(self, lagging: Lagging) -> None:
        topic = lagging.topic
        try:
            if topic is None:
                topic = await self._made(lagging)
            elif topic.is_closed:
                await self._paced()
                await self._board.reopen(topic.thread)
                topic = await self._kept(replace(topic, is_closed=False))
            topic, talk = await self._told(lagging, topic)
            if talk.closed_at is not None:
                await self._paced()
                await self._board.close(topic.thread)
                await self._kept(replace(topic, is_closed=True))
        except NoTopic:  # somebody has deleted it
            async with self._store.work() as work:
                await work.drop_topic(lagging.talk.chat_id)
        except TopicClosed:
            if topic:
                await self._kept(replace(topic, is_closed=True))

    async def _told(self, lagging: Lagging, topic: Topic) -> tuple[Topic, Talk]:
        """Tell a topic of its talk as it is by now: its turn may have come late."""
        async with self._store.look() as look:
            listed = await look.talk(lagging.talk.id)
            moves = await look.talk_moves(lagging.talk.id)
        talk = listed.talk if listed else lagging.talk
        if news := self._wording.news(Lagging(talk, lagging.channel, topic), moves):
            await self._paced()
            await self._board.say(topic.thread, news)
        told = replace(topic, talk_id=talk.id, moves=talk.moves, heard_seq=talk.heard_seq)
        return await self._kept(told), talk

    async def _made(self, lagging: Lagging) -> Topic:
        """Make a topic, which knows of no talk yet."""
        await self._paced()
        thread = await self._board.create(self._wording.name(lagging.talk))
        return await self._kept(Topic(lagging.talk.chat_id, self._forum, thread, 0))

    async def _kept(self, topic: Topic) -> Topic:
        async with self._store.work() as work:
            await work.keep_topic(topic)
        return topic

    async def _paced(self) -> None:
        while wait := self._pace.wait(""):  # noqa: ASYNC110 — for time alone
            await asyncio.sleep(wait)

    def _failed(self, error: Exception, after: float | None) -> float:
        """Note a trouble; return for how many seconds to leave the group alone."""
        self._failures += 1
        since = self.trouble.since if self.trouble else self._clock()
        self.trouble = Trouble(kind_of(error), since)
        growing = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (self._failures - 1))
        return growing if after is None else after
