"""A phone that the messenger vouches for: what it is good for, wherever it comes."""

from dialogs import filling, identity
from dialogs.effects import Say
from dialogs.fields import Asking, Phone
from dialogs.identity_meanings import Want
from dialogs.incoming import Said
from dialogs.meanings import ToMenu
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.world import World


def vouched_for(session: Session, phone: str, world: World) -> Turn:
    """Take a shared phone as proof, or as the answer of a form; elsewhere say what it is for."""
    words = world.words[session.language]
    own = Phone().read(Said(phone), Asking("identity.phone", words, world.now))
    if session.proving:
        if isinstance(own, str):
            return identity.take_phone(session, own, world)
        told = say(words, "identity.phone_unread")
        return Turn(session, (told, identity.question(session, world)))
    step = filling.asked_step(session, world) if session.draft else None
    if step and isinstance(step.field, Phone):
        value = filling.read(session, step, Said(phone), world)
        return filling.answer(session, step, value, world)
    not_asked = say(words, "identity.phone_not_asked")
    if session.is_asking:
        return Turn(session, (not_asked, filling.open_question(session, world)))
    extract = button(Want("extract"), words("button.want.extract"))
    number = button(Want("number"), words("button.want.number"))
    to_menu = button(ToMenu(), words("button.menu"))
    return Turn(session, (Say(not_asked.text, (extract, number, to_menu)),))
