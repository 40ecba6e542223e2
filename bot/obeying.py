"""The core and the world: what has happened, told to the core; what the core wants, noted."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.channels.base import Letter
from bot.identifying import Identifying
from bot.ledger import Ledger
from bot.letters import Decision, Reply
from bot.moving import move
from bot.notices.trials import digested
from bot.outcome import Outcome
from bot.recalling import Known
from bot.ruling import Ruling
from bot.takeover.deeds import Deed
from bot.takeover.talking import Talking
from dialogs.effects import (
    Answered,
    CallPerson,
    CheckClaim,
    CheckCode,
    Conceal,
    Consent,
    Effect,
    File,
    Forget,
    HandBack,
    Issue,
    LeaveQueue,
    Missed,
    Move,
    Rated,
    RateTalk,
    Relay,
    Remind,
    Say,
    Scan,
    SendCode,
    Speak,
    Unlink,
    Wondered,
)
from dialogs.incoming import ClaimChecked, Incoming
from dialogs.move_effects import ClaimDraft, HandAll, HandDraft, OfferDraft
from dialogs.notices.wishes import ChoicesWanted, NoticeAnswered, NoticesChosen, TrialWanted


def happened(
    letter: Letter, known: Known, ledger: Ledger, people: Identifying, talking: Talking
) -> list[Incoming]:
    """Read what a letter says beside what is written down already."""
    if isinstance(letter, Decision):
        return _if_any(ledger.decide(letter, known.paper))
    if isinstance(letter, Ruling):
        people.rule(letter)
    if isinstance(letter, Deed):
        return [talking.do(letter)]
    if isinstance(letter, Reply) and isinstance(letter.incoming, ClaimChecked):
        checked = people.claim_checked(letter.errand)
        return [checked] if checked else []
    return [letter.incoming]


def obey(
    outcome: Outcome,
    ledger: Ledger,
    people: Identifying,
    talking: Talking,
    effect: Effect,
    now: datetime,
) -> list[Incoming]:
    """Note what the core wants of the world; some of it answers."""
    match effect:
        case Say():
            outcome.say("assistant", now, effect)
        case Speak(name, text, data, document):
            outcome.say("representative", now, Say(text, (), "", data, document), name=name)
        case CallPerson():
            return _if_any(talking.call(effect, outcome.chat.last_seq))
        case LeaveQueue():
            talking.leave()
        case HandBack(number):
            return _if_any(talking.hand_back(number))
        case RateTalk(talk, score):
            outcome.scores.append((talk, score))
            talking.rated(score)
        case Conceal(text):
            outcome.said[0] = replace(outcome.said[0], text=text)
        case Relay():
            pass  # The history, which a representative reads, has it already.
        case Remind(name, at):
            outcome.reminders[name] = at
        case Forget(name):
            outcome.reminders[name] = None
        case Missed(kind, count):
            outcome.missed[kind] += count
            outcome.facts += [("missed", kind)] * count
        case Consent(version):
            outcome.consents.append(version)
        case Wondered():
            outcome.wondered.append(effect)
            if effect.outcome != "not_helpful":  # then the rating says so
                outcome.facts.append((effect.outcome, ""))
        case Answered(topic):
            outcome.facts.append(("answered", topic))
        case Rated(topic, helpful):
            outcome.facts.append(("helpful" if helpful else "unhelpful", topic))
        case NoticesChosen() | NoticeAnswered() | TrialWanted() | ChoicesWanted():
            outcome.to_notices.append(digested(effect, people.codes))
        case File():
            return [ledger.file(effect)]
        case Move():
            return [ledger.move(effect)]
        case SendCode():
            return [people.send_code(effect)]
        case CheckClaim():
            return [people.check_claim(effect)]
        case CheckCode():
            return [people.check(effect)]
        case Unlink(insured):
            people.unlink(insured)
        case Scan():
            people.scan(effect)
        case Issue():
            people.issue(effect)
        case OfferDraft() | ClaimDraft() | HandDraft() | HandAll():
            return _if_any(move(outcome, effect, people.codes, now))
        case _:
            assert_never(effect)
    return []


def _if_any(answer: Incoming | None) -> list[Incoming]:
    return [answer] if answer else []
