"""What follows from every turn: duties kept true, and their reminders with them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from dialogs import decency
from dialogs.duties import reporting, telling, zoning
from dialogs.duties.duty import Duty
from dialogs.duties.kinds import fulfils
from dialogs.duties.ladder import ahead
from dialogs.duties.register import synced
from dialogs.effects import Effect, Forget, Remind, Say, Unlink
from dialogs.incoming import Filed, Incoming, Moved, Woke
from dialogs.json import Json
from dialogs.move_effects import HandAll
from dialogs.session import Draft, Inquiry, Session
from dialogs.turn import Turn, say
from dialogs.world import World

_ENDED_KEPT = 7


def settle(before: Session, turn: Turn, incoming: Incoming, world: World) -> Turn:
    """Bring duties in line with the register and the applications, and reminders with duties."""
    gone = {one.insured for one in turn.effects if isinstance(one, Unlink)}
    people = [one for one in world.people if one.insured.id not in gone]
    if any(isinstance(one, HandAll) for one in turn.effects):  # they go with the conversation
        people = []
    session = synced(turn.session, people, decency.day_there(turn.session, world))
    session = zoning.told_in_form(session)
    match incoming:
        case Filed():
            session, told = _filed(before, session, incoming, world)
        case Moved(number, state="withdrawn" | "rejected"):
            session, told = _reopened(session, number, world)
        case _:
            told = ()
    effects = _with_lines(turn.effects, told)
    session = _without_the_oldest(session)
    woken = incoming.name if isinstance(incoming, Woke) else ""
    wishes = _wishes(before, session, woken, turn.effects, world)
    return Turn(session, (*effects, *wishes))


def _with_lines(effects: tuple[Effect, ...], told: tuple[Say, ...]) -> tuple[Effect, ...]:
    """Put lines before what offers choices, so that the choices stay with the last message."""
    lines = tuple(one for one in told if not one.buttons)
    return (*lines, *effects, *(one for one in told if one.buttons))


def _filed(
    before: Session, session: Session, event: Filed, world: World
) -> tuple[Session, tuple[Say, ...]]:
    """End what an application fulfils; one of a move may begin the choice of another insurer."""
    draft = _filed_draft(before, session, event)
    if draft is None:
        return session, ()
    about = world.forms[event.form].about(draft.answers)
    told: list[Say] = []
    words = world.words[session.language]
    for duty in _fulfilled(session, event.form, draft.answers, is_other=bool(about)):
        session = session.with_duty(replace(duty, state="done", by=event.number))
        told.append(say(words, "duty.filed", what=telling.title(duty, session, world)))
    since = draft.answers.get("moved_on")
    if draft.answers.get("insurer_there") == "no" and isinstance(since, str) and not about:
        day = datetime.fromisoformat(since).date()
        session, duty, _ = reporting.note(session, Inquiry("insurer", day), world)
        told.append(telling.at_once(session, duty, world))
    return session, tuple(told)


def _filed_draft(before: Session, after: Session, event: Filed) -> Draft | None:
    """Find the draft that has become the application: it is there no longer."""
    left = {draft.number for draft in after.drafts()}
    gone = [draft for draft in before.drafts() if draft.number not in left]
    return next((draft for draft in gone if draft.form == event.form), None)


def _fulfilled(
    session: Session, form: str, answers: Mapping[str, Json], *, is_other: bool
) -> list[Duty]:
    """Pick the duties that an application fulfils; of several other people's, none is guessed."""
    alike = [one for one in session.duties if one.is_running and fulfils(one, form, answers)]
    if form == "newborn":
        return alike
    whose = [one for one in alike if bool(one.about) == is_other]
    return whose if not is_other or len(whose) == 1 else []


def _reopened(session: Session, number: str, world: World) -> tuple[Session, tuple[Say, ...]]:
    """Let the duties run again whose application has been taken back or refused."""
    words = world.words[session.language]
    told: list[Say] = []
    for duty in session.duties:
        if duty.by == number and duty.state == "done":
            today = decency.day_there(session, world)
            again = replace(duty, state="running", by="", told_on=today)
            session = session.with_duty(again)
            told.append(say(words, "duty.reopened", what=telling.line(session, again, world)))
    return session, () if session.led_by else tuple(told)


def _without_the_oldest(session: Session) -> Session:
    """Keep the list short: what has ended long ago goes; the register's is always needed."""
    ended = [one.number for one in session.duties if not one.is_running and not one.insured]
    gone = set(ended[:-_ENDED_KEPT])
    if not gone:
        return session
    return replace(session, duties=tuple(one for one in session.duties if one.number not in gone))


def _wishes(
    before: Session, after: Session, woken: str, effects: tuple[Effect, ...], world: World
) -> tuple[Effect, ...]:
    """Ask to be woken for the next rung of each duty, and no more for those without one.

    One reminder a duty: it follows from the duty, so nothing else has to remember it.
    """
    was, now = _moments(before, world), _moments(after, world)
    put_off = {one.name for one in effects if isinstance(one, Remind)}
    wishes: list[Effect] = [
        Remind(name, at)
        for name, at in now.items()
        if name not in put_off and (was.get(name) != at or name == woken)
    ]
    wishes += [Forget(name) for name in was if name not in now and name != woken]
    return tuple(wishes)


def _moments(session: Session, world: World) -> dict[str, datetime]:
    nexts = ((duty, ahead(duty)) for duty in session.duties)
    return {
        duty.reminder: decency.on(rungs[0].day, session, world) for duty, rungs in nexts if rungs
    }
