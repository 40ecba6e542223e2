"""What a button can mean."""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.duties.meanings import OnClock
from dialogs.identity_meanings import OnIdentity
from dialogs.move_meanings import MoveOn
from dialogs.notices.meanings import OnNotices
from dialogs.person_meanings import OnPerson


@dataclass(frozen=True, slots=True)
class ToMenu:
    """Show the menu."""


@dataclass(frozen=True, slots=True)
class AllTopics:
    """Show a page of the list of all topics, counted from 1."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class ToTopic:
    """Answer a topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class Helpful:
    """Say whether the answer of a topic helped."""

    topic: str
    yes: bool


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the suggested topics was meant."""


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Ask for a representative."""


@dataclass(frozen=True, slots=True)
class ToLanguage:
    """Go on in another language."""

    language: str


@dataclass(frozen=True, slots=True)
class Back:
    """Go to the question before."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the open draft; the person is asked once more."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Repeat the open question."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a form, or go on with its draft."""

    form: str


@dataclass(frozen=True, slots=True)
class BeginAnyway:
    """Begin a form although an application of it is under way."""

    form: str


@dataclass(frozen=True, slots=True)
class OfferReminder:
    """Be reminded of something that the law does not allow yet."""

    name: str


@dataclass(frozen=True, slots=True)
class ToApplications:
    """List the applications of this person."""


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Take back the consent to the processing of personal data."""


@dataclass(frozen=True, slots=True)
class ToApplication:
    """Show one application with its history."""

    number: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Send the printable form of an application."""

    number: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an application back; ``sure`` once the person has confirmed it."""

    number: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer a step of a draft with one of its choices."""

    form: str
    number: int
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Answer a step of a draft anew."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave an optional step of a draft out."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Why:
    """Ask why a step of a draft is asked."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep an answer that looked wrong."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Agree:
    """Agree to the processing of personal data, in a draft."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """Show a page of the answers of a draft, to choose what to change; counted from 1."""

    form: str
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class Submit:
    """File a draft."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a draft."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Discard:
    """Give a draft up for good."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class ToPhoto:
    """Have a paper policy read from a photo."""


@dataclass(frozen=True, slots=True)
class FillIn:
    """What was read from a photo is right and belongs into the application."""


@dataclass(frozen=True, slots=True)
class NotThis:
    """What was read from a photo is not to be used."""


OnStep: TypeAlias = Choose | Edit | Keep | Skip | Why
OnDraft: TypeAlias = OnStep | Agree | Change | Submit | Resume | Discard
OnApplication: TypeAlias = ToApplication | Printed | Withdraw
Meaning: TypeAlias = (
    ToMenu
    | AllTopics
    | ToTopic
    | Helpful
    | NoneOfThese
    | ToPerson
    | ToLanguage
    | Back
    | Cancel
    | GoOn
    | Begin
    | BeginAnyway
    | OfferReminder
    | ToApplications
    | WithdrawConsent
    | ToPhoto
    | FillIn
    | NotThis
    | OnApplication
    | OnDraft
    | OnIdentity
    | OnPerson
    | OnClock
    | OnNotices
    | MoveOn
)
