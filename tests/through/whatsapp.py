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
from tests.through.edges import edge
from tests.through.house import House
from tests.through.phone import ME, Phone
from tests.through.playing import Cannot

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


class WhatsAppHands(Phone):
    """Somebody with WhatsApp."""

    messenger = "WhatsApp"
    longest = 4096

    @property
    def address(self) -> str:
        """The lasting id of the person."""
        return self.server.person(ME).address

    async def taken(self) -> None:
        """Wait until everything was brought."""
        await self.server.until(lambda: self.server.webhook.postman.idle)

    async def speak(self, language: str) -> None:
        """Choose a language: WhatsApp tells nobody which one a person has."""
        await self.say(f"/{language}")
        await self.look(Numbers())

    async def press(self, label: str) -> None:
        """Press the newest button or row of a label; they stay for ever."""
        key = self._keys.get(flowing([label]))
        if key is None:
            raise Cannot("it came as a template, which has no buttons")
        code, message = key
        self.server.press(ME, data=code, message=message)
        await self.taken()

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of a message that is not there any more."""
        self.server.press(ME, data=code)
        await self.taken()

    async def contact(self, phone: str) -> None:
        """Refuse: a card is anybody's."""
        raise Cannot("WhatsApp tells one's own number by itself")

    async def look(self, numbers: Numbers) -> Reading:
        """Read what is new; further lists are one list to a reader."""
        new = await self.new()
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
        words = self.house.assistant.knowledge.words[language]
        wrote_at = self.server.person(ME).wrote_at
        if wrote_at and self.house.clock() - wrote_at < _WINDOW:
            return reading(said, numbers, words)
        agreed = [one.template for one in said if isinstance(one, Say) and one.template]
        return Reading(numbers.mask(flowing(self._agree(one, language) for one in agreed)), ())

    def _agree(self, template: Template, language: str) -> str:
        """Have WhatsApp agree to a wording, and say how it reads."""
        places = " ".join(f"{{{{{place + 1}}}}}" for place in range(len(template.values)))
        self.server.template(template.name, language, f"{template.name} {places}".strip())
        return " ".join((template.name, *(value.strip() or "—" for value in template.values)))

    def _text(self, one: Shown) -> str:
        """Read a message; what stands above a further list is no words of the assistant's."""
        words = self.house.assistant.knowledge.words.values()
        if one.kind == "interactive list" and one.text in {
            spoken("messenger.more_choices") for spoken in words
        }:
            return ""
        return _BOLD.sub(r"\1", one.text)


def _label(key: Key) -> str:
    """Read a row of a list, the long label of which goes on in its description."""
    return flowing([key.label, key.hint])


def _builder(url: str, _: Settings, __: Knowledge, surroundings: Surroundings) -> WhatsApp:
    return build(
        WhatsAppSettings(
            TOKEN, PHONE_NUMBER_ID, APP_SECRET, VERIFY_TOKEN, url, templates=AnyWording()
        ),
        surroundings,
    )


@asynccontextmanager
async def hands(house: House, language: str) -> AsyncIterator[WhatsAppHands]:
    """Hold a phone inside the block; at its end no rule of WhatsApp's has been broken."""
    async with WhatsAppServer(house.clock, faster=1000) as server:
        if house.phone:
            server.person(ME, phone=house.phone.removeprefix("+"))
        server.statuses = ("delivered",)
        async with edge(house, {}, partial(_builder, server.url)) as ours:
            server.webhook.url = f"{ours.url}/whatsapp/webhook"
            assert await server.subscribe() == (200, "1158201444")
            somebody = WhatsAppHands(house, server, ours)
            if language != "ru":
                await somebody.speak("english")
            yield somebody
        assert server.violations == []
