"""A conversation as a value: everything the assistant must remember between two turns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from dialogs.duties.duty import Duty, Kind
from dialogs.effects import Button
from dialogs.insured import Goal, Role
from dialogs.json import Json
from dialogs.paper import PaperPolicy


@dataclass(frozen=True, slots=True)
class Draft:
    """An application being filled in.

    ``number`` tells apart the drafts of one chat, so a button of a finished draft cannot
    touch the next one. ``asked`` is the step whose question the person saw last, empty at
    the review; ``parts`` holds what a step that collects several things has so far, and
    under signs that are no step the answer in doubt and those set aside (`dialogs.judging`).
    ``amends`` is the number of the filed application that the draft completes. ``sources``
    tell by step where an answer comes from that nobody has typed.
    """

    form: str
    version: int
    number: int
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    asked: str = ""
    parts: Mapping[str, Json] = field(default_factory=dict, repr=False)
    amends: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Photographed:
    """A paper policy photographed for the draft of a number.

    Until the ``files`` have been looked at they are named here, which keeps them; then they
    go, and the ``policy`` that was read waits to be confirmed.
    """

    draft: int
    files: tuple[str, ...] = ()
    policy: PaperPolicy | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Proving:
    """Somebody saying who they are.

    ``role`` is who it is about, None until it is said. Of the ``answers``, ``phone`` and
    ``born_on`` are as forms keep them, ``number`` is an ЕНП or the last four digits of a
    document. ``is_vouched`` when the messenger itself says that the phone is theirs: then no
    code is sent. ``is_sent`` once a code or a look at the register was asked for.
    """

    goal: Goal
    role: Role | None = None
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_sent: bool = False
    is_vouched: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A question beside everything else, on the way to a representative.

    ``asks`` for the question to be left, for the phone to be called, or when to be called.
    """

    asks: Literal["question", "phone", "hour"]
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Lent:
    """A draft that a representative opened for the person and wants the result of."""

    name: str
    draft: int


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the clock wants to know: what has changed, when, for whom; or the person's zone.

    Its open question is the first without an answer. ``about`` is as in `Duty`, None until
    it is said; a linked person stands as ``insured``. ``duty`` is the number of the duty whose
    date is corrected, 0 for a new one. ``days`` are those among which the person has to choose.
    """

    kind: Kind | None = None
    since: date | None = None
    about: str | None = None
    insured: int = 0
    duty: int = 0
    days: tuple[date, ...] = ()
    is_zone: bool = False


@dataclass(frozen=True, slots=True)
class Moving:
    """A move to or from another messenger that waits for a yes until an aware moment.

    Here it comes by a ``code``, or from here it goes ``to`` a chat, by its id, of a ``channel``:
    then ``draft`` is the number of the application, 0 for the whole conversation.
    """

    until: datetime
    code: str = field(default="", repr=False)
    to: int = 0
    channel: str = ""
    draft: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """What the assistant remembers of one chat.

    ``begun`` counts the drafts ever begun; ``offered`` are the choices under the last
    message, so that they can be answered by number or label; ``led_by`` is the name of
    the representative who leads the dialog; ``misunderstood`` counts the misunderstandings
    in a row; ``question`` and ``topic`` are the last question answered and its answer, for
    «did it help?», the question with personal numbers masked. ``consent`` is the version
    of the consent that was given for applications, ``allowed`` of that for the register.
    ``proving`` is there while somebody says who they are; no draft is open meanwhile.
    ``waiting`` counts what was told to somebody who waits for a representative, 0 for others;
    ``urgent`` who spoke in distress. ``lent`` is the draft in which a representative waits
    for the person. ``unrated`` is the id of the talk whose rating was asked for.
    ``photographed`` is the paper policy that was sent for a draft.
    ``inquiry`` is a short question of the clock laid over whatever else is open. ``duties``
    are those of the clock, ``noted`` how many there ever were; ``zone`` is the name of the
    person's time zone, empty for the organisation's. ``moving`` is a move to or from another
    messenger that was asked about.
    """

    language: str = "ru"
    draft: Draft | None = None
    parked: tuple[Draft, ...] = ()
    begun: int = 0
    offered: tuple[Button, ...] = ()
    led_by: str = ""
    misunderstood: int = 0
    question: str = field(default="", repr=False)
    topic: str = ""
    consent: str = ""
    proving: Proving | None = None
    allowed: str = ""
    waiting: int = 0
    urgent: bool = False
    aside: Aside | None = None
    lent: Lent | None = None
    unrated: int = 0
    photographed: Photographed | None = None
    inquiry: Inquiry | None = None
    duties: tuple[Duty, ...] = ()
    noted: int = 0
    zone: str = ""
    moving: Moving | None = None

    @property
    def is_asking(self) -> bool:
        """Tell whether a question of the assistant's own waits for its answer."""
        return bool(self.draft or self.proving or self.inquiry)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, the open one first."""
        return (self.draft, *self.parked) if self.draft else self.parked

    def draft_of(self, form: str, number: int) -> Draft | None:
        """Find a draft, open or parked."""
        named = (form, number)
        return next((one for one in self.drafts() if (one.form, one.number) == named), None)

    def with_draft(self, draft: Draft) -> "Session":
        """Make this draft the open one; another one that was open is parked."""
        others = self.without(draft.number)
        return replace(others, draft=draft, parked=others.drafts(), proving=None, inquiry=None)

    def without(self, number: int) -> "Session":
        """Drop a draft."""
        return replace(
            self,
            draft=self.draft if self.draft and self.draft.number != number else None,
            parked=tuple(draft for draft in self.parked if draft.number != number),
        )

    def park(self) -> "Session":
        """Set the open draft aside, to be offered again; who was saying who they are stops."""
        return replace(self, draft=None, parked=self.drafts(), proving=None, inquiry=None)

    def duty(self, number: int) -> Duty | None:
        """Find a duty by its number."""
        return next((one for one in self.duties if one.number == number), None)

    def with_duty(self, duty: Duty) -> "Session":
        """Put a duty in the place of the one with its number, or add it."""
        others = tuple(duty if one.number == duty.number else one for one in self.duties)
        return replace(self, duties=others if duty in others else (*others, duty))
