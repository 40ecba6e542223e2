"""What a pressed button said, however old it is: the history shows it in the person's words."""

from dialogs.buttons import decode
from dialogs.meanings import Begin, ToLanguage, ToMenu, ToPerson, ToTopic
from dialogs.session import Session
from dialogs.world import World


def label_of(code: str, session: Session, world: World) -> str:
    """Find the label of a code: as it was offered last, or as it would be offered now."""
    offered = next((one.label for one in session.offered if one.code == code), "")
    if offered:
        return offered
    words = world.words[session.language]
    topics = world.library.topics[session.language]
    match decode(code, topics, world.forms, world.words):
        case ToMenu():
            return words("button.menu")
        case ToPerson():
            return words("button.person")
        case ToLanguage(language):
            return world.words[language]("language.name")
        case ToTopic(topic):
            return topics[topic].button
        case Begin(form):
            return words(f"{form}.begin")
    return words("history.pressed")
