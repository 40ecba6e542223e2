"""How a conversation begins, is come back to, and explains itself."""

from dialogs import filling
from dialogs.answering import answer_topic
from dialogs.menu import greeting, menu
from dialogs.session import Session
from dialogs.turn import Turn, say
from dialogs.world import World


def open_chat(session: Session, payload: str, world: World) -> Turn:
    """Begin or come back, perhaps through a link to a topic or a form."""
    kind, _, name = payload.partition("-")
    if kind == "f" and name in world.forms:
        return filling.begin(session, name, world)
    if kind == "t" and name in world.library.topics[session.language]:
        return answer_topic(session, name, world)
    if session.is_asking:
        back = say(world.words[session.language], "welcome_back")
        return Turn(session, (back, filling.open_question(session, world)))
    return Turn(session, (greeting(session, world),))


def give_help(session: Session, world: World) -> Turn:
    """Say what can be done here, and ask again what was asked."""
    if session.is_asking:
        told = say(world.words[session.language], "help")
        return Turn(session, (told, filling.open_question(session, world)))
    return Turn(session, (menu(session, world, "help"),))
