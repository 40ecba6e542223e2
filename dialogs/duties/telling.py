"""What is said of a duty: at once, at each rung, in the list; always by what is true today."""

from dataclasses import replace
from datetime import date, timedelta

from dialogs import decency
from dialogs.duties.duty import Duty
from dialogs.duties.kinds import ABOUT, FROM_REGISTER, PASSPORTS
from dialogs.duties.ladder import Rung, ahead, term_of
from dialogs.duties.meanings import DutyAct, OnDuty, ToDeadlines
from dialogs.effects import Button, Say, Template
from dialogs.meanings import ToMenu
from dialogs.session import Session
from dialogs.turn import button
from dialogs.words import Words
from dialogs.world import World

_YEAR = timedelta(days=365)
_FEW_OFFICES = 3
_COUNTED = frozenset({"duty.week", "duty.soon"})
_LONGEST_LABEL = 20  # characters; the narrowest messenger's


def at_once(session: Session, duty: Duty, world: World, *, corrected: bool = False) -> Say:
    """Answer a report: until when in words, what to bring, where, and when one is reminded."""
    words = world.words[session.language]
    today = decency.day_there(session, world)
    term = term_of(duty)
    if duty.since > today:
        moment = "future"
    elif term is None or today <= term.last:
        moment = "noted"
    elif today <= term.legal:
        moment = "legal_noted"
    else:
        moment = "long_ago" if duty.since < today - _YEAR else "over"
    lines = [words("duty.corrected")] if corrected else []
    lines.append(_text(duty, moment, session, world))
    if moment in {"noted", "future"}:
        lines += _end_notes(duty, words)
    if words.has(f"duty.bring.{duty.kind}"):
        lines.append(words(f"duty.bring.{duty.kind}"))
    lines.append(_where(session, world))
    rungs = ahead(duty)
    if rungs:
        key = "duty.will_remind.zone" if session.zone else "duty.next"
        if not session.zone and session.noted == 1:  # said once
            key = "duty.will_remind"
        lines.append(words(key, day=words.day(rungs[0].day)))
    said = Say("\n\n".join(lines), buttons(duty, session, world), _note(duty, session, world))
    return _marked(said, duty)


def at_rung(session: Session, duty: Duty, rung: Rung, world: World) -> Say:
    """Remind of a duty as it stands today, however late."""
    today = decency.day_there(session, world)
    moment = _moment(duty, rung, today)
    text = _text(duty, moment, session, world)
    if moment in {"soon", "eve", "last"}:
        text = " ".join((text, *_end_notes(duty, world.words[session.language])))
    values = (title(duty, session, world), _end(duty, world.words[session.language]))
    template = Template(f"duty_{moment}", values)
    shown = buttons(duty, session, world)
    if session.is_asking:  # a line above the question that is open
        deadlines = button(ToDeadlines(), world.words[session.language]("button.deadlines"))
        shown = (*shown[:1], deadlines)
    return _marked(Say(text, shown, template=template), duty)


def one(session: Session, duty: Duty, world: World) -> Say:
    """Show one duty with everything that can be done about it."""
    words = world.words[session.language]
    text = _text(duty, f"state.{duty.state}", session, world)
    lines = [text, *(_end_notes(duty, words) if duty.is_running else ())]
    rungs = ahead(duty)
    if rungs:
        lines.append(words("duty.next", day=words.day(rungs[0].day)))
    elif duty.is_running:
        lines.append(words("duty.quiet"))
    return _marked(Say("\n\n".join(lines), buttons(duty, session, world)), duty)


def line(session: Session, duty: Duty, world: World) -> str:
    """Write a duty as a line of the list."""
    words = world.words[session.language]
    key = f"duty.line.{duty.state}"
    if term_of(duty) is None or duty.kind == "window":
        key += ".since"
    values = {
        "what": title(duty, session, world),
        "last": _end(duty, words),
        "since": words.day(duty.since),
    }
    return sentence(words(key, **values))


