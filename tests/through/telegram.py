"""Hands and eyes on a phone with Telegram."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, Literal, TypeAlias

from dialogs.effects import Say, Speak
from tests.kit.screens import Shown
from tests.kit.telegram import TOKEN, TelegramServer
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.edges import Edge, edge, receiving
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

Mode: TypeAlias = Literal["polling", "webhook"]

_ME: Final = "anna"
_SECRET: Final = "a-secret-of-the-webhook"
_GONE: Final = "1000000"  # the number of a message that was deleted
_SHORTEST_PHONE: Final = 8  # digits
_LONGEST: Final = 4096  # characters; the phone parts what is longer into several messages


class TelegramHands:
    """Somebody with a phone."""

    def __init__(self, house: House, server: TelegramServer, edge: Edge) -> None:
        self._house = house
        self._server = server
        self._edge = edge
        self._screen = server.screen(_ME)
        self._shown: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._keys: dict[str, tuple[str, str]] = {}

    @property
    def address(self) -> str:
        """The id of the private chat."""
        return str(self._server.person(_ME).id)

    async def open(self, payload: str) -> None:
        """Press «Start», or follow a link."""
        self._server.start(_ME, payload)
        await self._taken()

    async def say(self, text: str) -> None:
        """Type something."""
        if len(text) > _LONGEST:
            raise Cannot("Telegram parts so long a text by itself")
        self._server.say(_ME, text)
        await self._taken()

    async def press(self, label: str) -> None:
        """Press the newest button of a label; perhaps it went away while the finger was falling."""
        try:
            self._server.press(_ME, label)
        except LookupError:
            code, message = self._keys[label]
            self._server.press(_ME, data=code, message=message)
        await self._taken()

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        here = [one.id for one in self._screen.said]
        self._server.press(_ME, data=code, message=here[-1] if here else _GONE)
        await self._taken()

    async def photo(self) -> None:
        """Send a good photo."""
        self._server.photo(_ME, PHOTO)
        await self._taken()
        await self._edge.fetch()

    async def send(self, kind: str) -> None:
        """Send a sticker or a voice message."""
        {"sticker": self._server.sticker, "voice": self._server.voice}[kind](_ME)
        await self._taken()

    async def contact(self, phone: str) -> None:
        """Share one's own phone."""
        if sum(map(str.isdigit, phone)) < _SHORTEST_PHONE:
            raise Cannot("nobody has so short a number in Telegram")
        self._server.person(_ME).phone = phone
        self._server.contact(_ME)
        await self._taken()

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new on the screen: messages, and pages that were turned in place."""
        await self._edge.send()
        new = [one for one in self._screen.said if self._is_new(one)]
        for one in new:
            self._keys |= {key.label: (key.data, one.id) for row in one.keys for key in row}
        choices = [flowing([label]) for one in new for label in one.labels]
        if new:  # what stands in place of the phone's keyboard is seen as long as it does
            choices += [key.label for row in self._screen.keyboard for key in row]
        kinds = [one.kind for one in new]
        return Reading(
            numbers.mask(flowing(one.text for one in new)),
            tuple(map(numbers.mask, choices)),
            kinds.count("document"),
            kinds.count("photo"),
        )

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read."""
        words = self._house.assistant.knowledge.words[language]
        return reading(said, numbers, words, shares=True)

    async def _taken(self) -> None:
        """Wait until the bot has taken what was done, and answered each press."""
        updates, presses = self._server.updates, self._server.presses
        await self._server.until(lambda: updates.idle and not presses.waiting)

    def _is_new(self, one: Shown) -> bool:
        """Tell whether something stands there that did not; buttons that went are no news."""
        text, labels = self._shown.get(one.id, ("", ()))
        is_known = one.id in self._shown
        self._shown[one.id] = one.text, tuple(one.labels)
        return not (is_known and text == one.text and set(one.labels) <= set(labels))


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[TelegramHands]:
    """Hold a phone inside the block; at its end no rule of Telegram's has been broken."""
    async with TelegramServer(house.clock, faster=1000) as server:
        server.person(_ME, language=language, started=True)
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
