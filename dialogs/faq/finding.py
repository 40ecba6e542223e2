"""What looking for a topic may come to: three outcomes."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Sure:
    """One topic fits well enough to be answered outright; ``score`` is 0–1."""

    topic: str
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class HalfSure:
    """Up to three topics may be meant, best first."""

    topics: tuple[str, ...]
    score: float
    language: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing fits."""

    score: float = 0.0


Finding: TypeAlias = Sure | HalfSure | Unsure