def buttons(duty: Duty, session: Session, world: World) -> tuple[Button, ...]:
    """Make the buttons of a duty."""
    words = world.words[session.language]

    def act(name: DutyAct, label: str) -> Button:
        return button(OnDuty(duty.number, name), words(label))

    menu = (
        button(ToDeadlines(), words("button.deadlines")),
        button(ToMenu(), words("button.menu")),
    )
    if not duty.is_running:
        return (act("resume", "button.duty.resume"), *menu)
    done = "button.duty.received" if duty.kind in PASSPORTS else "button.duty.done"
    shown = [act("done", done)]
    if ABOUT[duty.kind].form in world.forms:
        shown.append(act("file", "button.duty.file"))
    shown.append(act("week", "button.duty.week"))
    if duty.kind not in {*FROM_REGISTER, "window"}:
        shown.append(act("date", "button.duty.date"))
    term = term_of(duty)
    if term and term.last > decency.day_there(session, world):
        shown.append(act("calendar", "button.duty.calendar"))
    return (*shown, act("stop", "button.duty.stop"))


def label(duty: Duty, session: Session, world: World) -> str:
    """Name a duty on a button."""
    words = world.words[session.language]
    short = words(f"duty.label.{duty.kind}")
    whose = _whose(duty, words, world)
    full = f"{short}: {whose}"
    return full if whose and len(full) <= _LONGEST_LABEL else short


def sentence(text: str) -> str:
    """Begin a sentence that begins with what a duty is called."""
    return text[:1].upper() + text[1:]


def title(duty: Duty, session: Session, world: World) -> str:
    """Name a duty in a few words, saying whose it is when it is not one's own."""
    words = world.words[session.language]
    what = words(f"duty.what.{duty.kind}")
    whose = _whose(duty, words, world)
    return words("duty.what_of", what=what, whose=whose) if whose else what


def _whose(duty: Duty, words: Words, world: World) -> str:
    """Name the person a duty is about, when that is not the one who writes."""
    if duty.insured:
        found = [one for one in world.people if one.insured.id == duty.insured]
        return found[0].insured.given or found[0].insured.surname if found else ""
    return words(f"duty.kin.{duty.about}") if duty.about else ""


def _moment(duty: Duty, rung: Rung, today: date) -> str:
    term = term_of(duty)
    if rung.name == "start" or term is None:
        return rung.name if rung.name == "start" else "week"
    left = (term.last - today).days
    if left < 0:
        return "legal" if today <= term.legal else "after"
    if left <= 1:
        return "eve" if left else "last"
    return "week" if rung.name in {"week", "again"} else "soon"


def _text(duty: Duty, moment: str, session: Session, world: World) -> str:
    """Find the text of a moment: the kind's own, else the one that kinds share."""
    words = world.words[session.language]
    family = duty.kind.partition("_")[0]
    keys = (f"duty.{moment}.{duty.kind}", f"duty.{moment}.{family}", f"duty.{moment}")
    key = next(key for key in keys if words.has(key))
    term = term_of(duty)
    today = decency.day_there(session, world)
    # Only these two count the days that are left; elsewhere the number chooses no plural form.
    counted = {"count": max((term.last - today).days, 0)} if term and key in _COUNTED else {}
    text = words(
        key,
        what=title(duty, session, world),
        since=words.day(duty.since),
        last=words.day(term.last) if term else "",
        legal=words.day(term.legal) if term else "",
        phone=world.values[session.language]["phone"],
        **counted,
    )
    return sentence(text)


def _end(duty: Duty, words: Words) -> str:
    term = term_of(duty)
    return words.day(term.last if term else duty.since)


def _end_notes(duty: Duty, words: Words) -> tuple[str, ...]:
    """Say the shifted end, and that a decree may still move it."""
    term = term_of(duty)
    if term is None:
        return ()
    shifted = (
        (words("duty.shifted", legal=words.day(term.legal)),) if term.legal != term.last else ()
    )
    return (*shifted, words("duty.provisional")) if term.is_provisional else shifted


def _where(session: Session, world: World) -> str:
    words = world.words[session.language]
    values = world.values[session.language]
    few = len(values["offices"].splitlines()) <= _FEW_OFFICES
    return words("duty.where.offices" if few else "duty.where", **values)


def _note(duty: Duty, session: Session, world: World) -> str:
    """Say as of when this holds, and by which sources."""
    words = world.words[session.language]
    facts = [world.library.facts[name] for name in ABOUT[duty.kind].facts]
    sources = dict.fromkeys(source for fact in facts for source in fact.sources)
    named = [world.library.sources[source].names[session.language] for source in sources]
    if not facts:
        return ""
    checked = min(fact.checked for fact in facts)
    return words("answer.note", day=words.day(checked), sources="; ".join(named[:2]))


def _marked(said: Say, duty: Duty) -> Say:
    """Mark what names a person of the register."""
    return replace(said, data="personal") if duty.insured else said
