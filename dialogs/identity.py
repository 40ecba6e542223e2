"""Proving who one is: by a phone of the register, and by what only oneself knows.

The phone is proven by a code sent to it, or by the messenger that vouches for it. Whether
the register knows a person shows in no word of this: what is said follows from what was
typed alone, until all of it is right.
"""

from dataclasses import replace
from datetime import date

from dialogs import holdings
from dialogs.effects import (
    Button,
    CheckClaim,
    CheckCode,
    Conceal,
    Consent,
    Effect,
    Say,
    SendCode,
)
from dialogs.fields import Asking, Enp, PastDate, Phone, Problem
from dialogs.identifiers import HIDDEN
from dialogs.identity_meanings import Allow, MyNumber, SayWho, SendAgain, Want
from dialogs.incoming import Busy, ClaimChecked, ClaimTaken, CodeChecked, CodeSent, Paused, Said
from dialogs.insured import ENP_DIGITS, LAST_DIGITS, Claim, Goal, Role
from dialogs.json import Json
from dialogs.meanings import Back, Begin, Cancel, ToMenu
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
_PHONE = Phone()
_BORN_ON = PastDate(with_year=True)


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
    return _ask(begun, world).after(say(words, "identity.opening"))


def question(session: Session, world: World) -> Say:
    """Ask for what is open."""
    words = world.words[session.language]
    step = open_step(session)
    key = f"identity.{step}{_manner(session, step, world)}"
    asked = say(words, key, *_choices(session, step, world), *_ways_out(words))
    return replace(
        asked,
        data="personal" if step in _ANSWERS else "general",
        asks_phone=step == "phone" and not world.vouched,
    )


def open_step(session: Session) -> str:
    """Name what is open: the first question without an answer."""
    proving = _proving(session)
    if session.allowed != CONSENT:
        return "consent"
    if proving.role is None:
        return "role"
    missing = [name for name in _ANSWERS if name not in proving.answers]
    if missing:
        return missing[0]
    if not proving.is_sent:
        return "ready"
    return "checking" if proving.is_vouched else "code"


def read(session: Session, text: str, world: World) -> str | Problem:
    """Read an answer to the open question."""
    step = open_step(session)
    asking = Asking(f"identity.{step}", world.words[session.language], world.now)
    match step:
        case "phone":
            phone = _taken(_PHONE.read(Said(text), asking))
            can_be_proven = world.sends_codes or phone == world.vouched
            return phone if can_be_proven or isinstance(phone, Problem) else Problem("proof.phone")
        case "born_on":
            return _taken(_BORN_ON.read(Said(text), asking))
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
    if step == "checking":
        return Turn(session, (question(session, world),))
    if isinstance(value, Problem):
        told = say(words, f"problem.{value.id}")
        return Turn(session, (told, question(session, world)))
    if step == "phone" and value == world.vouched:
        return take_phone(session, value, world)
    hidden: tuple[Effect, ...] = (Conceal(HIDDEN),) if step in _SECRET else ()
    if step == "code":
        return Turn(session, (*hidden, CheckCode(value)))
    proving = _proving(session)
    answered = replace(session, proving=replace(proving, answers={**proving.answers, step: value}))
    return _go_on(answered, world).after(*hidden)


def take_phone(session: Session, phone: str, world: World) -> Turn:
    """Take a phone that the messenger vouches for; no code is needed for it."""
    words = world.words[session.language]
    asking = Asking("identity.phone", words, world.now)
    proving = _proving(session)
    answers = {**proving.answers, "phone": phone}
    taken = replace(proving, answers=answers, is_vouched=True, is_sent=False)
    told = say(words, "identity.vouched", phone=_PHONE.show(phone, asking))
    turn = _go_on(replace(session, proving=taken), world)
    return turn.after(replace(told, data="personal"))


def press(
    session: Session, meaning: SayWho | Allow | SendAgain | MyNumber, world: World
) -> Turn | None:
    """Do what a button under a question means; None when that question is not open."""
    if session.proving is None:
        return None
    step = open_step(session)
    match meaning:
        case Allow() if step == "consent":
            allowed = replace(session, allowed=CONSENT)
            return _ask(allowed, world).after(Consent(CONSENT))
        case SayWho(role) if step == "role":
            chosen = replace(session, proving=replace(session.proving, role=role))
            return _ask(chosen, world)
        case SendAgain() if step in {"code", "ready"}:
            return _ask_for_proof(session, world)
        case MyNumber() if step == "phone" and world.vouched:
            return take_phone(session, world.vouched, world)
    return None


