"""What is typed for the clock: answers to its questions, and changes told in passing."""

from dialogs import decency, filling
from dialogs.answering import answer_aside
from dialogs.duties import reporting
from dialogs.duties.hearing import hear
from dialogs.effects import Conceal
from dialogs.faq.finding import Elsewhere, Sure
from dialogs.identifiers import hide
from dialogs.pressing import press, with_rest
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
    report = hear(text, decency.day_there(session, world), tuple(world.words.values()))
    if report is None or (session.is_asking and len(report.dated.days) != 1):
        return None
    return with_rest(reporting.heard(session, report, text, world), world)
