"""What cannot be played on a channel: the kind of line, as a pattern, and why.

Nothing is left out silently: a line that could not be played has to be named here with the
reason that the hands gave.
"""

import re
from collections.abc import Iterable
from typing import Final

_LINE: Final = {r"@ line ": "nobody else waits in this house"}

LEFT_OUT: Final[dict[str, dict[str, str]]] = {
    "telegram": {
        **_LINE,
        r"@ long": "Telegram takes no longer text",
        r"@ contact (123|\+1 2)$": "nobody has so short a number in Telegram",
    },
    "whatsapp": {
        **_LINE,
        r"@ long": "WhatsApp takes no longer text",
        r"> \[": "it came as a template, which has no buttons",
        r"@ contact": "WhatsApp tells one's own number by itself",
    },
    "max": {
        **_LINE,
        r"@ long": "MAX takes no longer text",
        r"@ contact (123|\+1 2)$": "nobody has so short a number in MAX",
        r"@ blank": "MAX sends no blank",
    },
    "web": {
        **_LINE,
        r"@ (sticker|voice)": "a page has no way to send this",
        r"@ long": "the page takes no longer text",
    },
    "terminal": {
        **_LINE,
        r"@ (sticker|voice)": "a terminal has no way to send this",
        r"@ press ": "a terminal has no buttons",
        r"> \[": "only the last list has numbers",
        r"@ woke ": "nothing is due: what it comes of was left out",
    },
}

AT_MOST: Final = {"telegram": 2, "whatsapp": 2, "max": 2, "web": 3, "terminal": 5}
"""How many lines of one transcript may be left out."""


def unexplained(channel: str, left_out: Iterable[tuple[str, str]]) -> list[str]:
    """Return the lines that were left out without a reason given here."""
    rules = LEFT_OUT[channel]
    return [
        line
        for line, reason in left_out
        if not any(re.match(rule, line) and why == reason for rule, why in rules.items())
    ]
