"""Hands and eyes on a phone with MAX."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Literal, TypeAlias

from tests.kit.max import MaxServer
from tests.receiving import receiving
from tests.through.canonical import Numbers, Reading, flowing
from tests.through.edges import edge, receiving_by
from tests.through.house import House
from tests.through.phone import ME, Phone
from tests.through.playing import Cannot

Mode: TypeAlias = Literal["polling", "webhook"]


class MaxHands(Phone):
    """Somebody with MAX."""

    messenger = "MAX"
    longest = 4000
    shortest_phone = 10
    gone = "mid.deleted"

    async def taken(self) -> None:
        """Wait until updates are acknowledged and presses answered."""
        await self.server.until(lambda: self.server.updates.idle and not self.server.presses)

    async def say(self, text: str) -> None:
        """Type something; MAX sends no blank."""
        if not text.strip():
            raise Cannot("MAX sends no blank")
        await super().say(text)

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new on the screen."""
        new = await self.new()
        kinds = [one.kind for one in new]
        return Reading(
            numbers.mask(flowing(one.text for one in new)),
            tuple(numbers.mask(flowing([label])) for one in new for label in one.labels),
            kinds.count("file"),
            kinds.count("image"),
        )


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[MaxHands]:
    """Hold a phone inside the block; at its end no rule of MAX's has been broken."""
    async with MaxServer(house.clock, faster=1000, processing=0) as server:
        server.person(ME, language=language, started=True)
        settings = {**server.settings(), **receiving_by(mode, "max")}
        async with edge(house, settings) as ours:
            server.updates.reach = ours.url
            async with receiving(ours.line.messenger):
                await server.until(lambda: server.commands)
                if mode == "webhook":
                    await server.until(lambda: server.updates.subscriptions)
                yield MaxHands(house, server, ours)
        assert server.violations == []


polling = partial(hands, mode="polling")
webhook = partial(hands, mode="webhook")
