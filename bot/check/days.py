"""The days on which facts are tried: today and somewhat over a year ahead."""

from collections.abc import Iterator
from datetime import date, timedelta

_AHEAD = 400


def days_from(today: date) -> Iterator[date]:
    """Walk the days, so that every season is met and New Year crossed."""
    return (today + timedelta(days=ahead) for ahead in range(_AHEAD))
