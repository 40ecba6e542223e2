"""One list of choices a turn: they are answered by number, so two would be in each other's way."""

from dataclasses import replace

from dialogs.buttons import encode
from dialogs.effects import Say
from dialogs.meanings import NoneOfThese
from dialogs.turn import Turn


def with_one_list(turn: Turn) -> Turn:
    """Put all choices under the last message: two numbered lists would share their numbers."""
    said = [effect for effect in turn.effects if isinstance(effect, Say) and effect.buttons]
    if len(said) < 2:  # noqa: PLR2004 — one list is one list
        return turn
    none = encode(NoneOfThese())
    choices = {one.code: one for one in said[-1].buttons}
    for earlier in said[:-1]:
        choices |= {one.code: one for one in earlier.buttons if one.code not in {*choices, none}}
    *_, last = (effect for effect in turn.effects if isinstance(effect, Say))
    effects = tuple(
        replace(effect, buttons=tuple(choices.values()) if effect is last else ())
        if isinstance(effect, Say)
        else effect
        for effect in turn.effects
    )
    return Turn(turn.session, effects)
