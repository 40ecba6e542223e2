"""What a press of a button means, however old the button is."""

from dataclasses import replace
from typing import assert_never

from dialogs import (
    applying,
    calling,
    filling,
    form_buttons,
    holdings,
    identity,
    led,
    moving,
    scanning,
)
from dialogs.answering import PERSON, answer_topic, none_of_these
from dialogs.buttons import decode
from dialogs.duties import pressing as duties
from dialogs.duties.meanings import InZone, OnDuty, Report, SayDay, SayWhom, ToDeadlines, ToZones
from dialogs.effects import Effect, Rated, Say, Wondered
from dialogs.identity_meanings import Allow, MyNumber, Part, SayWho, SendAgain, ToPeople, Want
from dialogs.meanings import (
    Agree,
    AllTopics,
    Back,
    Begin,
    BeginAnyway,
    Cancel,
    Change,
    Choose,
    Discard,
    Edit,
    FillIn,
    GoOn,
    Helpful,
    Keep,
    Meaning,
    NoneOfThese,
    NotThis,
    OfferReminder,
    Printed,
    Resume,
    Skip,
    Submit,
    ToApplication,
    ToApplications,
    ToLanguage,
    ToMenu,
    ToPerson,
    ToPhoto,
    ToTopic,
    Why,
    Withdraw,
    WithdrawConsent,
)
from dialogs.menu import all_topics, menu, person_button
from dialogs.move_meanings import MoveOn
from dialogs.notices import pressing as notices
from dialogs.notices.meanings import AnswerNotice, ChooseNotices, StopNotices, ToNotices
from dialogs.person_meanings import AskCallback, CallAt, Judge, LeaveQuestion, NotWait, OnPerson
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.world import World

_FEW = 2  # buttons of what was said before a question that is asked again


def press(session: Session, code: str, world: World) -> Turn:
    """Do what a button means, or say kindly that it is past."""
    topics = world.library.topics[session.language]
    meaning = decode(code, topics, world.forms, world.words)
    return do(session, meaning, world) if meaning else stale(session, world)


def do(session: Session, meaning: Meaning, world: World) -> Turn:
    """Do what was meant, by button or by word."""
    if session.aside and not isinstance(meaning, OnPerson):
        session = replace(session, aside=None)
    match meaning:
        case ToMenu() | Cancel() | Back() if session.inquiry:
            return _leave_inquiry(session, meaning, world)
        case ToMenu() | Cancel() if session.proving:
            return identity.leave(session, world)
        case ToMenu():
            return filling.park(session, world) if session.draft else _to_menu(session, world)
        case AllTopics(page):
            return Turn(session, (all_topics(session, world, page),))
        case ToPerson() | ToTopic("operator") if world.desk:
            return calling.call(session, world, world.desk)
        case ToPerson():
            return _with_open_question(answer_topic(session, PERSON, world), world)
        case AskCallback() if world.desk is None:
            return do(session, ToPerson(), world)
        case ToTopic(topic):
            return _with_open_question(answer_topic(session, topic, world), world)
        case Helpful():
            return _rate(session, meaning, world)
        case NoneOfThese():
            return none_of_these(session, world)
        case ToLanguage(language):
            return _speak(session, language, world)
        case Begin(form):
            return filling.begin(session, form, world)
        case Back() if session.proving:
            return identity.back(session, world)
        case Back():
            return filling.back(session, world) if session.draft else _to_menu(session, world)
        case Cancel():
            if session.draft:
                return filling.cancel(session, world)
            if session.waiting:
                return calling.leave(session, world)
            return Turn(session, (menu(session, world, "nothing_to_cancel"),))
        case GoOn():
            return Turn(session, (filling.open_question(session, world),))
        case BeginAnyway(form):
            return filling.begin(session, form, world, anyway=True)
        case OfferReminder(name):
            return _promise(session, name, world)
        case ToDeadlines() | Report() | SayDay() | SayWhom() | OnDuty() | ToZones() | InZone():
            turn = duties.press(session, meaning, world)
            return with_rest(turn, world) if turn else stale(session, world)
        case Want():
            return identity.want(session, meaning, world) or stale(session, world)
        case SayWho() | Allow() | SendAgain() | MyNumber():
            return identity.press(session, meaning, world) or stale(session, world)
        case ToPeople():
            return _with_open_question(holdings.people(session, world), world)
        case Part():
            return holdings.part(session, meaning, world) or stale(session, world)
        case LeaveQuestion() | AskCallback() | CallAt() | NotWait():
            return calling.press(session, meaning, world) or stale(session, world)
        case Judge():
            return led.judged(session, meaning, world)
        case StopNotices() if session.is_asking or session.waiting:
            return do(session, Cancel(), world)  # «стоп» to what is under way
        case AnswerNotice() | ChooseNotices() | StopNotices() | ToNotices():
            return _with_open_question(notices.press(session, meaning, world), world)
        case ToPhoto():
            return scanning.ask_for_photo(session, world)
        case FillIn() | NotThis():
            return scanning.press(session, meaning, world) or stale(session, world)
        case MoveOn():
            return moving.press(session, meaning, world) or stale(session, world)
        case WithdrawConsent():
            return filling.withdraw_consent(session, world)
        case ToApplications():
            return applying.applications(session, world)
        case ToApplication() | Printed() | Withdraw():
            return applying.on_application(session, meaning, world) or stale(session, world)
        case (
            Choose()
            | Edit()
            | Keep()
            | Skip()
            | Why()
            | Agree()
            | Change()
            | Submit()
            | Resume()
            | Discard()
        ):
            return form_buttons.press(session, meaning, world) or stale(session, world)
        case _:
            assert_never(meaning)


