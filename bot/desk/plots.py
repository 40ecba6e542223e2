"""Plots drawn by the server: where each bar stands, in units of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 220
_LEFT: Final = 52  # room for the numbers of the scale
_BOTTOM: Final = 26  # room for the labels under the bars
_TOP: Final = 10
_GAP: Final = 0.25  # of a bar's room
_LINES: Final = 4  # of the scale, at most
_LABEL: Final = 30  # the least room for a label
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``label`` is empty under bars that stand too close together for all labels."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars that stand side by side, with the lines of their scale as (y, value)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to be seen."""
        return not any(bar.value for bar in self.bars)


def columns(values: Sequence[tuple[str, str, int]]) -> Columns:
    """Place bars, each given as (label under it, whole name, value)."""
    step = step_of(max((value for _, _, value in values), default=0))
    most = max((value for _, _, value in values), default=0)
    top = step * max(1, -(-most // step))
    floor, tall = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    room = (WIDTH - _LEFT) / max(1, len(values))
    every = max(1, round(_LABEL / room + 0.5))
    bars = []
    for place, (label, name, value) in enumerate(values):
        height = tall * value / top
        x = _LEFT + room * (place + _GAP / 2)
        bars.append(
            Bar(
                x=round(x, 1),
                y=round(floor - height, 1),
                width=round(room * (1 - _GAP), 1),
                height=round(height, 1),
                middle=round(x + room * (1 - _GAP) / 2, 1),
                label=label if place % every == 0 else "",
                name=name,
                value=value,
            )
        )
    lines = tuple(
        (round(floor - tall * value / top, 1), value) for value in range(0, top + 1, step)
    )
    return Columns(tuple(bars), lines)


def step_of(most: int) -> int:
    """Find the step of a scale that ends at or above a value, in few lines of round numbers."""
    power = 1
    while True:
        for step in _STEPS:
            if most <= step * power * _LINES:
                return step * power
        power *= 10


def share(part: int, whole: int) -> int | None:
    """Tell a part in whole per cent; None of nothing."""
    return round(100 * part / whole) if whole else None
