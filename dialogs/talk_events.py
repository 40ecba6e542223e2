"""What happens to a conversation as far as representatives are concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dialogs.json import Json
from dialogs.talk import Kind as TalkKind

Parting: TypeAlias = Literal["back", "closed", "lapsed", "passed"]


@dataclass(frozen=True, slots=True)
class Queued:
    """The person waits for a representative, in the ``place`` in line, counted from 1.

    ``minutes`` is how long others have waited lately, 0 when there were none.
    """

    kind: TalkKind
    place: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class RepresentativeJoined:
    """A representative of the insurer leads the dialog from here on.

    ``again``: after a form that the representative had opened for the person.
    """

    name: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class RepresentativeSaid:
    """The representative who leads wrote to the person.

    ``documents`` name files that go along, as `dialogs.effects.Say.document` does.
    """

    name: str
    text: str = field(repr=False)
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The representative passed the dialog on to a colleague, who leads from here on."""

    name: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The representative opened a form for the person, at a step, with answers already known.

    An empty ``step`` is the first one without an answer.
    """

    name: str
    form: str
    step: str = ""
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SetAside:
    """The representative who leads comes back to the dialog later, or now that it is later."""


@dataclass(frozen=True, slots=True)
class RepresentativeLeft:
    """The representative no longer leads.

    ``back``: the dialog was given back to the assistant; ``closed``: its matter, the talk of
    that id, is settled; ``lapsed``: the representative fell silent; ``passed``: whoever is
    free next takes it. In the last two the person waits in line again.
    """

    why: Parting = "back"
    talk: int = 0
