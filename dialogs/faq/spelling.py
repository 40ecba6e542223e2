"""Which known word a misspelt or transliterated one stands for."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.faq.keyboard import sound

# How many slips a word of so many sounds may contain and still be recognised: a short
# word with a slip is too easily another word.
_ONE_SLIP = 4
_TWO_SLIPS = 8


class Spelling:
    """The known words, arranged by how they sound."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words in order of preference: of two that sound alike the first wins."""
        self._word: dict[str, str] = {}
        for word in words:
            self._word.setdefault(sound(word), word)
        self._of_length: dict[int, list[str]] = {}
        for key in self._word:
            self._of_length.setdefault(len(key), []).append(key)

    def nearest(self, word: str) -> str | None:
        """Find the known word that sounds the same or differs by a slip or two."""
        key = sound(word)
        found = self._word.get(key)
        if found is not None or len(key) < _ONE_SLIP:
            return found
        best: str | None = None
        slips = 2 if len(key) >= _TWO_SLIPS else 1
        for length in sorted(
            range(len(key) - slips, len(key) + slips + 1), key=lambda n: abs(n - len(key))
        ):
            near = extractOne(
                key, self._of_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips
            )
            if near is not None:
                best, distance, _ = near
                slips = int(distance) - 1
                if slips < 1:
                    break
        return None if best is None else self._word[best]
