"""Documents on paper: the application that a person takes to the office, signed by hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.organisation import Organisation
from bot.printing.press import Press
from bot.printing.sheet import Setting, sheet
from dialogs.world import World
from storage.db import Store

__all__ = ["Press", "Printing"]

# What is signed is read by an insurer in Russia, whatever language the chat is in.
_LANGUAGE = "ru"
_NAME = re.compile(r"application[-:](?P<number>[0-9]{4}-[0-9]{4}-[0-9])(\.pdf)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Printing:
    """Draws documents for the chats that own them.

    ``sample`` marks everything as a specimen: the insurer is invented.
    """

    store: Store
    world: Callable[[datetime], World]
    organisation: Organisation
    clock: Callable[[], datetime]
    press: Press
    sample: bool = False

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document as PDF by its name, such as ``application-4821-7390-5.pdf``.

        None when there is no such document, or it is another chat's.
        """
        named = _NAME.fullmatch(name)
        if named is None:
            return None
        async with self.store.look() as look:
            paper = await look.application(named["number"])
        if paper is None or (paper.channel, paper.address) != (channel, chat):
            return None
        now = self.clock()
        world = self.world(now)
        if paper.application.form not in world.forms:
            return None
        setting = Setting(world.words[_LANGUAGE], self.organisation, world, self.sample)
        return await self.press.draw(sheet(paper, setting), now)
