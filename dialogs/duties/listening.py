"""What is typed for the clock: answers to its questions, and changes told in passing."""

from dataclasses import replace

from dialogs import decency, filling
from dialogs.answering import answer_aside, followed
from dialogs.duties import reporting
from dialogs.duties.hearing import Heard, hear
from dialogs.effects import Conceal
from dialogs.faq.finding import Elsewhere, Sure
from dialogs.identifiers import hide
from dialogs.pressing import press, with_few_buttons, with_rest
from dialogs.reading import has_letters, picked_by_number
from dialogs.session import Session
from dialogs.turn import Turn, say
from dialogs.world import World


def answered(session: Session, text: str, world: World) -> Turn:
    """Read words while the clock asks something: an answer, a choice, or a question."""
    hidden, sensitive = hide(text)
    if sensitive:  # the number of a document beside its date
        told = say(world.words[session.language], "sensitive")
        return _answered(session, hidden, world).after(Conceal(hidden), told)
    return _answered(session, text, world)


def _answered(session: Session, text: str, world: World) -> Turn:
    report = _heard(session, text, world)
    if report and reporting.is_another(session, report):
        return _taken(session, report, text, world)
    turn = reporting.answer(session, text, world)
    if turn:
        return with_rest(turn, world)
    number = picked_by_number(text, session.offered)
    if number:
        return press(session, number.code, world)
    if has_letters(text):
        finding = world.library.find(text, session.language)
        if isinstance(finding, Sure | Elsewhere):
            aside = answer_aside(session, text, finding, world)
            question = filling.open_question(aside.session, world)
            return Turn(aside.session, (*aside.effects, question))
    misread = say(world.words[session.language], reporting.problem(session))
    return Turn(session, (misread, filling.open_question(session, world)))


def reported(session: Session, text: str, world: World) -> Turn | None:
    """Hear that something has changed; in the middle of a form only what is clear at once."""
    report = _heard(session, text, world)
    if report is None or (session.is_asking and len(report.dated.days) != 1):
        return None
    return _taken(session, report, text, world)


def _heard(session: Session, text: str, world: World) -> Heard | None:
    return hear(text, decency.day_there(session, world), tuple(world.words.values()))


def _taken(session: Session, report: Heard, text: str, world: World) -> Turn:
    spoken = replace(session, language=report.language)
    turn = _asked_again(session, reporting.heard(spoken, report, text, world), world)
    return with_rest(turn, world).after(*followed(session, report.language, world))


def _asked_again(session: Session, turn: Turn, world: World) -> Turn:
    """Come back to the question about a change, or a zone, that another change has interrupted."""
    earlier = session.inquiry
    if earlier is None or not (earlier.kind or earlier.is_zone):
        return turn
    if turn.session.inquiry not in (None, earlier):
        return turn
    asked = reporting.ask(replace(turn.session, inquiry=earlier), world)
    return asked.after(*map(with_few_buttons, turn.effects))