def stale(session: Session, world: World) -> Turn:
    """Say that a button is past, and where the person stands now."""
    words = world.words[session.language]
    return Turn(session, (say(words, "stale"), filling.open_question(session, world)))


def with_rest(turn: Turn, world: World) -> Turn:
    """Ask again what the clock has interrupted, once it asks nothing itself."""
    session = turn.session
    if session.inquiry or not session.is_asking:
        return turn
    question = filling.open_question(session, world)
    if question in turn.effects:
        return turn
    return Turn(session, (*map(with_few_buttons, turn.effects), question))


def with_few_buttons(effect: Effect) -> Effect:
    """Leave room for the choices of the question that follows."""
    return replace(effect, buttons=effect.buttons[:_FEW]) if isinstance(effect, Say) else effect


def _promise(session: Session, name: str, world: World) -> Turn:
    """Promise to write when the window of changing insurer opens: on 1 January."""
    words = world.words[session.language]
    if session.draft and not session.draft.answers:
        session = session.without(session.draft.number)  # nothing typed is lost
    promised, duty = duties.promise_window(session, world)
    told = say(words, f"{name}.promised", day=words.day(duty.since))
    return Turn(promised, (told, filling.open_question(promised, world)))


def _leave_inquiry(session: Session, meaning: Meaning, world: World) -> Turn:
    """Leave a question of the clock; what it had interrupted is asked again."""
    left = replace(session, inquiry=None)
    if isinstance(meaning, ToMenu) or not left.is_asking:
        return do(left, ToMenu(), world)
    return Turn(left, (filling.open_question(left, world),))


def _to_menu(session: Session, world: World) -> Turn:
    return Turn(session, (menu(session, world),))


def _with_open_question(turn: Turn, world: World) -> Turn:
    if not turn.session.is_asking:
        return turn
    question = filling.open_question(turn.session, world)
    return Turn(turn.session, (*turn.effects, question))


def _speak(session: Session, language: str, world: World) -> Turn:
    switched = replace(session, language=language)
    now_in = say(world.words[language], "language.switched")
    return Turn(switched, (now_in, filling.open_question(switched, world)))


def _rate(session: Session, rating: Helpful, world: World) -> Turn:
    words = world.words[session.language]
    to_menu = button(ToMenu(), words("button.menu"))
    if session.topic != rating.topic:
        return Turn(session, (say(words, "rated.already", to_menu),))
    rated = replace(session, topic="", question="")
    if rating.yes:
        return Turn(rated, (Rated(rating.topic, helpful=True), say(words, "rated.yes", to_menu)))
    effects = (
        Rated(rating.topic, helpful=False),
        Wondered(session.question, (rating.topic,), "not_helpful"),
        say(words, "rated.no", person_button(session, world), to_menu),
    )
    return Turn(rated, effects if session.question else (effects[0], effects[2]))
