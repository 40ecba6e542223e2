"""Hands and eyes on a phone with MAX."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, Literal, TypeAlias

from dialogs.effects import Say, Speak
from tests.kit.max import TOKEN, MaxServer
from tests.kit.screens import Shown
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.edges import Edge, edge, receiving
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

Mode: TypeAlias = Literal["polling", "webhook"]

_ME: Final = "anna"
_SECRET: Final = "a-secret-of-the-webhook"
_SHORTEST_PHONE: Final = 10  # digits
_LONGEST: Final = 4000


class MaxHands:
    """Somebody with a phone."""

    def __init__(self, house: House, server: MaxServer, edge: Edge) -> None:
        self._house = house
        self._server = server
        self._edge = edge
        self._shown: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._keys: dict[str, tuple[str, str]] = {}

    @property
    def address(self) -> str:
        """The id of the person."""
        return str(self._server.person(_ME).id)

    async def open(self, payload: str) -> None:
        """Press «Start», or follow a link."""
        self._server.start(_ME, payload)
        await self._taken()

    async def say(self, text: str) -> None:
        """Type something."""
        if len(text) > _LONGEST:
            raise Cannot("MAX takes no longer text")
        if not text.strip():
            raise Cannot("MAX sends no blank")
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
        here = [one.id for one in self._server.screen(_ME).said]
        self._server.press(_ME, data=code, message=here[-1] if here else "mid.deleted")
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
            raise Cannot("nobody has so short a number in MAX")
        self._server.person(_ME).phone = phone
        self._server.contact(_ME)
        await self._taken()

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new on the screen."""
        await self._edge.send()
        new = [one for one in self._server.screen(_ME).said if self._is_new(one)]
        for one in new:
            self._keys |= {key.label: (key.data, one.id) for row in one.keys for key in row}
        kinds = [one.kind for one in new]
        return Reading(
            numbers.mask(flowing(one.text for one in new)),
            tuple(numbers.mask(flowing([label])) for one in new for label in one.labels),
            kinds.count("file"),
            kinds.count("image"),
        )

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read."""
        words = self._house.assistant.knowledge.words[language]
        return reading(said, numbers, words, shares=True)

    async def _taken(self) -> None:
        """Wait until the bot has taken what was done, and answered each press."""
        server = self._server
        await server.until(lambda: server.updates.idle and not server.presses)

    def _is_new(self, one: Shown) -> bool:
        """Tell a new message from one under which only what was chosen has been noted."""
        text, labels = self._shown.get(one.id, ("", ()))
        is_known = one.id in self._shown
        self._shown[one.id] = one.text, tuple(one.labels)
        noted = one.text.startswith(text) and set(one.labels) <= set(labels)
        return not (is_known and noted)


@asynccontextmanager
async def hands(house: House, language: str, *, mode: Mode) -> AsyncIterator[MaxHands]:
    """Hold a phone inside the block; at its end no rule of MAX's has been broken."""
    async with MaxServer(house.clock, faster=1000, processing=0) as server:
        server.person(_ME, language=language, started=True)
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
