"""A long text parted for messengers that limit one message, at places where a reader pauses."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final

Length = Callable[[str], int]
"""How a messenger counts a text; a longer text never counts less."""

_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
# A point ends a sentence after a word of four letters: «ул. Ленина» and «И. И. Иванов» go on.
_SENTENCE: Final = re.compile(r"(?:(?<=[!?…])|(?<=\w{4}\.)|(?<=[!?…][»”)])|(?<=\w{4}\.[»”)]))\s+")
_WORD: Final = re.compile(r"\s+")
_PAUSES: Final = ((_PARAGRAPH, 0.5), (_LINE, 0.5), (_SENTENCE, 0.25), (_WORD, 0.0))
"""From the greatest pause down, each with the part of a piece that must come before it."""

_GLUE: Final = frozenset({"\u200d", "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))})
_LONGEST_CLUSTER: Final = 16


def utf16(text: str) -> int:
    """Count as most messengers and their clients do: an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, length: Length = utf16) -> tuple[str, ...]:
    """Part a text into pieces of at most ``limit``: at paragraphs, lines, sentences, words.

    What is between the pieces is white space only. Nothing comes of a blank text.
    """
    return tuple(_pieces(text.strip(), limit, length))


def split_before(text: str, limit: int, last: int, length: Length = utf16) -> tuple[str, ...]:
    """Part a text as `split` does, but so that the last piece has at most ``last``.

    The last piece is the one that buttons or a picture hang on.
    """
    whole = text.strip()
    *before, end = split(whole, last, length) or ("",)
    if not before:
        return (end,) if end else ()
    return (*split(whole.removesuffix(end), limit, length), end)


def shorten(text: str, limit: int, length: Length = utf16) -> str:
    """Cut what must be one piece, with an ellipsis where something was left out."""
    if length(text) <= limit:
        return text
    room = limit - length("…")
    return f"{text[: _fitting(text, room, length)].rstrip()}…" if room > 0 else ""


def _pieces(rest: str, limit: int, length: Length) -> Iterator[str]:
    while length(rest) > limit:
        end, after = _pause(rest, max(1, _fitting(rest, limit, length)))
        yield rest[:end].rstrip()
        rest = rest[after:].lstrip()
    if rest:
        yield rest


def _pause(text: str, most: int) -> tuple[int, int]:
    """Find where to stop within the first ``most`` characters, and where to go on.

    A great pause near the beginning is passed over: pieces are not to be crumbs.
    """
    for pause, least in _PAUSES:
        spans = (one.span() for one in pause.finditer(text, 0, most + 1))
        found = [span for span in spans if max(1, most * least) <= span[0]]
        if found:
            return found[-1]
    cut = _between_clusters(text, most)  # one long word
    return cut, cut


def _fitting(text: str, limit: int, length: Length) -> int:
    """Count how many of the first characters fit."""
    return bisect_right(range(1, len(text) + 1), limit, key=lambda most: length(text[:most]))


def _between_clusters(text: str, most: int) -> int:
    """Go back to where no accent, and no part of an emoji, is torn off."""
    for cut in range(most, max(0, most - _LONGEST_CLUSTER), -1):
        following, before = text[cut : cut + 1], text[cut - 1]
        if not unicodedata.combining(following or " ") and not {following, before} & _GLUE:
            return cut
    return most
