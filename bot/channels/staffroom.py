"""What the staff write into the topics of their forum, on its way to the citizen."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody of the staff wrote in a topic, by its ``thread``.

    ``key`` is unique to it; ``text`` is None for anything but words.
    """

    key: str
    thread: int
    sender: int
    text: str | None = field(repr=False)


class Staffroom(Protocol):
    """Where a messenger hands in what the staff write in their forum."""

    async def hear(self, spoken: Spoken) -> None:
        """Return once it is durable; a repeat is a no-op; raises `Busy`."""
        ...
