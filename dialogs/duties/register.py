"""Duties that the register begins by itself: birthdays of the passport, the end of a right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from dialogs.dates import anniversary
from dialogs.duties.duty import Duty, Kind, State
from dialogs.duties.kinds import FROM_REGISTER, PASSPORTS
from dialogs.forms.parts import FOREIGN_PAPERS
from dialogs.insured import Insured, Linked
from dialogs.session import Session

_OLD_PASSPORT_GOOD = timedelta(days=90)
_STILL_WORTH_TELLING = timedelta(days=60)


def synced(session: Session, people: Iterable[Linked], today: date) -> Session:
    """Bring the duties in line with what the register says today of the linked people.

    Those of people parted from go; a date that the register has changed is taken over; what
    was done or stopped stays so until there is a new date.
    """
    insured = {one.insured.id: one.insured for one in people}
    wanted = {
        (kind, person.id): day for person in insured.values() for kind, day in _due(person, today)
    }
    kept: list[Duty] = []
    for duty in session.duties:
        if duty.kind not in FROM_REGISTER:
            if duty.insured in {0, *insured}:
                kept.append(duty)
            continue
        day = wanted.pop((duty.kind, duty.insured), None)
        if day == duty.since:
            kept.append(duty)
        elif day:
            kept.append(_moved(duty, day, today))
    synced = replace(session, duties=tuple(kept))
    for (kind, person_id), day in wanted.items():
        synced = replace(synced, noted=synced.noted + 1)
        begun = Duty(synced.noted, kind, day, today, today, insured=person_id)
        synced = synced.with_duty(begun)
    return session if synced == session else synced


def _moved(duty: Duty, day: date, today: date) -> Duty:
    state: State = "stopped" if duty.state == "stopped" else "running"
    return replace(duty, since=day, state=state, noted_on=today, told_on=today, again_on=None)


def _due(person: Insured, today: date) -> Iterator[tuple[Kind, date]]:
    if person.right_until:
        if today <= person.right_until + _STILL_WORTH_TELLING:
            yield "right", person.right_until
    elif person.document_kind not in FOREIGN_PAPERS:
        for kind, age in PASSPORTS.items():
            birthday = anniversary(person.born_on, age)
            if today <= birthday + _OLD_PASSPORT_GOOD:
                yield kind, birthday
                return
