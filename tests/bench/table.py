"""Tables of figures, each goal with a mark whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """A figure with its goal: at most so much, or at ``least``; a yardstick ``holds`` to none."""

    value: float
    goal: float
    least: bool = False
    holds: bool = True
    form: str = ".2f"

    def __str__(self) -> str:
        value = f"{self.value:{self.form}}"
        if not self.holds:
            return value
        met = self.value >= self.goal if self.least else self.value <= self.goal
        sign = "≥" if self.least else "≤"
        return f"{value} ({sign} {self.goal:g} {'met' if met else 'MISSED'})"


@dataclass(frozen=True)
class Row:
    """A line: its name, plain figures, figures with goals."""

    name: str
    figures: Sequence[str] = ()
    goals: Sequence[Goal] = field(default_factory=tuple)

    @property
    def cells(self) -> list[str]:
        """All cells as text."""
        return [self.name, *self.figures, *map(str, self.goals)]


def show(title: str, heads: Sequence[str], goals: Sequence[str], rows: Sequence[Row]) -> None:
    """Print a table; what a row has nothing to be compared with stays empty."""
    head = [*heads, *goals]
    lines = [head, *(row.cells + [""] * (len(head) - len(row.cells)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(f"\n{title}\n")  # noqa: T201
    for line in lines:
        first, *others = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
        print("  " + "  ".join(cells))  # noqa: T201
