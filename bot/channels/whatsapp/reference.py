"""Our own word for a message, which WhatsApp carries and hands back with every status.

It settles what became of a message when the answer to its call was lost.
"""

import re
from typing import Final

_FORM: Final = re.compile(r"(?P<seq>[1-9]\d{0,8}) (?P<chat>\S{1,256})", re.ASCII)


def reference(chat: str, seq: int) -> str:
    """Write the word for a message of a chat."""
    return f"{seq} {chat}"


def read_reference(word: str) -> tuple[str, int]:
    """Read the chat and the message; an empty chat when it is no word of ours."""
    found = _FORM.fullmatch(word)
    return (found["chat"], int(found["seq"])) if found else ("", 0)
