"""Answers to what has no words: a thumb up, an emoji, punctuation."""

from dialogs import filling
from dialogs.answering import answer_topic
from dialogs.menu import menu
from dialogs.reading import has_picture
from dialogs.session import Session
from dialogs.turn import Turn, say
from dialogs.world import World


def answer(session: Session, text: str, world: World) -> Turn:
    """Take a good sign for thanks; otherwise ask for words."""
    if session.is_asking:
        words = world.words[session.language]
        told = say(words, "wordless")
        return Turn(session, (told, filling.open_question(session, world)))
    if _is_good_sign(text, world):
        return answer_topic(session, "greeting_thanks.thanks", world)
    key = "emoji" if has_picture(text) else "wordless"
    return Turn(session, (menu(session, world, key),))


def _is_good_sign(text: str, world: World) -> bool:
    """Tell whether a text without words is a thumb up or the like."""
    return any(
        sign in text for words in world.words.values() for sign in words.options("emoji.good")
    )
