"""Proving who one is: a code sent to a phone of the register, and what only oneself knows.

Whether the register knows a person shows in no word of this: what is said follows from
what was typed alone, until a code is right.
"""

from dataclasses import replace
from datetime import date

from dialogs import holdings
from dialogs.effects import Button, CheckCode, Conceal, Consent, Effect, Say, SendCode
from dialogs.fields import Asking, Enp, PastDate, Phone, Problem
from dialogs.identifiers import HIDDEN
from dialogs.incoming import Busy, CodeChecked, CodeSent, Paused, Said
from dialogs.insured import ENP_DIGITS, LAST_DIGITS, Claim, Goal, Role
from dialogs.json import Json
from dialogs.meanings import Allow, Back, Begin, Cancel, SayWho, SendAgain, ToMenu, Want
from dialogs.menu import menu
from dialogs.plain import digits
from dialogs.session import Proving, Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

CONSENT = "register-1"
"""The version of the consent to be looked up; a new text gets a new one and is asked anew."""

CODE_DIGITS = 6
_ANSWERS = ("phone", "born_on", "number")
_SECRET = frozenset({"number", "code"})
_FIELDS = {"phone": Phone(), "born_on": PastDate(with_year=True)}


def want(session: Session, meaning: Want, world: World) -> Turn | None:
    """Give what is wanted of a linked person, ask of whom, or have it proven first."""
    if meaning.insured:
        found = [one for one in world.people if one.insured.id == meaning.insured]
        return holdings.give(session, meaning.goal, found[0], world) if found else None
    if meaning.goal == "link" or not world.people:
        return begin(session, meaning.goal, world)
    if len(world.people) == 1:
        return holdings.give(session, meaning.goal, world.people[0], world)
    return Turn(session, (holdings.whose(session, meaning.goal, world),))


def begin(session: Session, goal: Goal, world: World) -> Turn:
    """Begin to prove somebody; who has proven nobody yet begins with themselves."""
    words = world.words[session.language]
    if not world.proves:
        without = button(Begin("extract"), words("extract.begin"))
        return Turn(session, (say(words, "identity.unavailable", without, _to_menu(words)),))
    role: Role | None = None if holdings.selves(world) else "self"
    begun = replace(session.park(), proving=Proving(goal, role))
    return Turn(begun, (say(words, "identity.opening"), question(begun, world)))


def question(session: Session, world: World) -> Say:
    """Ask for what is open."""
    words = world.words[session.language]
    step = open_step(session)
    return say(words, f"identity.{step}", *_choices(step, words), *_ways_out(words))


def open_step(session: Session) -> str:
    """Name what is open: the first question without an answer."""
    proving = _proving(session)
    if session.allowed != CONSENT:
        return "consent"
    if proving.role is None:
        return "role"
    missing = [name for name in _ANSWERS if name not in proving.answers]
    return missing[0] if missing else "code" if proving.is_sent else "ready"


def read(session: Session, text: str, world: World) -> str | Problem:
    """Read an answer to the open question."""
    step = open_step(session)
    asking = Asking(f"identity.{step}", world.words[session.language], world.now)
    match step:
        case "phone" | "born_on":
            return _taken(_FIELDS[step].read(Said(text), asking))
        case "number":
            number = digits(text)
            if len(number) in {LAST_DIGITS, ENP_DIGITS}:
                is_short = len(number) == LAST_DIGITS
                return number if is_short else _taken(Enp().read(Said(text), asking))
            return Problem("proof.number")
        case "code":
            code = digits(text)
            return code if len(code) == CODE_DIGITS else Problem("proof.code")
    return Problem("choice")


def answer(session: Session, value: str | Problem, world: World) -> Turn:
    """Take an answer, or say what is wrong with it; what is secret is not kept in the history."""
    words = world.words[session.language]
    step = open_step(session)
    if isinstance(value, Problem):
        told = say(words, f"problem.{value.id}")
        return Turn(session, (told, question(session, world)))
    hidden: tuple[Effect, ...] = (Conceal(HIDDEN),) if step in _SECRET else ()
    if step == "code":
        return Turn(session, (*hidden, CheckCode(value)))
    proving = _proving(session)
    answered = replace(session, proving=replace(proving, answers={**proving.answers, step: value}))
    return _go_on(answered, world).after(*hidden)


