"""Which days a page of figures is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Periods that end today, by how many days they have; texts ``desk.figures.period.<name>``."""

OWN: Final = "own"
USUAL: Final = "week"
_DAY: Final = timedelta(days=1)
_EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, the first and the last one included; ``is_wrong`` when they could not be read."""

    name: str
    first: date
    last: date
    is_wrong: bool = False

    @property
    def days(self) -> int:
        """Count the days."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """Return as many days before these."""
        return Period(OWN, self.first - _DAY * self.days, self.first - _DAY)

    def each(self) -> list[date]:
        """List the days."""
        return [self.first + _DAY * place for place in range(self.days)]


def read(query: Mapping[str, str], today: date) -> Period:
    """Read the period of a page's address; what cannot be read is the usual one, and wrong.

    Days given in the wrong order are put right, and none lies after today.
    """
    name = query.get("period", USUAL)
    if name in DAYS:
        return Period(name, today - _DAY * (DAYS[name] - 1), today)
    usual = Period(OWN, today - _DAY * (DAYS[USUAL] - 1), today, is_wrong=True)
    if name != OWN:
        return usual
    try:
        given = sorted(date.fromisoformat(query.get(end, "")) for end in ("from", "to"))
    except ValueError:
        return usual
    first, last = given[0], min(given[1], today)
    return Period(OWN, first, last) if _EARLIEST <= first <= last else usual
