"""Hands and eyes on a phone with Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Literal, TypeAlias

from tests.kit.telegram import TelegramServer
from tests.receiving import receiving
from tests.through.canonical import Numbers, Reading, flowing
from tests.through.edges import edge, receiving_by
from tests.through.house import House
from tests.through.phone import ME, Phone

Mode: TypeAlias = Literal["polling", "webhook"]


class TelegramHands(Phone):
    """Somebody with Telegram."""

    messenger = "Telegram"
    longest = 4096
    shortest_phone = 8
    gone = "1000000"

    async def taken(self) -> None:
        """Wait until updates are acknowledged and presses answered."""
        updates, presses = self.server.updates, self.server.presses
        await self.server.until(lambda: updates.idle and not presses.waiting)

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new on the screen: messages, and pages that were turned in place."""
        new = await self.new()
        choices = [flowing([label]) for one in new for label in one.labels]
        if new:  # what stands in place of the phone's keyboard is seen as long as it does
            choices += [key.label for row in self.server.screen(ME).keyboard for key in row]
        kinds = [one.kind for one in new]
        return Reading(
            numbers.mask(flowing(one.text for one in new)),
            tuple(map(numbers.mask, choices)),
            kinds.count("document"),
            kinds.count("photo"),
        )


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[TelegramHands]:
    """Hold a phone inside the block; at its end no rule of Telegram's has been broken."""
    async with TelegramServer(house.clock, faster=1000) as server:
        server.person(ME, language=language, started=True)
        settings = {**server.settings(), **receiving_by(mode, "telegram")}
        async with edge(house, settings) as ours:
            server.updates.reach = ours.url
            async with receiving(ours.line.messenger):
                await server.until(lambda: server.updates.polled or server.updates.webhook.url)
                yield TelegramHands(house, server, ours)
        assert server.violations == []


polling = partial(hands, mode="polling")
webhook = partial(hands, mode="webhook")
