"""A conversation as a value: everything the assistant must remember between two turns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs.effects import Button
from dialogs.json import Json


@dataclass(frozen=True, slots=True)
class Draft:
    """An application being filled in.

    ``number`` tells apart the drafts of one chat, so a button of a finished draft cannot
    touch the next one. ``asked`` is the step whose question the person saw last, empty at
    the review; ``parts`` holds what a step that collects several things has so far.
    """

    form: str
    version: int
    number: int
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    asked: str = ""
    parts: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """What the assistant remembers of one chat.

    ``begun`` counts the drafts ever begun; ``offered`` are the choices under the last
    message, so that they can be answered by number or label; ``led_by`` is the name of
    the representative who leads the dialog; ``misunderstood`` counts the misunderstandings
    in a row; ``question`` and ``topic`` are the last question answered and its answer, for
    «did it help?», the question with personal numbers masked.
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

    def with_draft(self, draft: Draft) -> "Session":
        """Make this draft the open one; another one that was open is parked."""
        others = self.without(draft.form)
        parked = (*others.parked, others.draft) if others.draft else others.parked
        return replace(others, draft=draft, parked=parked)

    def without(self, form: str) -> "Session":
        """Drop the drafts of a form."""
        return replace(
            self,
            draft=self.draft if self.draft and self.draft.form != form else None,
            parked=tuple(draft for draft in self.parked if draft.form != form),
        )

    def park(self) -> "Session":
        """Set the open draft aside, to be offered again."""
        if not self.draft:
            return self
        return replace(self, draft=None, parked=(*self.parked, self.draft))
