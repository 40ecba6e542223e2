"""The policy: what one event means to a conversation. The only place of precedence."""

from dataclasses import replace
from typing import assert_never

from dialogs import (
    applying,
    calling,
    distress,
    filling,
    holdings,
    identity,
    led,
    moving,
    opening,
    proving,
    scanning,
    vouching,
    waking,
    withheld,
    wordless,
)
from dialogs import move_events as moves
from dialogs import talk_events as talks
from dialogs.answering import answer_aside, answer_finding, answer_topic
from dialogs.duties import listening
from dialogs.duties.keeping import settle
from dialogs.effects import Conceal, Effect, Relay, Say
from dialogs.faq.finding import Elsewhere, Finding, HalfSure, Sure, Unsure
from dialogs.fields import Problem
from dialogs.form_buttons import edited_by_title
from dialogs.identifiers import hide
from dialogs.identity_meanings import Want
from dialogs.incoming import (
    Attached,
    Busy,
    ClaimChecked,
    ClaimTaken,
    CodeChecked,
    CodeSent,
    Filed,
    Incoming,
    Issued,
    Moved,
    NotIssued,
    Opened,
    Outdated,
    Paused,
    Pressed,
    Returned,
    Said,
    Scanned,
    Stopped,
    Unreadable,
    Vouched,
    Woke,
)
from dialogs.meanings import ToPerson, ToPhoto
from dialogs.menu import menu
from dialogs.notices import trial
from dialogs.one_list import with_one_list
from dialogs.pressing import do, press
from dialogs.reading import (
    LONGEST,
    command,
    has_letters,
    is_number,
    is_one_of,
    is_wordless,
    picked_by_label,
    picked_by_number,
    sounds_like,
)
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from dialogs.session import Session
from dialogs.synonyms import picked_by_synonym
from dialogs.turn import Turn, say
from dialogs.world import World


def respond(session: Session, incoming: Incoming, world: World) -> Turn:
    """Decide what one event means, and remember the choices that it leaves open."""
    turn = settle(session, _decide(session, incoming, world), incoming, world)
    turn = with_one_list(led.hand_back(turn, incoming))
    turn = scanning.forget(applying.remember_drafts(session, turn, world))
    said = [effect for effect in turn.effects if isinstance(effect, Say)]
    if not said or isinstance(incoming, Outdated):  # what the person does next is under way
        return turn
    return replace(turn, session=replace(turn.session, offered=said[-1].buttons))


def _decide(session: Session, incoming: Incoming, world: World) -> Turn:
    """Decide; the order of the cases is the policy."""
    words = world.words[session.language]
    match incoming:
        case talks.RepresentativeJoined():
            return led.joined(session, incoming, world)
        case talks.RepresentativeSaid():
            return led.said(session, incoming, world)
        case talks.PassedOn():
            return led.passed_on(session, incoming, world)
        case talks.HandedIn():
            return led.handed_in(session, incoming, world)
        case talks.RepresentativeLeft():
            return led.left(session, incoming, world)
        case talks.Queued():
            return calling.queued(session, incoming, world)
        case Filed():
            return applying.filed(session, incoming, world)
        case Moved():
            return applying.moved(session, incoming, world)
        case Woke():
            return waking.woke(session, incoming, world)
        case talks.SetAside() | Stopped() | Returned():
            return Turn(session)
        case Outdated(steps=steps):
            return Turn(session, (say(words, "outdated.steps" if steps else "outdated.form"),))
        case Busy(insured=0) | Paused() | CodeSent() | CodeChecked():
            return identity.told(session, incoming, world)
        case ClaimTaken() | ClaimChecked():
            return identity.told(session, incoming, world)
        case Issued() | NotIssued() | Busy():
            return holdings.drawn(session, incoming, world)
        case LinkDecided() | ExtractWithdrawn():
            return holdings.ruled(session, incoming, world)
        case moves.MoveCode() | moves.DraftSought() | moves.DraftWanted() | moves.CodeTyped():
            return moving.told(session, incoming, world)
        case moves.DraftHanded() | moves.AllHanded():
            return moving.told(session, incoming, world)
        case Scanned():
            return scanning.scanned(session, incoming, world)
        case _ if session.led_by:
            return Turn(session, (Relay(led.as_text(incoming, session)),))
        case Opened(payload):
            return opening.open_chat(session, payload, world)
        case Pressed(code):
            return press(session, code, world)
        case Said(text):
            return _hear(session, text, world)
        case Attached():
            return _receive(session, incoming, world)
        case Vouched() if world.withholds:
            return withheld.link(session, world)
        case Vouched(phone) if session.aside and session.aside.asks == "phone":
            return calling.read(session, session.aside, phone, world)
        case Vouched(phone):
            return vouching.vouched_for(session, phone, world)
        case Unreadable(kind):
            cannot = say(words, f"unreadable.{kind}")
            return Turn(session, (cannot, filling.open_question(session, world)))
        case _:
            assert_never(incoming)


