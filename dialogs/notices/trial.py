"""A chat that somebody of the staff calls their own, to see notices there before others do.

They type in it the code that the desk has shown them. Right and wrong codes are answered alike, so
nobody learns anything by guessing.
"""

import re
from typing import Final

from dialogs.notices.wishes import TrialWanted
from dialogs.reading import is_one_of
from dialogs.session import Session
from dialogs.turn import Turn, say
from dialogs.world import World

DIGITS: Final = 8
_CODE: Final = re.compile(r"(?P<word>\D+?)\s*(?P<code>\d{4}\s?\d{4})")


def heard(session: Session, text: str, world: World) -> Turn | None:
    """Say what follows if the code is right; None when the text is none."""
    code = _typed(text, world)
    if not code:
        return None
    told = say(world.words[session.language], "notice.trial.heard")
    return Turn(session, (TrialWanted(code), told))


def _typed(text: str, world: World) -> str:
    """Read the code of a trial; empty when the text is none: a word has to say so."""
    found = _CODE.fullmatch(text.strip().rstrip("."))
    if found is None:
        return ""
    says_so = is_one_of(found["word"], "notice.trial.words", world.words)
    return re.sub(r"\s", "", found["code"]) if says_so else ""
