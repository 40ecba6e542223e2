"""While a representative leads, and when one leaves: what the person is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from dialogs import filling
from dialogs.calling import WAITING, line_up, with_open_question
from dialogs.clearance import kind_of
from dialogs.effects import Forget, HandBack, RateTalk, Say, Speak, Template
from dialogs.form import fit
from dialogs.incoming import Attached, Filed, Incoming, Pressed, Said, Vouched
from dialogs.json import Json
from dialogs.meanings import ToMenu
from dialogs.person_meanings import Judge
from dialogs.session import Draft, Lent, Session
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
)
from dialogs.turn import Turn, button, say
from dialogs.world import World


def joined(session: Session, event: RepresentativeJoined, world: World) -> Turn:
    """Fall silent, and say who answers from here on."""
    words = world.words[session.language]
    led = replace(session, led_by=event.name, waiting=0, urgent=False, aside=None, lent=None)
    key = "representative.again" if event.again else "representative.joined"
    told = say(words, key, name=event.name)
    template = Template("representative_joined", (event.name,))
    return Turn(led, (replace(told, template=template), Forget(WAITING)))


def said(session: Session, event: RepresentativeSaid, world: World) -> Turn:
    """Put the representative's words before the person, each file as a message of its own.

    What a file shows nobody here can tell, so it travels as a document does.
    """
    if not event.documents:
        return Turn(session, (Speak(event.name, event.text, kind_of(event.text, world)),))
    first, *others = event.documents
    told = [Speak(event.name, event.text, "document", first)]
    told += [Speak(event.name, "", "document", one) for one in others]
    return Turn(session, tuple(told))


def passed_on(session: Session, event: PassedOn, world: World) -> Turn:
    """Say who answers from here on."""
    told = say(world.words[session.language], "representative.passed_on", name=event.name)
    return Turn(replace(session, led_by=event.name, lent=None), (told,))


def left(session: Session, event: RepresentativeLeft, world: World) -> Turn:
    """Say who goes on: the assistant, or whoever is free next."""
    words = world.words[session.language]
    name = session.led_by or (session.lent.name if session.lent else "")
    free = replace(session, led_by="", lent=None)
    match event.why:
        case "lapsed" | "passed":
            told = say(words, f"representative.{event.why}", name=name)
            return line_up(replace(free, waiting=1)).after(told)
        case "closed":
            rated = replace(free, unrated=event.talk)
            scores = (button(Judge(event.talk, score), str(score)) for score in range(1, 6))
            return Turn(rated, (say(words, "representative.closed", *scores, name=name),))
        case "back":
            back = say(words, "representative.left")
            return Turn(free, (back, filling.open_question(free, world)))
        case _:
            assert_never(event.why)


def judged(session: Session, judge: Judge, world: World) -> Turn:
    """Take a rating, once."""
    words = world.words[session.language]
    if session.unrated != judge.talk:
        return _goes_on(session, say(words, "takeover.rated_already"), world)
    rated = replace(session, unrated=0)
    turn = _goes_on(rated, say(words, "takeover.rated"), world)
    return turn.after(RateTalk(judge.talk, judge.score))


def handed_in(session: Session, event: HandedIn, world: World) -> Turn:
    """Open a form for the person with what is known already; the representative waits."""
    words = world.words[session.language]
    form = world.forms[event.form]
    known, _ = fit(form, form.version, event.answers)
    here = next(
        (one for one in session.drafts() if one.form == event.form and not one.amends), None
    )
    begun = session.begun if here else session.begun + 1
    answers: Mapping[str, Json] = {**(here.answers if here else {}), **known}
    draft = replace(here or Draft(event.form, form.version, begun), answers=answers)
    opened = replace(
        session.with_draft(draft), begun=begun, led_by="", lent=Lent(event.name, draft.number)
    )
    told = say(words, "representative.handed_in", name=event.name, title=words(f"{form.id}.title"))
    return filling.ask(opened, world, form.step(event.step)).after(told)


def hand_back(turn: Turn, incoming: Incoming) -> Turn:
    """Give the dialog back to the representative who waits for a draft that is open no more."""
    session = turn.session
    if session.lent is None or session.led_by:
        return turn
    if session.draft and session.draft.number == session.lent.draft:
        return turn
    number = incoming.number if isinstance(incoming, Filed) else ""
    return Turn(replace(session, lent=None), (*turn.effects, HandBack(number)))


def _goes_on(session: Session, told: Say, world: World) -> Turn:
    if session.is_asking:
        return with_open_question(Turn(session, (told,)), world)
    to_menu = button(ToMenu(), world.words[session.language]("button.menu"))
    return Turn(session, (replace(told, buttons=(to_menu,)),))


def as_text(incoming: Incoming, session: Session) -> str:
    """Put what happened in words for the representative who leads the dialog."""
    match incoming:
        case Said(text):
            return text
        case Attached(caption=caption):
            return caption
        case Pressed(code):
            return next((known.label for known in session.offered if known.code == code), "")
        case Vouched(phone):
            return phone
    return ""