def _hear(session: Session, text: str, world: World) -> Turn:
    """Decide what typed words mean; the order of the cases is the policy."""
    if synonym := picked_by_synonym(text, session, world):
        return press(session, synonym.code, world)
    if is_wordless(text):
        return wordless.answer(session, text, world)
    if len(text) > LONGEST:
        return _with_question(session, world, say(world.words[session.language], "too_long"))
    if label := picked_by_label(text, session.offered):
        return press(session, label.code, world)
    meaning = command(text, world.words)
    if isinstance(meaning, Want) and not world.people:
        turn = answer_topic(session, holdings.TOLD[meaning.goal], world)
        return _with_question(turn.session, world, *turn.effects) if session.is_asking else turn
    if meaning:
        return do(session, meaning, world)
    if sounds_like("danger.signs", text, world.words):
        return distress.alarm(session, text, world)
    if is_one_of(text, "command.start", world.words):
        return opening.open_chat(session, "", world)
    if is_one_of(text, "command.help", world.words):
        return opening.give_help(session, world)
    if tried := trial.heard(session, text, world):
        return tried
    if code := moving.typed(session, text, world):
        return moving.heard(session, code, world)
    if is_one_of(text, "command.link", world.words):
        return withheld.link(session, world)
    if asked := withheld.question(session, world):
        return withheld.heard(session, text, asked, world)
    if session.aside:
        number = picked_by_number(text, session.offered)
        if number:
            return press(session, number.code, world)
        return calling.read(session, session.aside, text, world)
    if session.inquiry:
        return listening.answered(session, text, world)
    if session.proving:
        return proving.heard(session, text, world)
    return _answer(session, text, world) if session.draft else _question(session, text, world)


def _answer(session: Session, text: str, world: World) -> Turn:
    """Read words while a form is open: an answer, a choice by number, or a question."""
    step = filling.asked_step(session, world)
    value = filling.read(session, step, Said(text), world) if step else Problem("review")
    number = picked_by_number(text, session.offered)
    if isinstance(value, Problem) and number:
        return press(session, number.code, world)
    anew = None if step else edited_by_title(session, text, world)
    if anew:
        return anew
    asks = text.rstrip().endswith("?")
    if step and step.field.greedy and calling.is_meant(_find(session, text, world), world):
        return do(session, ToPerson(), world)
    reported = listening.reported(session, text, world) if isinstance(value, Problem) else None
    if reported:
        return reported
    if step and not isinstance(value, Problem) and not (step.field.greedy and asks):
        return filling.answer(session, step, value, world)
    finding = _find(session, text, world) if has_letters(text) else Unsure()
    if calling.is_meant(finding, world):
        return do(session, ToPerson(), world)
    if isinstance(finding, Sure) or (asks and isinstance(finding, HalfSure | Elsewhere)):
        turn = answer_aside(session, text, finding, world)
        return _with_question(turn.session, world, *turn.effects)
    if step:
        return filling.answer(session, step, value, world)
    return filling.misread(session, world)


def _question(session: Session, text: str, world: World) -> Turn:
    """Read words while no form is open: a choice by number, or a question."""
    number = picked_by_number(text, session.offered)
    if number:
        return press(session, number.code, world)
    if is_number(text) and session.offered:
        missed = say(world.words[session.language], "no_such_number", *session.offered)
        return Turn(session, (missed,))
    hidden, sensitive = hide(text)
    told: tuple[Effect, ...] = ()
    if sensitive:
        told = (Conceal(hidden), say(world.words[session.language], "sensitive"))
    if reported := listening.reported(session, hidden, world):
        return reported.after(*told)
    finding = _find(session, hidden, world)
    if calling.is_meant(finding, world):
        return do(session, ToPerson(), world).after(*told)
    if distress.is_heard(hidden, world):
        return distress.answer(session, hidden, finding, world).after(*told)
    if sensitive and isinstance(finding, Unsure):
        return Turn(session, (*told, menu(session, world)))
    return answer_finding(session, hidden, finding, world).after(*told)


def _find(session: Session, text: str, world: World) -> Finding:
    return world.library.find(text, session.language)


def _receive(session: Session, incoming: Attached, world: World) -> Turn:
    """Take files where a question asks for them, look for a paper policy where one would help.

    Elsewhere say that they are not kept.
    """
    if asked := withheld.question(session, world):
        return Turn(session, (asked,))
    if incoming.refused:
        return _refuse(session, incoming, world)
    step = filling.asked_step(session, world) if session.draft else None
    if step:
        value = filling.read(session, step, incoming, world)
        if not isinstance(value, Problem):
            return filling.answer(session, step, value, world)
    heard = Turn(session)
    if incoming.caption.strip() and command(incoming.caption, world.words) != ToPhoto():
        heard = _hear(session, incoming.caption, world)
    if looked := scanning.look_at(heard.session, incoming, world):
        return looked.after(*heard.effects)
    not_asked = say(world.words[session.language], "file_not_asked")
    if heard.effects:
        return heard.after(not_asked)
    if session.is_asking:
        return _with_question(session, world, not_asked)
    return Turn(session, (Say(not_asked.text, menu(session, world).buttons),))


def _refuse(session: Session, incoming: Attached, world: World) -> Turn:
    """Say why files were not taken, and take the others."""
    words = world.words[session.language]
    told = tuple(say(words, f"file.{reason}") for reason in dict.fromkeys(incoming.refused))
    if incoming.files:
        return _receive(session, replace(incoming, refused=()), world).after(*told)
    if incoming.caption.strip():
        return _hear(session, incoming.caption, world).after(*told)
    return _with_question(session, world, *told) if session.is_asking else Turn(session, told)


def _with_question(session: Session, world: World, *effects: Effect) -> Turn:
    return Turn(session, (*effects, filling.open_question(session, world)))
