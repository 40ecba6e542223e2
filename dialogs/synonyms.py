"""What a person means who answers «да», «нету» or «зачем» instead of pressing a button."""

from dialogs.buttons import decode
from dialogs.duties.meanings import OnDuty, SayWhom
from dialogs.effects import Button
from dialogs.fields.vocabulary import is_among
from dialogs.identity_meanings import Allow
from dialogs.meanings import (
    Agree,
    Change,
    Choose,
    Edit,
    FillIn,
    Keep,
    Meaning,
    NotThis,
    Skip,
    Submit,
    Why,
)
from dialogs.session import Session
from dialogs.wording import FormWords
from dialogs.world import World

_SPOKEN = {
    Agree: "spoken.agree",
    Allow: "spoken.agree",
    Keep: "spoken.keep",
    Edit: "spoken.anew",
    FillIn: "spoken.keep",
    NotThis: "spoken.not_this",
    Skip: "spoken.skip",
    Submit: "spoken.submit",
    Change: "spoken.change",
    Why: "spoken.why",
}
"""Ways of saying what a button of a form means, one a line, understood in every language."""


def picked_by_synonym(text: str, session: Session, world: World) -> Button | None:
    """Find the first offered choice of a form that these words mean."""
    topics = world.library.topics[session.language]
    offered = [
        (button, decode(button.code, topics, world.forms, world.words))
        for button in session.offered
    ]
    edits = [button for button, meaning in offered if isinstance(meaning, Edit)]
    for button, meaning in offered:
        # A list of answers to change is not a question to say «нет» to.
        is_listed = button in edits and len(edits) > 1
        if meaning and not is_listed and _is_meant(text, meaning, world):
            return button
    return None


def _is_meant(text: str, meaning: Meaning, world: World) -> bool:
    match meaning:
        case Choose(form, _, step, value):
            key = f"{form}.{step}.choice.{value}.options"
            return any(is_among(text, FormWords(one, form), key) for one in world.words.values())
        case OnDuty(act=act):
            return any(is_among(text, one, f"spoken.duty.{act}") for one in world.words.values())
        case SayWhom(about="", insured=0):
            return any(is_among(text, one, "spoken.whom.oneself") for one in world.words.values())
    spoken = _SPOKEN.get(type(meaning))
    return spoken is not None and any(is_among(text, one, spoken) for one in world.words.values())
