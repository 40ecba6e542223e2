"""What the pages of the desk stand on; built once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.desk.assets import DeskAssets
from bot.desk.lockout import Lockout
from bot.desk.passwords import Passwords
from bot.desk.streams import Streams
from bot.desk.tokens import Tokens
from bot.forum.trouble import Trouble
from bot.lines import Line
from bot.printing import Printing
from bot.safekeeping import Safe
from bot.sealing import Seal
from dialogs.insured import Linked
from dialogs.words import Words
from dialogs.world import World
from storage.db import Store
from storage.journal import Chain


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that pages share.

    ``is_demo`` lets the accounts of the demonstration in; ``public_url`` is how staff reach
    the desk, and tells whether cookies are bound to https. ``uncleared`` are the channels that
    personal data may not go through, ``lines`` the messengers of this process;
    ``forum`` tells what troubles the staff's group that this process mirrors dialogs to;
    ``printing`` draws sheets of applications; ``history`` is how long messages are kept.
    """

    assistant: Assistant
    seal: Seal
    chain: Chain
    tokens: Tokens
    passwords: Passwords
    lockout: Lockout
    assets: DeskAssets
    streams: Streams
    public_url: str
    is_demo: bool
    safe: Safe
    worlds: Callable[[datetime], World]
    uncleared: frozenset[str] = frozenset()
    lines: Sequence[Line] = ()
    forum: Callable[[], Trouble | None] = lambda: None
    printing: Printing | None = None
    history: timedelta = timedelta(days=365)

    def world(self, now: datetime, people: Sequence[Linked] = ()) -> World:
        """Make what the core knows, to read a conversation by; ``people`` are proven in it."""
        return replace(self.worlds(now), people=tuple(people))

    @property
    def store(self) -> Store:
        """Return the database."""
        return self.assistant.store

    @property
    def clock(self) -> Callable[[], datetime]:
        """Return the clock."""
        return self.assistant.clock

    @property
    def words(self) -> Mapping[str, Words]:
        """Return the words of each language."""
        return self.assistant.knowledge.words

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which times are told."""
        return self.assistant.knowledge.organisation.zone

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the codes of the regions where the insurer works."""
        return tuple(self.assistant.knowledge.organisation.insurer.regions)

    def region_name(self, code: str, words: Words) -> str:
        """Name a region by its code; the code itself if it has no name."""
        rows = (row.split("|") for row in words.options("field.regions"))
        return next((name for known, name, *_ in rows if known == code), code)

    def brand(self, language: str) -> str:
        """Return whose desk it is."""
        return self.assistant.knowledge.organisation.insurer.short_name[language]

    @property
    def is_https(self) -> bool:
        """Tell whether staff come over https."""
        return self.public_url.startswith("https://")
