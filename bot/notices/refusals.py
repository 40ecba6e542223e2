"""Why something may not be done to a notice; nothing was written, and nothing is lost."""

from dataclasses import dataclass

from bot.letters import Refused
from dialogs.notices.states import State


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be mended before a notice can be sent.

    ``key`` names the sentence, ``notice.fault.<key>``; ``where`` the place: a language, a button,
    a field.
    """

    key: str
    where: str = ""
    value: str = ""


class NotAllowed(Refused):
    """A notice in its state does not allow that."""

    def __init__(self, state: State | None) -> None:
        super().__init__(f"not in the state {state}")
        self.state = state


class SameAuthor(Refused):
    """Another person has to approve it."""


class NeedsApproval(Refused):
    """So many people get it only after another person has approved it."""


class Changed(Refused):
    """Somebody else has changed it meanwhile."""

    def __init__(self, revision: int) -> None:
        super().__init__(f"it has revision {revision} by now")
        self.revision = revision


class Faulty(Refused):
    """It has faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(one.key for one in faults))
        self.faults = faults


class NotHere(Refused):
    """It may not go through the channel that it was to be tried in."""

    def __init__(self, channel: str) -> None:
        super().__init__(f"not through {channel}")


class NotCounted(Refused):
    """Whom it would reach could not be counted in time: the database has too much to do."""


class AudienceMoved(Refused):
    """Other people are meant by now than were shown."""

    def __init__(self, was: int, now: int) -> None:
        super().__init__(f"{was} people were shown, {now} are meant now")
        self.was = was
        self.now = now
