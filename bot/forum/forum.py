"""The forum at work: one loop that tells it, one that answers in it; both may fail alone."""

import asyncio
from collections.abc import Callable
from typing import Final

from bot.assistant import Assistant
from bot.channels.board import Board
from bot.channels.staffroom import Spoken
from bot.forum.hearing import Hearing
from bot.forum.mirror import RATE, Mirror
from bot.forum.trouble import Trouble
from bot.forum.wording import Wording
from bot.http import Rate

_MOST_ANSWERS: Final = 100  # waiting; beyond it whoever wrote looks at the desk


class Forum:
    """A supergroup of the staff, by its id; satisfies `bot.channels.staffroom.Staffroom`.

    ``desk`` is the address of the web desk, which stays the truth.
    """

    def __init__(
        self,
        assistant: Assistant,
        forum: int,
        desk: str,
        rate: Rate = RATE,
    ) -> None:
        self._assistant = assistant
        self._forum = forum
        self._rate = rate
        self._wording = Wording(assistant.knowledge, desk, assistant.clock)
        self._hearing = Hearing(assistant, forum, self._wording.words)
        self._answers: asyncio.Queue[tuple[int, str]] = asyncio.Queue(_MOST_ANSWERS)
        self._mirror: Mirror | None = None
        self._is_ours: Callable[[], bool] = bool

    def join(self, board: Board | None, is_ours: Callable[[], bool]) -> None:
        """Be given the topics; ``is_ours`` while this process speaks for the bot."""
        if board is None:
            return
        assistant = self._assistant
        self._mirror = Mirror(
            assistant.store, board, self._forum, self._wording, assistant.clock, self._rate
        )
        self._is_ours = is_ours

    def trouble(self) -> Trouble | None:
        """Tell why the group is not told, as far as this process speaks for the bot."""
        return self._mirror.trouble if self._mirror and self._is_ours() else None

    async def hear(self, spoken: Spoken) -> None:
        """Take words to the citizen; what is to be answered is said later, in its turn."""
        answer = await self._hearing.hear(spoken)
        if answer and not self._answers.full():
            self._answers.put_nowait((spoken.thread, answer))

    async def run(self) -> None:
        """Work until cancelled."""
        if self._mirror is None:
            return
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tell(self._mirror))
            tasks.create_task(self._answer(self._mirror))

    async def _tell(self, mirror: Mirror) -> None:
        async for _ in self._assistant.live.of_queue():
            if self._is_ours() and (pause := await mirror.catch_up()):
                await asyncio.sleep(pause)

    async def _answer(self, mirror: Mirror) -> None:
        while True:
            await mirror.say(*await self._answers.get())
