"""Buttons as a wire format: short ASCII codes that carry what they mean.

Codes stay under messages for ever, so they are a published format: letters are never
reused, and a code that means nothing any more decodes to None.
"""

from collections.abc import Collection
from datetime import date
from typing import Final, get_args

from dialogs.duties.duty import CHANGES, ChangeKind
from dialogs.duties.kin import KIN
from dialogs.duties.meanings import (
    DutyAct,
    InZone,
    OnDuty,
    Report,
    SayDay,
    SayWhom,
    ToDeadlines,
    ToZones,
)
from dialogs.identity_meanings import Allow, MyNumber, Part, SayWho, SendAgain, ToPeople, Want
from dialogs.insured import Goal, Role
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
from dialogs.move_meanings import MoveAct, MoveOn
from dialogs.notices.content import KINDS, Kind
from dialogs.notices.meanings import AnswerNotice, ChooseNotices, StopNotices, ToNotices
from dialogs.person_meanings import AskCallback, CallAt, Judge, LeaveQuestion, NotWait
from dialogs.zones import KNOWN

LONGEST = 64  # bytes; Telegram's limit for callback data is the narrowest

_PLAIN: dict[str, Meaning] = {
    "m": ToMenu(),
    "n": NoneOfThese(),
    "o": ToPerson(),
    "b": Back(),
    "x": Cancel(),
    "c": GoOn(),
    "z": ToApplications(),
    "A": Allow(),
    "C": SendAgain(),
    "V": MyNumber(),
    "D": ToPhoto(),
    "F": FillIn(),
    "N": NotThis(),
    "P": ToPeople(),
    "q": WithdrawConsent(),
    "D:q": LeaveQuestion(),
    "D:c": AskCallback(),
    "D:x": NotWait(),
    "T": ToDeadlines(),
    "O": ToNotices(),
    "O:s": StopNotices(),
}
_PLAIN_CODES = {type(meaning): code for code, meaning in _PLAIN.items()}
_STEP: dict[str, type[Edit | Keep | Skip | Why]] = {"e": Edit, "y": Keep, "k": Skip, "w": Why}
_DRAFT: dict[str, type[Agree | Submit | Resume | Discard]] = {
    "g": Agree,
    "s": Submit,
    "G": Resume,
    "d": Discard,
}
_ACTS: Final[dict[str, DutyAct]] = {
    "v": "show",
    "d": "done",
    "w": "week",
    "e": "date",
    "f": "file",
    "c": "calendar",
    "s": "stop",
    "r": "resume",
}
_ACT_LETTERS = {act: letter for letter, act in _ACTS.items()}
_CHANGES: Final[dict[str, ChangeKind]] = {change: change for change in CHANGES}
_MOVES: Final[dict[str, MoveAct]] = {act: act for act in get_args(MoveAct)}
_GOALS: Final[dict[str, Goal]] = {goal: goal for goal in get_args(Goal)}
_ROLES: Final[dict[str, Role]] = {"self": "self", "child": "child"}
PARTS_OF_DAY = ("morning", "noon", "evening")
"""When somebody may want to be called."""
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in KINDS}
_SCORES = frozenset("12345")
_PLACES = frozenset("0123456789")
"""Answers to the question of a notice."""
REMINDERS = frozenset({"window"})
"""What a person may ask to be reminded of by a button."""


def encode(meaning: Meaning) -> str:
    """Write a meaning as a code."""
    match meaning:
        case AllTopics(page):
            return f"p:{page}"
        case ToTopic(topic):
            return f"t:{topic}"
        case Helpful(topic, yes):
            return f"h:{topic}:{int(yes)}"
        case ToLanguage(language):
            return f"l:{language}"
        case Begin(form):
            return f"f:{form}"
        case Choose(form, number, step, value):
            return f"a:{form}:{number}:{step}:{value}"
        case BeginAnyway(form):
            return f"j:{form}"
        case OfferReminder(name):
            return f"i:{name}"
        case ToApplication(receipt):
            return f"v:{receipt}"
        case Printed(receipt):
            return f"q:{receipt}"
        case Withdraw(receipt, sure):
            return f"u:{receipt}:{int(sure)}"
        case Want(goal, insured):
            return f"W:{goal}:{insured}" if insured else f"W:{goal}"
        case SayWho(role):
            return f"R:{role}"
        case Part(insured, sure):
            return f"U:{insured}:{int(sure)}"
        case CallAt(part):
            return f"D:h:{part}"
        case Judge(talk, score):
            return f"D:r:{talk}:{score}"
        case AnswerNotice(notice, place):
            return f"O:a:{notice}:{place}"
        case ChooseNotices(kind, agrees):
            return f"O:{kind}:{int(agrees)}"
        case Report(change):
            return f"H:{change}" if change else "H"
        case SayDay(day):
            return f"Y:{day.isoformat()}"
        case SayWhom(about, insured):
            return f"Q:{insured or about}"
        case OnDuty(number, act):
            return f"E:{number}:{_ACT_LETTERS[act]}"
        case ToZones(page):
            return f"Z:{page}"
        case InZone(zone):
            return f"L:{zone}"
        case MoveOn(act):
            return f"M:{act}"
        case Edit() | Keep() | Skip() | Why():
            letter = next(key for key, kind in _STEP.items() if isinstance(meaning, kind))
            return f"{letter}:{meaning.form}:{meaning.number}:{meaning.step}"
        case Change(form, number, page):
            return f"r:{form}:{number}:{page}"
        case Agree() | Submit() | Resume() | Discard():
            letter = next(key for key, kind in _DRAFT.items() if isinstance(meaning, kind))
            return f"{letter}:{meaning.form}:{meaning.number}"
        case _:
            return _PLAIN_CODES[type(meaning)]


