"""What is typed while somebody says who they are."""

from dialogs import calling, filling, identity
from dialogs.answering import answer_aside
from dialogs.faq.finding import Elsewhere, Sure, Unsure
from dialogs.fields import Problem
from dialogs.meanings import ToPerson
from dialogs.pressing import do, press
from dialogs.reading import has_letters, picked_by_number
from dialogs.session import Session
from dialogs.turn import Turn
from dialogs.world import World


def heard(session: Session, text: str, world: World) -> Turn:
    """Read words while somebody says who they are: an answer, a choice, or a question."""
    value = identity.read(session, text, world)
    if isinstance(value, Problem):
        number = picked_by_number(text, session.offered)
        if number:
            return press(session, number.code, world)
        finding = world.library.find(text, session.language) if has_letters(text) else Unsure()
        if calling.is_meant(finding, world):
            return do(session, ToPerson(), world)
        if isinstance(finding, Sure | Elsewhere):
            turn = answer_aside(session, text, finding, world)
            asked = filling.open_question(turn.session, world)
            return Turn(turn.session, (*turn.effects, asked))
    return identity.answer(session, value, world)