def back(session: Session, world: World) -> Turn:
    """Ask the question before; before the first one, leave."""
    proving = _proving(session)
    if not proving.answers:
        return leave(session, world)
    *kept, _ = [name for name in _ANSWERS if name in proving.answers]
    answers = {name: proving.answers[name] for name in kept}
    is_vouched = proving.is_vouched and "phone" in answers
    earlier = replace(proving, is_sent=False, is_vouched=is_vouched, answers=answers)
    before = replace(session, proving=earlier)
    return Turn(before, (question(before, world),))


def leave(session: Session, world: World) -> Turn:
    """Stop, and forget what was typed."""
    left = replace(session, proving=None)
    return Turn(left, (menu(left, world, "identity.left"),))


def told(
    session: Session,
    event: CodeSent | CodeChecked | ClaimTaken | ClaimChecked | Paused | Busy,
    world: World,
) -> Turn:
    """Tell what became of asking for a proof, or of the proof."""
    if session.proving is None:
        return Turn(session)  # the person has gone on to something else meanwhile
    words = world.words[session.language]
    match event:
        case CodeSent() | ClaimTaken():
            return Turn(session, (question(session, world),))
        case Paused(until):
            waits = replace(session, proving=replace(session.proving, is_sent=False))
            here = until.astimezone(world.now.tzinfo)
            values = {"day": words.day(here.date()), "time": f"{here:%H:%M}"}
            paused = say(words, "identity.paused", **values)
            return Turn(waits, (paused, question(waits, world)))
        case Busy():
            waits = replace(session, proving=replace(session.proving, is_sent=False))
            busy = say(words, f"identity.busy{_manner(session, 'ready', world)}")
            return Turn(waits, (busy, question(waits, world)))
        case CodeChecked(0):
            asked = question(session, world)
            return Turn(session, (replace(asked, text=words("identity.wrong")),))
        case ClaimChecked(0):
            waits = replace(session, proving=replace(session.proving, is_sent=False))
            return Turn(waits, (say(words, "identity.unfit"), question(waits, world)))
        case CodeChecked(insured) | ClaimChecked(insured):
            return _proven(session, insured, world)


def _proven(session: Session, insured: int, world: World) -> Turn:
    goal = _proving(session).goal
    done = replace(session, proving=None)
    person = next(one for one in world.people if one.insured.id == insured)
    return holdings.give(done, goal, person, world).after(holdings.linked(done, person, world))


def _go_on(session: Session, world: World) -> Turn:
    if open_step(session) == "ready":
        return _ask_for_proof(session, world)
    return _ask(session, world)


def _ask(session: Session, world: World) -> Turn:
    """Ask what is open; a phone that comes vouched for with every message is not asked."""
    if open_step(session) == "phone" and world.vouched:
        return take_phone(session, world.vouched, world)
    return Turn(session, (question(session, world),))


def _ask_for_proof(session: Session, world: World) -> Turn:
    proving = _proving(session)
    claim = Claim(
        proving.answers["phone"],
        date.fromisoformat(proving.answers["born_on"]),
        proving.answers["number"],
        proving.role or "self",
        tuple(one.insured.enp for one in holdings.selves(world)),
    )
    wish = CheckClaim(claim) if proving.is_vouched else SendCode(claim)
    return Turn(replace(session, proving=replace(proving, is_sent=True)), (wish,))


def _taken(reading: Json | object) -> str | Problem:
    return reading if isinstance(reading, str | Problem) else Problem("choice")


def _manner(session: Session, step: str, world: World) -> str:
    """Name how a phone is proven where the wording depends on it."""
    if step == "ready":
        return ".vouched" if _proving(session).is_vouched else ""
    if step == "phone" and (world.vouches or world.vouched):
        return ".either" if world.sends_codes else ".vouched"
    return ""


def _choices(session: Session, step: str, world: World) -> tuple[Button, ...]:
    words = world.words[session.language]
    match step:
        case "phone" if world.vouched:
            return (button(MyNumber(), words("button.my_number")),)
        case "consent":
            return (button(Allow(), words("button.agree")),)
        case "role":
            return (
                button(SayWho("self"), words("button.role.self")),
                button(SayWho("child"), words("button.role.child")),
            )
        case "code" | "ready":
            manner = _manner(session, step, world)
            return (button(SendAgain(), words(f"button.send.{step}{manner}")),)
    return ()


def _ways_out(words: Words) -> tuple[Button, ...]:
    return button(Back(), words("button.back")), button(Cancel(), words("button.cancel"))


def _to_menu(words: Words) -> Button:
    return button(ToMenu(), words("button.menu"))


def _proving(session: Session) -> Proving:
    if session.proving is None:
        raise LookupError("nobody is proving anything")
    return session.proving
