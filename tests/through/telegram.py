"""Hands and eyes on a phone with Telegram."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, Literal, TypeAlias

from dialogs.effects import Say, Speak
from tests.kit.telegram import TOKEN, TelegramServer
from tests.receiving import receiving
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.edges import edge
from tests.through.house import House
from tests.through.phone import ME, Phone
from tests.through.playing import Cannot

Mode: TypeAlias = Literal["polling", "webhook"]

_SECRET: Final = "a-secret-of-the-webhook"
_GONE: Final = "1000000"  # the number of a message that was deleted
_SHORTEST_PHONE: Final = 8  # digits


class TelegramHands(Phone):
    """Somebody with Telegram."""

    messenger = "Telegram"
    longest = 4096

    async def taken(self) -> None:
        """Wait until updates are acknowledged and presses answered."""
        updates, presses = self.server.updates, self.server.presses
        await self.server.until(lambda: updates.idle and not presses.waiting)

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        here = [one.id for one in self.said]
        self.server.press(ME, data=code, message=here[-1] if here else _GONE)
        await self.taken()

    async def contact(self, phone: str) -> None:
        """Share one's own phone."""
        if sum(map(str.isdigit, phone)) < _SHORTEST_PHONE:
            raise Cannot("nobody has so short a number in Telegram")
        self.server.person(ME).phone = phone
        await self._do(self.server.contact)

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

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read."""
        words = self.house.assistant.knowledge.words[language]
        return reading(said, numbers, words, shares=True)


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[TelegramHands]:
    """Hold a phone inside the block; at its end no rule of Telegram's has been broken."""
    async with TelegramServer(house.clock, faster=1000) as server:
        server.person(ME, language=language, started=True)
        means = {"telegram_api_url": server.url, "telegram_mode": mode}
        secret = {"telegram_token": TOKEN, "telegram_webhook_secret": _SECRET}
        async with edge(house, **means, **secret) as ours:
            server.updates.reach = ours.url
            async with receiving(ours.line.messenger):
                await server.until(lambda: server.updates.polled or server.updates.webhook.url)
                yield TelegramHands(house, server, ours)
        assert server.violations == []


polling = partial(hands, mode="polling")
webhook = partial(hands, mode="webhook")