def decode(
    code: str, topics: Collection[str], forms: Collection[str], languages: Collection[str]
) -> Meaning | None:
    """Read a code; None when it is forged or names what no longer exists."""
    if code in _PLAIN:
        return _PLAIN[code]
    match code.split(":"):
        case ["p", page] if _is_number(page):
            return AllTopics(int(page))
        case ["t", topic] if topic in topics:
            return ToTopic(topic)
        case ["h", topic, ("0" | "1") as yes] if topic in topics:
            return Helpful(topic, yes == "1")
        case ["l", language] if language in languages:
            return ToLanguage(language)
        case ["f", form] if form in forms:
            return Begin(form)
        case ["j", form] if form in forms:
            return BeginAnyway(form)
        case ["i", name] if name in REMINDERS:
            return OfferReminder(name)
        case ["v", receipt] if _is_receipt(receipt):
            return ToApplication(receipt)
        case ["q", receipt] if _is_receipt(receipt):
            return Printed(receipt)
        case ["u", receipt, ("0" | "1") as sure] if _is_receipt(receipt):
            return Withdraw(receipt, sure == "1")
        case ["W", goal] if goal in _GOALS:
            return Want(_GOALS[goal])
        case ["W", goal, insured] if goal in _GOALS and _is_number(insured):
            return Want(_GOALS[goal], int(insured))
        case ["R", role] if role in _ROLES:
            return SayWho(_ROLES[role])
        case ["U", insured, ("0" | "1") as sure] if _is_number(insured):
            return Part(int(insured), sure == "1")
        case ["D", "h", part] if part in PARTS_OF_DAY:
            return CallAt(part)
        case ["D", "r", talk, score] if _is_id(talk) and score in _SCORES:
            return Judge(int(talk), int(score))
        case ["O", "a", notice, place] if _is_number(notice) and place in _PLACES:
            return AnswerNotice(int(notice), int(place))
        case ["O", kind, ("0" | "1") as agrees] if kind in _KINDS:
            return ChooseNotices(_KINDS[kind], agrees == "1")
        case ["H"]:
            return Report()
        case ["H", change] if change in _CHANGES:
            return Report(_CHANGES[change])
        case ["Y", written] if day := _day(written):
            return SayDay(day)
        case ["Q", who] if who in {"", *KIN}:
            return SayWhom(who)
        case ["Q", who] if _is_number(who):
            return SayWhom(insured=int(who))
        case ["E", number, act] if _is_number(number) and act in _ACTS:
            return OnDuty(int(number), _ACTS[act])
        case ["Z", page] if _is_number(page):
            return ToZones(int(page))
        case ["L", zone] if zone in KNOWN:
            return InZone(zone)
        case ["M", act] if act in _MOVES:
            return MoveOn(_MOVES[act])
        case ["a", form, number, step, value] if form in forms and _is_number(number):
            return Choose(form, int(number), step, value)
        case ["r", form, number, page] if form in forms and _is_number(number) and _is_number(page):
            return Change(form, int(number), int(page))
        case [letter, form, number, step] if form in forms and _is_number(number):
            return _STEP[letter](form, int(number), step) if letter in _STEP else None
        case [letter, form, number] if form in forms and _is_number(number):
            return _DRAFT[letter](form, int(number)) if letter in _DRAFT else None
    return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _is_receipt(text: str) -> bool:
    return text.isascii() and 0 < len(text) <= 20 and text.replace("-", "").isalnum()  # noqa: PLR2004 — a number of ours is shorter


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19  # noqa: PLR2004 — what a database numbers


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 — nobody fills in more drafts
