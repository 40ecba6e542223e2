"""Hands and eyes on a phone with WhatsApp."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Final

from bot.assistant import Knowledge
from bot.channels.base import Surroundings
from bot.channels.whatsapp import Approved, WhatsAppSettings, build
from bot.channels.whatsapp.messenger import WhatsApp
from bot.settings import Settings
from dialogs.effects import Say, Speak, Template
from tests.kit.screens import Key, Shown
from tests.kit.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, VERIFY_TOKEN, WhatsAppServer
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.edges import Edge, edge
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

_ME: Final = "anna"
_LONGEST: Final = 4096
_BOLD: Final = re.compile(r"^\*(.+)\*$", re.MULTILINE)
_WINDOW: Final = timedelta(hours=24)


class AnyWording(Mapping[str, Mapping[str, Approved]]):
    """Templates as if WhatsApp had agreed to everything; it learns of each when it is needed."""

    def __getitem__(self, name: str) -> Mapping[str, Approved]:
        """Give a template by our name, in both languages."""
        return {language: Approved(name, language) for language in ("ru", "en")}

    def __iter__(self) -> Iterator[str]:
        """List none: they are not known before they are asked for."""
        return iter(())

    def __len__(self) -> int:
        """Count none."""
        return 0


class WhatsAppHands:
    """Somebody with a phone."""

    def __init__(self, house: House, server: WhatsAppServer, edge: Edge) -> None:
        self._house = house
        self._server = server
        self._edge = edge
        self._seen = 0
        self._keys: dict[str, tuple[str, str]] = {}

    @property
    def address(self) -> str:
        """The lasting id of the person."""
        return self._server.person(_ME).address

    async def speak(self, language: str) -> None:
        """Choose a language: WhatsApp tells nobody which one a person has."""
        await self.say(f"/{language}")
        await self.look(Numbers())

    async def open(self, payload: str) -> None:
        """Send what a link has typed."""
        self._server.start(_ME, payload)
        await self._taken()

    async def say(self, text: str) -> None:
        """Type something."""
        if len(text) > _LONGEST:
            raise Cannot("WhatsApp takes no longer text")
        self._server.say(_ME, text)
        await self._taken()

    async def press(self, label: str) -> None:
        """Press the newest button or row of a label; they stay for ever."""
        key = self._keys.get(flowing([label]))
        if key is None:
            raise Cannot("it came as a template, which has no buttons")
        code, message = key
        self._server.press(_ME, data=code, message=message)
        await self._taken()

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        self._server.press(_ME, data=code)
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
        """Refuse: a card is anybody's."""
        raise Cannot("WhatsApp tells one's own number by itself")

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new; further lists are one list to a reader."""
        await self._edge.send()
        new = self._server.screen(_ME).said[self._seen :]
        self._seen += len(new)
        choices = [
            (_label(key), key.data, one.id) for one in new for row in one.keys for key in row
        ]
        self._keys |= {label: (code, message) for label, code, message in choices}
        kinds = [one.kind for one in new]
        return Reading(
            numbers.mask(flowing(self._text(one) for one in new)),
            tuple(numbers.mask(label) for label, _, _ in choices),
            kinds.count("document"),
            kinds.count("image"),
        )

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read; a day after the person's last words by templates alone."""
        words = self._house.assistant.knowledge.words[language]
        wrote_at = self._server.person(_ME).wrote_at
        if wrote_at and self._house.clock() - wrote_at < _WINDOW:
            return reading(said, numbers, words)
        agreed = [one.template for one in said if isinstance(one, Say) and one.template]
        return Reading(numbers.mask(flowing(self._agree(one, language) for one in agreed)), ())

    def _agree(self, template: Template, language: str) -> str:
        """Have WhatsApp agree to a wording, and say how it reads."""
        places = " ".join(f"{{{{{place + 1}}}}}" for place in range(len(template.values)))
        self._server.template(template.name, language, f"{template.name} {places}".strip())
        return " ".join((template.name, *(value.strip() or "—" for value in template.values)))

    def _text(self, one: Shown) -> str:
        """Read a message; what stands above a further list is no words of the assistant's."""
        words = self._house.assistant.knowledge.words.values()
        if one.kind == "interactive list" and one.text in {
            spoken("messenger.more_choices") for spoken in words
        }:
            return ""
        return _BOLD.sub(r"\1", one.text)

    async def _taken(self) -> None:
        """Wait until the bot has taken what was done."""
        await self._server.until(lambda: self._server.webhook.postman.idle)


def _label(key: Key) -> str:
    """Read a row of a list, the long label of which goes on in its description."""
    return flowing([key.label, key.hint])


def _builder(url: str, _: Settings, __: Knowledge, surroundings: Surroundings) -> WhatsApp:
    return build(
        WhatsAppSettings(
            TOKEN, PHONE_NUMBER_ID, APP_SECRET, VERIFY_TOKEN, url, "v26.0", AnyWording()
        ),
        surroundings,
    )


@asynccontextmanager
async def hands(house: House, language: str) -> AsyncIterator[WhatsAppHands]:
    """Hold a phone inside the block; at its end no rule of WhatsApp's has been broken."""
    async with WhatsAppServer(house.clock, faster=1000) as server:
        if house.phone:
            server.person(_ME, phone=house.phone.removeprefix("+"))
        server.statuses = ("delivered",)
        async with edge(house, partial(_builder, server.url)) as ours:
            server.webhook.url = f"{ours.url}/whatsapp/webhook"
            assert await server.subscribe() == (200, "1158201444")
            somebody = WhatsAppHands(house, server, ours)
            if language != "ru":
                await somebody.speak("english")
            yield somebody
        assert server.violations == []
