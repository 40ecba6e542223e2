"""Reporting a change: in free words, or by three short questions."""

from dataclasses import replace
from datetime import date, timedelta

from dialogs import decency
from dialogs.duties import telling, zoning
from dialogs.duties.dating import dated
from dialogs.duties.duty import ADVICE, CHANGES, ChangeKind, Duty, Kind
from dialogs.duties.hearing import Heard, change_of, kin
from dialogs.duties.kinds import PASSPORTS
from dialogs.duties.meanings import Report, SayDay, SayWhom
from dialogs.effects import Button, Say
from dialogs.meanings import Begin, Cancel, ToMenu
from dialogs.session import Inquiry, Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

_DAY = timedelta(days=1)
_FARTHEST = 366 * _DAY
_LONGEST_AGO = 20 * _FARTHEST
_BY_BUTTON = ("child", "other")
"""Of whom a change may be by button; words name closer kin."""


def begin(session: Session, change: ChangeKind | None, world: World) -> Turn:
    """Ask what has changed, or when."""
    if change in ADVICE:
        return advise(replace(session, inquiry=None), change, world)
    about = "" if change == "newborn" else None  # there is nobody else it could be about
    return ask(replace(session, inquiry=Inquiry(_kind(change), about=about)), world)


def heard(session: Session, report: Heard, text: str, world: World) -> Turn:
    """Take a report in free words; what it leaves unclear is asked."""
    session = zoning.noticed(session, text, world)
    if report.change in ADVICE:
        return advise(session, report.change, world)
    if report.change is None:
        told = say(world.words[session.language], "duty.marriage")
        return begin(session, None, world).after(told)
    days = report.dated.days
    inquiry = Inquiry(_kind(report.change), about=report.about, days=days)
    opened = replace(session, inquiry=inquiry)
    return _take_day(opened, days[0], world) if len(days) == 1 else ask(opened, world)


def is_another(session: Session, report: Heard) -> bool:
    """Tell whether a report says more than an answer to the open question would.

    «Сменила фамилию вчера» tells the day as well as what has changed; another change, with its
    day, is not about the one that is being asked about.
    """
    inquiry = _inquiry(session)
    if inquiry.kind is None and not inquiry.is_zone:
        return True
    return report.change != inquiry.kind and len(report.dated.days) == 1


def correct(session: Session, duty: Duty, world: World) -> Turn:
    """Ask for the right day of a duty."""
    inquiry = Inquiry(duty.kind, about=duty.about, insured=duty.insured, duty=duty.number)
    return ask(replace(session, inquiry=inquiry), world)


def received(session: Session, duty: Duty, world: World) -> Turn:
    """Ask when the new passport was issued: with that day the insurer is to be told."""
    inquiry = Inquiry("document", about="", insured=duty.insured)
    return ask(replace(session, inquiry=inquiry), world)


def ask(session: Session, world: World) -> Turn:
    """Ask the first question without an answer."""
    return Turn(session, (question(session, world),))


def question(session: Session, world: World) -> Say:
    """Put the open question of the clock."""
    words = world.words[session.language]
    inquiry = _inquiry(session)
    cancel = button(Cancel(), words("button.cancel"))
    if inquiry.is_zone:
        return zoning.question(session, world)
    if inquiry.kind is None:
        changes = [button(Report(one), words(f"button.change.{one}")) for one in CHANGES]
        return say(words, "duty.ask.change", *changes, cancel)
    if inquiry.since is None:
        key = f"duty.ask.day.{inquiry.kind}"
        key = key if words.has(key) else "duty.ask.day"
        if inquiry.days:
            key = "duty.ask.day.which"
        return say(words, key, *_days(inquiry, session, words, world), cancel)
    people = [
        button(SayWhom(insured=one.insured.id), (one.insured.given or one.insured.surname)[:20])
        for one in world.people
        if one.role == "child"
    ]
    others = [button(SayWhom(one), words(f"button.whom.{one}")) for one in _BY_BUTTON]
    oneself = button(SayWhom(), words("button.whom.oneself"))
    asked = say(words, "duty.ask.whom", oneself, *people, *others, cancel)
    return replace(asked, data="personal") if people else asked


def answer(session: Session, text: str, world: World) -> Turn | None:
    """Read a typed answer to the open question; None when it is none."""
    inquiry = _inquiry(session)
    languages = world.words.values()
    if inquiry.is_zone:
        return zoning.answer(session, text, world)
    if inquiry.kind is None:
        change = change_of(text, languages)
        return begin(session, change, world) if change else None
    if inquiry.since is None:
        today = decency.day_there(session, world)
        for words in languages:
            when = dated(text, today, words)
            if len(when.days) == 1:
                return _take_day(session, when.days[0], world)
            if when.days:
                return ask(replace(session, inquiry=replace(inquiry, days=when.days)), world)
            if when.is_told:
                told = say(world.words[session.language], "duty.problem.vague")
                return ask(session, world).after(told)
        return None
    about = next((found for words in languages if (found := kin(text, words))), "")
    return _take_whom(session, about, 0, world) if about else None


