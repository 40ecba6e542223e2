"""What is done alike on every phone, whatever the messenger."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from dialogs.effects import Say, Speak
from tests.kit.screens import Shown
from tests.through.canonical import Numbers, Reading, reading
from tests.through.edges import Edge
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

ME: Final = "anna"


class Phone:
    """Somebody with a phone; each messenger's hands add what is its own.

    ``longest`` is how many characters it lets be sent at once, ``shortest_phone`` how many digits
    a number has there at least, ``gone`` a message that was deleted.
    """

    messenger: ClassVar[str]
    longest: ClassVar[int]
    shortest_phone: ClassVar[int]
    gone: ClassVar[str]

    def __init__(self, house: House, server: Any, edge: Edge) -> None:
        self.house = house
        self.server = server
        self.edge = edge
        self._shown: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._keys: dict[str, tuple[str, str]] = {}

    @property
    def address(self) -> str:
        """The person as the messenger calls them."""
        return str(self.server.person(ME).id)

    @property
    def said(self) -> list[Shown]:
        """What the assistant's messages on the screen are now."""
        return self.server.screen(ME).said

    async def taken(self) -> None:
        """Wait until the bot has taken what was done, and answered each press."""
        raise NotImplementedError

    async def open(self, payload: str) -> None:
        """Press «Start», or follow a link."""
        await self._do(self.server.start, payload)

    async def say(self, text: str) -> None:
        """Type something."""
        if len(text) > self.longest:
            raise Cannot(f"{self.messenger} takes no longer text")
        await self._do(self.server.say, text)

    async def press(self, label: str) -> None:
        """Press the newest button of a label; perhaps it went away while the finger was falling."""
        try:
            self.server.press(ME, label)
        except LookupError:
            code, message = self._keys[label]
            self.server.press(ME, data=code, message=message)
        await self.taken()

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        here = [one.id for one in self.said]
        self.server.press(ME, data=code, message=here[-1] if here else self.gone)
        await self.taken()

    async def contact(self, phone: str) -> None:
        """Share one's own phone."""
        if sum(map(str.isdigit, phone)) < self.shortest_phone:
            raise Cannot(f"nobody has so short a number in {self.messenger}")
        self.server.person(ME).phone = phone
        await self._do(self.server.contact)

    async def photo(self) -> None:
        """Send a good photo."""
        await self._do(self.server.photo, PHOTO)
        await self.edge.fetch()

    async def send(self, kind: str) -> None:
        """Send a sticker or a voice message."""
        await self._do({"sticker": self.server.sticker, "voice": self.server.voice}[kind])

    async def new(self) -> list[Shown]:
        """Have everything sent, and look what stands on the screen that did not before."""
        await self.edge.send()
        new = [one for one in self.said if self._is_new(one)]
        for one in new:
            self._keys |= {key.label: (key.data, one.id) for row in one.keys for key in row}
        return new

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how what was said has to read."""
        words = self.house.assistant.knowledge.words[language]
        return reading(said, numbers, words, shares=True)

    def _is_new(self, one: Shown) -> bool:
        """Tell news: buttons that went are none, nor is what was chosen and is noted below."""
        text, labels = self._shown.get(one.id, (None, ()))
        self._shown[one.id] = one.text, tuple(one.labels)
        return text is None or not one.text.startswith(text) or not set(one.labels) <= set(labels)

    async def _do(self, deed: Callable[..., object], *how: object) -> None:
        deed(ME, *how)
        await self.taken()
