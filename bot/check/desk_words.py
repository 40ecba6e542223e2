"""Keys of texts of the desk that follow from its tables."""

from collections.abc import Iterator

from bot.desk.deeds import DEEDS, deed_key
from bot.desk.permissions import ROLES, role_key
from bot.desk.purposes import PURPOSES, purpose_key
from bot.desk.sections import SECTIONS


def required() -> Iterator[str]:
    """Compute what every language must have."""
    yield from map(deed_key, DEEDS)
    yield from map(purpose_key, PURPOSES)
    for role in ROLES:
        yield role_key(role)
        yield f"{role_key(role)}.about"
    for section in SECTIONS:
        yield section.title
        yield f"{section.title}.about"