def press(session: Session, meaning: SayWho | Allow | SendAgain, world: World) -> Turn | None:
    """Do what a button under a question means; None when that question is not open."""
    if session.proving is None:
        return None
    step = open_step(session)
    match meaning:
        case Allow() if step == "consent":
            allowed = replace(session, allowed=CONSENT)
            return Turn(allowed, (Consent(CONSENT), question(allowed, world)))
        case SayWho(role) if step == "role":
            chosen = replace(session, proving=replace(session.proving, role=role))
            return Turn(chosen, (question(chosen, world),))
        case SendAgain() if step in {"code", "ready"}:
            return _ask_for_code(session, world)
    return None


def back(session: Session, world: World) -> Turn:
    """Ask the question before; before the first one, leave."""
    proving = _proving(session)
    if not proving.answers:
        return leave(session, world)
    *kept, _ = [name for name in _ANSWERS if name in proving.answers]
    answers = {name: proving.answers[name] for name in kept}
    earlier = replace(proving, is_sent=False, answers=answers)
    before = replace(session, proving=earlier)
    return Turn(before, (question(before, world),))


def leave(session: Session, world: World) -> Turn:
    """Stop, and forget what was typed."""
    left = replace(session, proving=None)
    return Turn(left, (menu(left, world, "identity.left"),))


def told(session: Session, event: CodeSent | Paused | CodeChecked | Busy, world: World) -> Turn:
    """Tell what became of asking for a code, or of the code."""
    if session.proving is None:
        return Turn(session)  # the person has gone on to something else meanwhile
    words = world.words[session.language]
    match event:
        case CodeSent():
            return Turn(session, (question(session, world),))
        case Paused(until):
            waits = replace(session, proving=replace(session.proving, is_sent=False))
            here = until.astimezone(world.now.tzinfo)
            values = {"day": words.day(here.date()), "time": f"{here:%H:%M}"}
            paused = say(words, "identity.paused", **values)
            return Turn(waits, (paused, question(waits, world)))
        case Busy():
            waits = replace(session, proving=replace(session.proving, is_sent=False))
            return Turn(waits, (say(words, "identity.busy"), question(waits, world)))
        case CodeChecked(0):
            asked = question(session, world)
            return Turn(session, (replace(asked, text=words("identity.wrong")),))
        case CodeChecked(insured):
            return _proven(session, insured, world)


def _proven(session: Session, insured: int, world: World) -> Turn:
    goal = _proving(session).goal
    done = replace(session, proving=None)
    person = next(one for one in world.people if one.insured.id == insured)
    return holdings.give(done, goal, person, world).after(holdings.linked(done, person, world))


def _go_on(session: Session, world: World) -> Turn:
    if open_step(session) == "ready":
        return _ask_for_code(session, world)
    return Turn(session, (question(session, world),))


def _ask_for_code(session: Session, world: World) -> Turn:
    proving = _proving(session)
    claim = Claim(
        proving.answers["phone"],
        date.fromisoformat(proving.answers["born_on"]),
        proving.answers["number"],
        proving.role or "self",
        tuple(one.insured.enp for one in holdings.selves(world)),
    )
    return Turn(replace(session, proving=replace(proving, is_sent=True)), (SendCode(claim),))


def _taken(reading: Json | object) -> str | Problem:
    return reading if isinstance(reading, str | Problem) else Problem("choice")


def _choices(step: str, words: Words) -> tuple[Button, ...]:
    match step:
        case "consent":
            return (button(Allow(), words("button.agree")),)
        case "role":
            return (
                button(SayWho("self"), words("button.role.self")),
                button(SayWho("child"), words("button.role.child")),
            )
        case "code" | "ready":
            return (button(SendAgain(), words(f"button.send.{step}")),)
    return ()


def _ways_out(words: Words) -> tuple[Button, ...]:
    return button(Back(), words("button.back")), button(Cancel(), words("button.cancel"))


def _to_menu(words: Words) -> Button:
    return button(ToMenu(), words("button.menu"))


def _proving(session: Session) -> Proving:
    if session.proving is None:
        raise LookupError("nobody is proving anything")
    return session.proving
