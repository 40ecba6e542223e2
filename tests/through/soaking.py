"""Conversations with a real program through a messenger on which much goes wrong."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from storage import Store
from tests.kit.loopback import Loopback
from tests.servers import Server
from tests.through.edges import OUTSIDE
from tests.through.kinds import Kind, confuse, do, words
from tests.through.order import compare
from tests.through.walk import DEEDS, FILED, WALK, Step

_SHARE: Final = 0.1
_AT_ONCE: Final = 100  # conversations
_GLANCE: Final = 0.2  # seconds between looks at a screen
_PATIENCE: Final = 600.0  # seconds that somebody waits for an answer


@dataclass
class Figures:
    """What happened; ``unanswered`` are presses that turned until the phone gave up."""

    conversations: int
    kills: int = 0
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    twice: int = 0
    filed: int = 0
    unanswered: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Soak:
    """Everybody walks the same way, while calls fail and the program is killed."""

    def __init__(self, kind: Kind, folder: Path, conversations: int, kills: int, seed: int) -> None:
        self._kind = kind
        self._program = Server(folder)
        self._random = Random(seed)
        self._seed = seed
        self._users = [f"person{number}" for number in range(conversations)]
        self._steps = 0
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.figures = Figures(conversations, kills)

    async def run(self) -> Figures:
        """Hold all conversations to their end, and see what became of them."""
        began = asyncio.get_running_loop().time()
        async with self._kind.server(reach=self._program.address) as server:
            self._program.settings = {
                "POLIS_CHANNELS": self._kind.channel,
                "POLIS_PUBLIC_URL": OUTSIDE,
                "POLIS_SECRET": "secret " * 4,
                **self._kind.settings(server),
            }
            try:
                await self._hold(server)
            finally:
                self._program.kill()
        self.figures.seconds = asyncio.get_running_loop().time() - began
        return self.figures

    async def _hold(self, server: Any) -> None:
        server.fail_at_random(self._seed, _SHARE)
        confuse(server, self._seed, _SHARE)
        await asyncio.to_thread(self._program.start)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._kill())
            for user in self._users:
                tasks.create_task(self._walk(server, user))
        server.faults.forget()
        await self._judge(server)

    async def _kill(self) -> None:
        """Kill the program at moments spread over all steps, in whatever it is doing."""
        steps = len(self._users) * len(WALK)
        for moment in sorted(self._random.sample(range(steps // 20, steps), self.figures.kills)):
            while self._steps < moment:  # noqa: ASYNC110 — the program tells nobody
                await asyncio.sleep(_GLANCE)
            await asyncio.sleep(self._random.uniform(0, 0.1))
            self._program.kill()
            await asyncio.to_thread(self._program.start)

    async def _walk(self, server: Any, user: str) -> None:
        async with self._room:
            for step in WALK:
                seen = len(server.screen(user).said)
                for deed in step.does:
                    do(server, user, deed)
                await self._answered(server, user, step, seen)
                self._steps += 1

    async def _answered(self, server: Any, user: str, step: Step, seen: int) -> None:
        """Wait until every answer to what was done stands on the screen."""
        cues, loop = set(step.cues), asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while cues:
            new = server.screen(user).said[seen:]
            seen += len(new)
            cues -= {cue for cue in cues for one in new if cue in one.text}
            assert loop.time() < until, (user, step, server.screen(user).messages[-3:])
            await asyncio.sleep(_GLANCE if cues else 0)

    async def _judge(self, server: Any) -> None:
        """Compare screens with histories once everything was sent, and count applications."""
        figures = self.figures
        store = await Store.open(self._program.environment["POLIS_DATABASE_URL"])
        left, loop = list(self._users), asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while left:
            left = [user for user in left if await self._flaw(store, server, user)]
            if loop.time() > until:
                break
            await asyncio.sleep(_GLANCE if left else 0)
        figures.wrong += [f"{one}: {await self._flaw(store, server, one)}" for one in left]
        for user in self._users:
            figures.wrong += await self._misfiled(store, server, user)
            figures.twice += compare(*await self._both(store, server, user))[1]
            figures.answers += len(server.screen(user).said)
        await store.close()
        self._count(server)

    def _count(self, server: Loopback) -> None:
        turning = [one for one in server.violations if one.endswith("was not answered")]
        self.figures.wrong += [one for one in server.violations if one not in turning]
        self.figures.unanswered = len(turning)
        self.figures.calls = len(server.calls)
        self.figures.faults = server.faults.happened

    async def _both(
        self, store: Store, server: Any, user: str
    ) -> tuple[Sequence[str], Sequence[str]]:
        """Read what stands on a screen, and what the history says should."""
        address = self._kind.address(server.person(user))
        async with store.look() as look:
            history = await look.messages_after(self._kind.channel, address, 0, 1000)
        told = [f"{one.text} {one.note}" for one in history if one.voice == "assistant"]
        shown = [text for text in map(words, server.screen(user).said) if text]
        return shown, told

    async def _flaw(self, store: Store, server: Any, user: str) -> str:
        return compare(*await self._both(store, server, user))[0]

    async def _misfiled(self, store: Store, server: Any, user: str) -> list[str]:
        """Tell what is wrong with a person's applications, or with what was heard of them."""
        channel, address = self._kind.channel, self._kind.address(server.person(user))
        async with store.look() as look:
            chat = await look.chat(channel, address)
            history = await look.messages_after(channel, address, 0, 1000)
        async with store.work() as work:
            kept = (await work.applications([chat.id])).get(chat.id, ())
            papers = await work.papers([one.number for one in kept])
        self.figures.filed += len(kept)
        forms = [one.form for one in kept]
        wrong = [f"{user} filed {forms}"] if forms != ["extract"] else []
        wrong += [
            f"{user} filed {sorted(paper.answers)}"
            for paper in papers.values()
            if not FILED.items() <= dict(paper.answers).items()
        ]
        heard = sum(one.voice == "citizen" for one in history)
        if heard != DEEDS - 1:  # «Start» is no word of anybody's
            wrong.append(f"{user} was heard {heard} times, not {DEEDS - 1}")
        return wrong
