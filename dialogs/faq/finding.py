"""What looking for a topic may come to: four outcomes."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Sure:
    """One topic fits well enough to be answered outright.

    ``score`` is 0–1; ``language`` says whose phrases matched, which may differ from the
    session's; ``others`` are up to two runners-up close enough to be offered beside it.
    """

    topic: str
    score: float
    language: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HalfSure:
    """Up to three topics may be meant, best first."""

    topics: tuple[str, ...]
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Recognised as a matter of someone else: ``kind`` is a file name of ``elsewhere/``."""

    kind: str
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing fits."""

    score: float = 0.0


Finding: TypeAlias = Sure | HalfSure | Elsewhere | Unsure
