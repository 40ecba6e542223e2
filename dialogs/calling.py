"""On the way to a representative: asked for, waited for, not there, waited for no longer."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from dialogs import filling
from dialogs.answering import PERSON
from dialogs.buttons import PARTS_OF_DAY
from dialogs.effects import (
    Button,
    CallPerson,
    Conceal,
    Effect,
    Forget,
    HandBack,
    LeaveQueue,
    Remind,
    Say,
    Template,
)
from dialogs.faq.finding import Finding, Sure
from dialogs.fields import Asking, Phone, Problem
from dialogs.hours import Desk
from dialogs.identifiers import hide, mask
from dialogs.incoming import Said
from dialogs.meanings import GoOn, ToMenu
from dialogs.menu import menu
from dialogs.person_meanings import AskCallback, CallAt, LeaveQuestion, NotWait
from dialogs.session import Aside, Session
from dialogs.talk_events import Queued
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

WAITING = "waiting"
"""The reminder of somebody who waits in line."""

_PATIENCE = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 40))
"""After how long it is told once more that a person waits; then silence serves better."""

_KEPT = 300  # characters of a question


def call(session: Session, world: World, desk: Desk) -> Turn:
    """Call a representative, or say when there will be one."""
    if session.lent:  # one waits for what the person does in the form
        return Turn(replace(session, lent=None, aside=None), (HandBack(),))
    if session.waiting or desk.hours.closes(world.now):
        return line_up(replace(session, aside=None))
    words = world.words[session.language]
    told = say(words, "takeover.nobody", *_instead(words), opens=_opening(words, world))
    return Turn(replace(session, aside=None), (told,))


def is_meant(finding: Finding, world: World) -> bool:
    """Tell whether a question that was found asks for a person, where one can be called."""
    return world.desk is not None and isinstance(finding, Sure) and finding.topic == PERSON


def queued(session: Session, event: Queued, world: World) -> Turn:
    """Tell that the person waits: in line, for an answer to a question, for a call."""
    words = world.words[session.language]
    told = min(session.waiting, len(_PATIENCE))
    waiting = replace(session, waiting=session.waiting + 1, urgent=False, aside=None)
    reminder: Effect = Forget(WAITING)
    is_open = world.desk is not None and world.desk.hours.closes(world.now) is not None
    if event.kind == "live" and is_open and told < len(_PATIENCE):
        reminder = Remind(WAITING, world.now + _PATIENCE[told])
    buttons = [button(NotWait(), words("button.not_wait"))]
    if event.kind == "live":
        buttons.append(button(AskCallback(), words("button.callback")))
    if not session.is_asking:
        buttons.append(button(ToMenu(), words("button.menu")))
    again = session.waiting > 0
    template = Template("still_waiting") if again else None
    line = _in_line(event, again=again, words=words, world=world)
    said = Say(line, tuple(buttons), template=template)
    return with_open_question(Turn(waiting, (said, reminder)), world)


def still_waiting(session: Session) -> Turn:
    """Ask how the line stands, if the person still waits in it."""
    return line_up(session) if session.waiting else Turn(session)


def line_up(session: Session) -> Turn:
    """Stand in line, or ask how it stands."""
    return Turn(session, (_call(session),))


def leave(session: Session, world: World) -> Turn:
    """Wait no longer."""
    words = world.words[session.language]
    if not session.waiting:
        return with_open_question(Turn(session, (say(words, "takeover.not_waiting"),)), world)
    left = replace(session, waiting=0, aside=None)
    told = say(words, "takeover.left_queue")
    if not left.is_asking:
        told = Say(told.text, menu(left, world).buttons)
    return with_open_question(Turn(left, (LeaveQueue(), Forget(WAITING), told)), world)


def press(
    session: Session, meaning: LeaveQuestion | AskCallback | CallAt | NotWait, world: World
) -> Turn | None:
    """Do what a button on the way to a representative means; None where there is no desk."""
    match meaning:
        case NotWait():
            return leave(session, world)
        case _ if world.desk is None:
            return None
        case LeaveQuestion():
            return _ask(replace(session, aside=Aside("question")), world)
        case AskCallback() if world.vouched:
            return _ask(replace(session, aside=Aside("hour", world.vouched)), world)
        case AskCallback():
            return _ask(replace(session, aside=Aside("phone")), world)
        case CallAt(part):
            if session.aside is None or session.aside.asks != "hour":
                return None
            words = world.words[session.language]
            return _call_back(session, session.aside.phone, words(f"takeover.part.{part}"))
        case _:
            assert_never(meaning)


def read(session: Session, aside: Aside, text: str, world: World) -> Turn:
    """Read words as the answer to a question aside."""
    match aside.asks:
        case "question":
            hidden, sensitive = hide(text)
            called = CallPerson("question", _topic(session), mask(hidden)[:_KEPT], session.urgent)
            effects: tuple[Effect, ...] = (Conceal(hidden), called) if sensitive else (called,)
            return Turn(replace(session, aside=None), effects)
        case "phone":
            words = world.words[session.language]
            phone = Phone().read(Said(text), Asking("takeover.phone", words, world.now))
            if isinstance(phone, Problem):
                wrong = say(words, f"problem.{phone.id}")
                return _ask(session, world).after(wrong)
            return _ask(replace(session, aside=Aside("hour", str(phone))), world)
        case "hour":
            return _call_back(session, aside.phone, mask(text)[:_KEPT])
        case _:
            assert_never(aside.asks)


def with_open_question(turn: Turn, world: World) -> Turn:
    """Repeat the question that is open, if one is."""
    if not turn.session.is_asking:
        return turn
    question = filling.open_question(turn.session, world)
    return Turn(turn.session, (*turn.effects, question))


def _call(session: Session) -> CallPerson:
    return CallPerson("live", _topic(session), session.question, session.urgent)


def _call_back(session: Session, phone: str, preferred: str) -> Turn:
    called = CallPerson(
        "callback", _topic(session), session.question, session.urgent, phone, preferred
    )
    return Turn(replace(session, aside=None), (called,))


def _topic(session: Session) -> str:
    return session.draft.form if session.draft else session.topic


def _ask(session: Session, world: World) -> Turn:
    return Turn(session, (question(session, world),))


def question(session: Session, world: World) -> Say:
    """Put the question aside."""
    words = world.words[session.language]
    away = button(GoOn(), words("button.never_mind"))
    match session.aside:
        case Aside(asks="hour"):
            parts = (button(CallAt(one), words(f"takeover.part.{one}")) for one in PARTS_OF_DAY)
            return say(words, "takeover.hour", *parts, away)
        case Aside(asks="phone"):
            asked = say(words, "takeover.phone", away)
            return replace(asked, data="personal", asks_phone=True)
    return say(words, "takeover.question", away)


def _instead(words: Words) -> tuple[Button, ...]:
    return (
        button(LeaveQuestion(), words("button.leave_question")),
        button(AskCallback(), words("button.callback")),
        button(GoOn(), words("button.without_person")),
    )


def _in_line(event: Queued, *, again: bool, words: Words, world: World) -> str:
    """Say how the person waits, and until when people answer today."""
    closes = world.desk.hours.closes(world.now) if world.desk else None
    opens = _opening(words, world)
    if event.kind != "live":
        now = "open" if closes else "closed"
        return words(f"takeover.{event.kind}.taken.{now}", opens=opens)
    if closes is None:
        return words("takeover.closed_meanwhile", opens=opens)
    ahead = event.place - 1
    line = words("takeover.ahead", count=ahead) if ahead else words("takeover.first")
    if event.minutes:
        line = f"{line} {words('takeover.estimate', count=event.minutes)}"
    key = "takeover.still_waiting" if again else "takeover.accepted"
    return words(key, line=line, until=f"{closes:%H:%M}")


def _opening(words: Words, world: World) -> str:
    """Write when people answer again: the time alone today, the day too later."""
    if world.desk is None:
        return ""
    opens = world.desk.hours.opens(world.now)
    time = f"{opens:%H:%M}"
    days = (opens.date() - world.now.date()).days
    if days > 1:
        return words("takeover.opens.day", day=words.day(opens.date()), time=time)
    return words("takeover.opens.tomorrow" if days else "takeover.opens.today", time=time)