def problem(session: Session) -> str:
    """Name the text that says what would be an answer to the open question."""
    inquiry = _inquiry(session)
    if inquiry.is_zone:
        return "duty.problem.zone"
    return "problem.date" if inquiry.kind and inquiry.since is None else "problem.choice"


def press(session: Session, meaning: SayDay | SayWhom, world: World) -> Turn | None:
    """Do what a button under a question means; None when that question is not open."""
    inquiry = session.inquiry
    if inquiry is None or inquiry.is_zone or inquiry.kind is None:
        return None
    match meaning:
        case SayDay(day) if inquiry.since is None:
            return _take_day(session, day, world)
        case SayWhom(about, insured) if inquiry.since:
            return _take_whom(session, about, insured, world)
    return None


def note(session: Session, inquiry: Inquiry, world: World) -> tuple[Session, Duty, bool]:
    """Write a duty down; one of the same kind and person that runs gets the other date.

    Returns the duty and whether it had another date before.
    """
    if inquiry.kind is None or inquiry.since is None:
        raise LookupError("the change is not known yet")
    today = decency.day_there(session, world)
    about = inquiry.about or ""
    running = [
        one
        for one in session.duties
        if one.number == inquiry.duty
        or (
            one.is_running
            and (one.kind, one.about, one.insured) == (inquiry.kind, about, inquiry.insured)
        )
    ]
    for earlier in running[:1]:
        is_new = earlier.since != inquiry.since
        again = replace(earlier, since=inquiry.since, told_on=today, again_on=None, state="running")
        return session.with_duty(again), again, is_new
    number = session.noted + 1
    duty = Duty(number, inquiry.kind, inquiry.since, today, today, about, inquiry.insured)
    return replace(session, noted=number).with_duty(duty), duty, False


def advise(session: Session, change: ChangeKind | None, world: World) -> Turn:
    """Say truthfully that the law sets no term, and offer to tell the insurer all the same."""
    words = world.words[session.language]
    form = "data_update" if change == "contacts" else "extract"
    buttons = [button(ToMenu(), words("button.menu"))]
    if form in world.forms:
        buttons.insert(0, button(Begin(form), words(f"{form}.begin")))
    return Turn(session, (say(words, f"duty.advice.{change}", *buttons),))


def _take_day(session: Session, day: date, world: World) -> Turn:
    words = world.words[session.language]
    today = decency.day_there(session, world)
    fault = "far" if day > today + _FARTHEST else "long_ago" if day < today - _LONGEST_AGO else ""
    if fault:
        cleared = replace(session, inquiry=replace(_inquiry(session), days=()))
        return ask(cleared, world).after(say(words, f"duty.problem.{fault}"))
    inquiry = replace(_inquiry(session), since=day, days=())
    asked = replace(session, inquiry=inquiry)
    return ask(asked, world) if inquiry.about is None else _finish(asked, world)


def _take_whom(session: Session, about: str, insured: int, world: World) -> Turn | None:
    if insured and not any(one.insured.id == insured for one in world.people):
        return None
    inquiry = replace(_inquiry(session), about=about, insured=insured)
    return _finish(replace(session, inquiry=inquiry), world)


def _finish(session: Session, world: World) -> Turn:
    inquiry = _inquiry(session)
    noted, duty, corrected = note(replace(session, inquiry=None), inquiry, world)
    if duty.kind == "document":
        noted = _with_passport_received(noted, duty, world)
    return Turn(noted, (telling.at_once(noted, duty, world, corrected=corrected),))


def _with_passport_received(session: Session, document: Duty, world: World) -> Session:
    """End the reminders to get a passport of whoever has got it."""
    owners = (
        {document.insured}
        if document.insured
        else {one.insured.id for one in world.people if one.role == "self" and not document.about}
    )
    for duty in session.duties:
        if duty.kind in PASSPORTS and duty.insured in owners and document.since >= duty.since:
            session = session.with_duty(replace(duty, state="done"))
    return session


def _days(inquiry: Inquiry, session: Session, words: Words, world: World) -> tuple[Button, ...]:
    if inquiry.days:
        return tuple(button(SayDay(day), words.day(day)) for day in inquiry.days)
    today = decency.day_there(session, world)
    return (
        button(SayDay(today), words("button.today")),
        button(SayDay(today - _DAY), words("button.yesterday")),
    )


def _kind(change: ChangeKind | None) -> Kind | None:
    match change:
        case "name" | "document" | "address" | "newborn":
            return change
    return None


def _inquiry(session: Session) -> Inquiry:
    if session.inquiry is None:
        raise LookupError("the clock asks nothing")
    return session.inquiry
