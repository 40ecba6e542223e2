"""Hands and eyes on a phone with MAX."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, Literal, TypeAlias

from dialogs.effects import Say, Speak
from tests.kit.max import TOKEN, MaxServer
from tests.receiving import receiving
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.edges import edge
from tests.through.house import House
from tests.through.phone import ME, Phone
from tests.through.playing import Cannot

Mode: TypeAlias = Literal["polling", "webhook"]

_SECRET: Final = "a-secret-of-the-webhook"
_SHORTEST_PHONE: Final = 10  # digits


class MaxHands(Phone):
    """Somebody with MAX."""

    messenger = "MAX"
    longest = 4000

    async def taken(self) -> None:
        """Wait until updates are acknowledged and presses answered."""
        await self.server.until(lambda: self.server.updates.idle and not self.server.presses)

    async def say(self, text: str) -> None:
        """Type something; MAX sends no blank."""
        if not text.strip():
            raise Cannot("MAX sends no blank")
        await super().say(text)

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        here = [one.id for one in self.said]
        self.server.press(ME, data=code, message=here[-1] if here else "mid.deleted")
        await self.taken()

    async def contact(self, phone: str) -> None:
        """Share one's own phone."""
        if sum(map(str.isdigit, phone)) < _SHORTEST_PHONE:
            raise Cannot("nobody has so short a number in MAX")
        self.server.person(ME).phone = phone
        await self._do(self.server.contact)

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

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read."""
        words = self.house.assistant.knowledge.words[language]
        return reading(said, numbers, words, shares=True)


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[MaxHands]:
    """Hold a phone inside the block; at its end no rule of MAX's has been broken."""
    async with MaxServer(house.clock, faster=1000, processing=0) as server:
        server.person(ME, language=language, started=True)
        means = {"max_api_url": server.url, "max_mode": mode}
        async with edge(house, **means, max_token=TOKEN, max_webhook_secret=_SECRET) as ours:
            server.updates.reach = ours.url
            async with receiving(ours.line.messenger):
                await server.until(lambda: server.commands)
                if mode == "webhook":
                    await server.until(lambda: server.updates.subscriptions)
                yield MaxHands(house, server, ours)
        assert server.violations == []


polling = partial(hands, mode="polling")
webhook = partial(hands, mode="webhook")
