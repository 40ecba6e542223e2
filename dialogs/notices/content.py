"""A notice as a value: what is said, to whom, and when; plain JSON and back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec

from dialogs.json import Json

Kind: TypeAlias = Literal["duty", "service", "advertising"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""A duty is what the law asks of the person; advertising goes to those who agreed to it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a notice says in one language; ``answers`` are buttons under its one question."""

    text: str
    question: str = ""
    answers: tuple[str, ...] = ()


class Conditions(msgspec.Struct, frozen=True, tag="conditions"):
    """Whom a notice is for, by what is known of chats; what is empty asks nothing.

    ``insured``: only those proven to be insured (True), only guests (False). ``terms``: with a
    term of the law under way. ``applications`` are states of which some application has to be
    in one. ``seen_since`` and ``seen_before`` are when somebody last wrote. ``regions`` are the
    two-digit codes known from talks, "" for those of whom it is not known.
    """

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    insured: bool | None = None
    terms: bool = False
    applications: tuple[str, ...] = ()
    seen_since: datetime | None = None
    seen_before: datetime | None = None


class Listed(msgspec.Struct, frozen=True, tag="listed"):
    """Whom a notice is for: the people of the list uploaded for it.

    With ``regions`` only those known to live there: whoever uploaded it may write to no others.
    """

    regions: tuple[str, ...] = ()


class Results(msgspec.Struct, frozen=True, tag="results"):
    """Whom a notice is for: those who came out of an earlier one in some states.

    ``reasons`` narrow that down, if there are any. ``elsewhere``: through another channel than
    that time, where there is one.
    """

    notice: int
    states: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    elsewhere: bool = False


UNRATIONED: Final = 99
"""More notices in a week than anybody gets: whoever got a mistake gets its correction."""

Audience: TypeAlias = Conditions | Listed | Results


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an operator decides about a notice.

    ``texts`` are by language; who speaks another one gets the ``fallback``. ``buttons`` lead on:
    ``topic:<id>`` or ``form:<id>``. ``template`` is our name of the wording agreed with
    WhatsApp, see `dialogs.effects.Template`. Without ``starts_at`` it goes at once; after
    ``expires_at`` nothing is sent any more. ``in_stages``: the first hundredth goes alone, and
    the rest follows unless more than ``brake`` percent of it failed, which also stops later on.
    ``budget`` is how many notices a person may get in a week, this one included; `UNRATIONED` is as
    good as no limit. ``document`` names the picture or paper that comes with it.
    """

    title: str
    kind: Kind
    texts: dict[str, Wording] = field(default_factory=dict)
    fallback: str = "ru"
    audience: Audience = field(default_factory=Conditions)
    buttons: tuple[str, ...] = ()
    template: str = ""
    starts_at: datetime | None = None
    zone: str = ""
    expires_at: datetime | None = None
    in_stages: bool = True
    brake: int = 5
    budget: int = 3
    document: str = ""

    @property
    def is_unrationed(self) -> bool:
        """Tell whether it goes to people however many notices they have had."""
        return self.budget >= UNRATIONED

    def wording(self, language: str) -> tuple[str, Wording]:
        """Return the wording that somebody of a language gets, and its own language."""
        spoken = language if language in self.texts else self.fallback
        return spoken, self.texts[spoken]


def dump(content: Content) -> dict[str, Json]:
    """Write a content as JSON."""
    state: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(content))
    return state


def load(state: Any) -> Content:
    """Read a content back; raises ValueError for what is none."""
    try:
        return msgspec.convert(state, Content)
    except msgspec.ValidationError as error:
        raise ValueError(f"no such notice: {error}") from error
