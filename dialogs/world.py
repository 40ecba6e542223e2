"""What the core may know of the world while it decides one event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.faq.library import Library
from dialogs.form import Form
from dialogs.hours import Desk
from dialogs.insured import Linked
from dialogs.lifecycle import Application
from dialogs.notices.content import Kind
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Promises:
    """What the insurer promises and asks, in working days.

    ``review`` is by when a person looks at an application, ``clarification`` how long the
    citizen has to answer a question about it.
    """

    review: int = 3
    clarification: int = 10


@dataclass(frozen=True, slots=True)
class World:
    """The outside of one turn.

    ``now`` is aware and in the organisation's zone; ``words`` and ``values`` (the
    organisation's own facts: its name, phones, hours …) are by language. ``applications``
    are those of this chat, the newest first. ``people`` are those proven in this chat.
    ``sends_codes`` tells whether codes can be sent to phones, ``vouches`` whether the channel
    can vouch for a person's own number; ``vouched`` is that number where it comes with
    every message, empty elsewhere. ``desk`` is where representatives answer, None where
    nobody can be called into the chat. ``reads_photos`` tells whether photos of paper policies
    can be looked at. ``withholds`` where personal data may not travel: what is marked so goes
    elsewhere, and is answered there. ``has_left`` when the conversation was last heard to go on
    in another messenger. ``chosen`` is what the person has said of kinds of notices, None while no
    turn has asked for it.
    """

    now: datetime
    words: Mapping[str, Words]
    library: Library
    values: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, Form]
    applications: tuple[Application, ...] = ()
    promises: Promises = Promises()
    people: tuple[Linked, ...] = ()
    sends_codes: bool = False
    vouches: bool = False
    vouched: str = field(default="", repr=False)
    desk: Desk | None = None
    reads_photos: bool = False
    withholds: bool = False
    has_left: bool = False
    chosen: Mapping[Kind, bool] | None = None

    @property
    def proves(self) -> bool:
        """Tell whether there is a way to prove here who one is."""
        return self.sends_codes or self.vouches or bool(self.vouched)

    def filled(self, language: str) -> Mapping[str, str]:
        """Return the values of all placeholders of topics on this day."""
        year = self.now.year
        return {
            **self.values[language],
            "year": str(year),
            "next_year": str(year + 1),
            "today": self.words[language].day(self.now.date()),
        }
