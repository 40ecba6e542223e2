"""What the buttons of the clock do, however old they are."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from dialogs import decency, filling
from dialogs.duties import listing, reporting, telling, zoning
from dialogs.duties.duty import Duty
from dialogs.duties.kinds import ABOUT, PASSPORTS, known_answers
from dialogs.duties.ladder import term_of
from dialogs.duties.meanings import (
    InZone,
    OnClock,
    OnDuty,
    Report,
    SayDay,
    SayWhom,
    ToDeadlines,
    ToZones,
)
from dialogs.effects import Say
from dialogs.form import fit
from dialogs.meanings import ToMenu
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.world import World

_WEEK = timedelta(days=7)


def press(session: Session, meaning: OnClock, world: World) -> Turn | None:
    """Do what a button means; None when what it is about is no longer there."""
    match meaning:
        case ToDeadlines():
            return listing.deadlines(replace(session, inquiry=None), world)
        case Report(change):
            return reporting.begin(session, change, world)
        case SayDay() | SayWhom():
            return reporting.press(session, meaning, world)
        case ToZones(page):
            return zoning.begin(session, world, page)
        case InZone(zone):
            return zoning.choose(session, zone, world)
        case OnDuty(number):
            duty = session.duty(number)
            calm = replace(session, inquiry=None)
            return _on_duty(calm, duty, meaning, world) if duty else None
        case _:
            assert_never(meaning)


def promise_window(session: Session, world: World) -> tuple[Session, Duty]:
    """Note that somebody wants to be told when the window of changing insurer opens."""
    today = decency.day_there(session, world)
    opens = today.replace(year=today.year + 1, month=1, day=1)
    known = [one for one in session.duties if (one.kind, one.since) == ("window", opens)]
    number = known[0].number if known else session.noted + 1
    duty = Duty(number, "window", opens, today, today)
    return replace(session, noted=max(session.noted, number)).with_duty(duty), duty


def _on_duty(session: Session, duty: Duty, meaning: OnDuty, world: World) -> Turn | None:
    today = decency.day_there(session, world)
    match meaning.act:
        case "show":
            return Turn(session, (telling.one(session, duty, world),))
        case "calendar":
            return Turn(session, (_calendar(session, duty, world),)) if term_of(duty) else None
        case "resume":
            again = duty if duty.is_running else replace(duty, state="running", told_on=today)
            return _changed(session, again, world)
        case _ if not duty.is_running:
            return Turn(session, (telling.one(session, duty, world),))
        case "done" if duty.kind in PASSPORTS:
            return reporting.received(session, duty, world)
        case "done":
            return _ended(session, replace(duty, state="done"), world)
        case "stop":
            return _ended(session, replace(duty, state="stopped"), world)
        case "week":
            return _changed(session, _put_off(duty, world, session), world)
        case "date":
            return reporting.correct(session, duty, world)
        case "file":
            return _file(session, duty, world)
        case _:
            assert_never(meaning.act)


def _put_off(duty: Duty, world: World, session: Session) -> Duty:
    """Put a duty off by a week, but not past its last day."""
    today = decency.day_there(session, world)
    term = term_of(duty)
    again = today + _WEEK
    if term and today < term.last:
        again = min(again, term.last)
    return replace(duty, again_on=again, told_on=today)


def _changed(session: Session, duty: Duty, world: World) -> Turn:
    changed = session.with_duty(duty)
    return Turn(changed, (telling.one(changed, duty, world),))


def _ended(session: Session, duty: Duty, world: World) -> Turn:
    """End one duty, and say that the others go on."""
    words = world.words[session.language]
    ended = session.with_duty(duty)
    lines = [words(f"duty.{duty.state}", what=telling.title(duty, ended, world))]
    others = [one for one in ended.duties if one.is_running]
    if others:
        lines += ["", words("duty.others"), ""]
        lines += [f"• {telling.line(ended, one, world)}" for one in others]
    resume = () if duty.state == "done" else telling.buttons(duty, ended, world)[:1]
    listed = telling.buttons(duty, ended, world)[1:]
    said = Say("\n".join(lines), (*resume, *listed))
    personal = any(one.insured for one in (duty, *others))
    return Turn(ended, (replace(said, data="personal") if personal else said,))


def _file(session: Session, duty: Duty, world: World) -> Turn | None:
    """Open the application that fulfils a duty, with what is known already filled in."""
    name = ABOUT[duty.kind].form
    if name not in world.forms:
        return None
    turn = filling.begin(session, name, world)
    draft = turn.session.draft
    if draft is None or draft.form != name or draft.answers:
        return turn
    known, _ = fit(world.forms[name], draft.version, known_answers(duty))
    filled = turn.session.with_draft(replace(draft, answers=known))
    opening = tuple(one for one in turn.effects[:-1])
    return filling.ask(filled, world).after(*opening)


def _calendar(session: Session, duty: Duty, world: World) -> Say:
    words = world.words[session.language]
    menu = (
        button(OnDuty(duty.number, "show"), words("button.duty.back")),
        button(ToMenu(), words("button.menu")),
    )
    said = say(words, "duty.calendar", *menu, what=telling.title(duty, session, world))
    data = "personal" if duty.insured else said.data
    return replace(
        said, text=telling.sentence(said.text), document=f"calendar:{duty.number}", data=data
    )
