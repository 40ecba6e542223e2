"""Where personal data may not travel: what would be an answer of that kind is not taken here.

The question is put again, which brings a new link to where it can be answered. What was typed
is kept nowhere (docs/decisions/0014-clearance.md).
"""

from dialogs import calling, filling
from dialogs.answering import answer_aside
from dialogs.effects import Conceal, Say
from dialogs.faq.finding import Elsewhere, Sure
from dialogs.identifiers import HIDDEN, hide
from dialogs.meanings import ToPerson
from dialogs.pressing import do
from dialogs.reading import has_letters
from dialogs.session import Session
from dialogs.turn import Turn, say
from dialogs.world import World


def question(session: Session, world: World) -> Say | None:
    """Return the question that is open, if it may not be answered here."""
    if not world.withholds:
        return None
    if session.aside:
        asked = calling.question(session, world)
    elif session.is_asking:
        asked = filling.open_question(session, world)
    else:
        return None
    return asked if asked.data != "general" else None


def heard(session: Session, text: str, asked: Say, world: World) -> Turn:
    """Hear words that are no answer here: a question in the middle, a call for a person."""
    hidden, _ = hide(text)
    if has_letters(text):
        finding = world.library.find(hidden, session.language)
        if calling.is_meant(finding, world):
            return do(session, ToPerson(), world)
        if isinstance(finding, Sure | Elsewhere):
            turn = answer_aside(session, hidden, finding, world)
            return Turn(turn.session, (*turn.effects, asked)).after(Conceal(hidden))
    return Turn(session, (Conceal(HIDDEN), asked))


def link(session: Session, world: World) -> Turn:
    """Bring a link to where personal data may be spoken of; elsewhere say that none is needed."""
    asked = question(session, world)
    if asked:
        return Turn(session, (asked,))
    words = world.words[session.language]
    key = "window.here" if world.withholds else "window.not_needed"
    told = say(words, key)
    if world.withholds:
        return Turn(session, (Say(told.text, data="personal"),))
    return calling.with_open_question(Turn(session, (told,)), world)
