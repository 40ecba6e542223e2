"""The ladder of a duty: on which days one is reminded. Days follow from facts; none is stored."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from dialogs.duties.duty import Duty, Kind
from dialogs.terms import Term, month_term, newborn_term, passport_term, window_term

RungName: TypeAlias = Literal["start", "week", "again", "soon", "eve", "last", "after"]
_SOFT: frozenset[RungName] = frozenset({"start", "week"})
_NEAR = timedelta(days=3)
_USELESS_AFTER = timedelta(days=60)
_WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder: its name, its day, and how many days of quiet it wants before it."""

    name: RungName
    day: date
    quiet: int = 1


def term_of(duty: Duty) -> Term | None:
    """Return the term of a duty; None where the law names no last day."""
    return _TERMS[duty.kind](duty.since)


def ahead(duty: Duty) -> tuple[Rung, ...]:
    """List the reminders still to come, those that would crowd one another folded."""
    if not duty.is_running:
        return ()
    term = term_of(duty)
    end = term.last if term else date.max
    in_time = (rung for rung in _rungs(duty) if rung.name not in _SOFT or rung.day <= end)
    rungs = sorted(in_time, key=lambda rung: rung.day)
    before = duty.told_on
    if duty.again_on and duty.again_on > before:
        rungs = [rung for rung in rungs if rung.day > duty.again_on]
        rungs.insert(0, Rung("again", duty.again_on))
    kept: list[Rung] = []
    for place, rung in enumerate(rungs):
        if rung.day < before + _DAY * rung.quiet:
            continue
        following = rungs[place + 1].day if place + 1 < len(rungs) else date.max
        if rung.name in _SOFT and following < rung.day + _NEAR:
            continue  # what comes next says more
        kept.append(rung)
        before = rung.day
    return tuple(kept)


def is_useless(duty: Duty, today: date) -> bool:
    """Tell whether it is too late to say anything: after a downtime of months."""
    term = term_of(duty)
    end = term.legal if term else duty.since
    return today > max(end, duty.again_on or end, duty.noted_on) + _USELESS_AFTER


def _rungs(duty: Duty) -> Iterator[Rung]:
    term = term_of(duty)
    begun = max(duty.since, duty.noted_on)
    match duty.kind:
        case "window":
            yield Rung("start", duty.since)
            return
        case "right":
            yield Rung("start", max(duty.since - _MONTH, duty.noted_on + _DAY))
        case "passport_14" | "passport_20" | "passport_45":
            # Found in the register, so nobody has been told yet; getting one takes weeks.
            start = max(duty.since, duty.noted_on + _DAY)
            yield Rung("start", start)
            yield Rung("week", start + _MONTH, 7)
        case _:
            yield Rung("start", duty.since)
            yield Rung("week", begun + _WEEK, 3)
    if term:
        yield Rung("soon", term.last - _WEEK, 3)
        yield Rung("eve", term.last - _DAY, 2)
        yield Rung("last", term.last)
        yield Rung("after", term.legal + _DAY)


def _no_end(_since: date) -> None:
    return None


def _its_own_end(since: date) -> Term:
    return Term(since, since)


def _window(since: date) -> Term:
    return window_term(since.year)


_TERMS: Mapping[Kind, Callable[[date], Term | None]] = {
    "name": month_term,
    "document": month_term,
    "address": month_term,
    "insurer": month_term,
    "newborn": newborn_term,
    "passport_14": _no_end,  # the law's term for the first passport is not the insurer's affair
    "passport_20": passport_term,
    "passport_45": passport_term,
    "right": _its_own_end,
    "window": _window,
}
"""How the term of each kind counts from the day of its event."""
