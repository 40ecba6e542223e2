"""Which words hold data of a person, by which a channel may or may not carry them.

Law 149-FZ, article 10, keeps insurers from sending citizens' personal data through listed
messengers. The assistant marks what it says itself (`dialogs.effects.Say.data`); the words of
a representative are judged here, by what they hold.
"""

from dialogs.effects import Data
from dialogs.identifiers import hide, mask
from dialogs.insured import Linked
from dialogs.plain import digits
from dialogs.world import World

_SHORTEST = 3  # letters; a shorter name is found inside other words


def kind_of(text: str, world: World) -> Data:
    """Tell whether a text holds a personal number or names somebody proven in the chat."""
    if hide(text)[1] or mask(text) != text:
        return "personal"
    spoken = {word.strip(".,;:!?«»()\"'").casefold() for word in text.split()}
    known = {name for one in world.people for name in _names(one)}
    return "personal" if spoken & known or _tells_birth(text, world) else "general"


def _names(person: Linked) -> tuple[str, ...]:
    insured = person.insured
    names = (insured.surname, insured.given, insured.patronymic)
    return tuple(name.casefold() for name in names if name and len(name) >= _SHORTEST)


def _tells_birth(text: str, world: World) -> bool:
    written = digits(text)
    return any(f"{one.insured.born_on:%d%m%Y}" in written for one in world.people)
