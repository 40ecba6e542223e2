"""Which known word a misspelt or transliterated one stands for."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.faq.keyboard import sound

# So many sounds a word must have to be recognised with one slip in it, and with two: a
# short word with a slip is too easily another word.
_ONE_SLIP = 4
_TWO_SLIPS = 8


class Spelling:
    """The known words, arranged by how they sound."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words in order of preference: of two that sound alike the first wins."""
        self._word: dict[str, str] = {}
        for word in words:
            self._word.setdefault(sound(word), word)
        # People seldom miss the first sound of a word: it halves the search many times.
        self._alike: dict[tuple[str, int], list[str]] = {}
        for key in self._word:
            self._alike.setdefault((key[:1], len(key)), []).append(key)

    def homophone(self, word: str) -> str | None:
        """Find the known word that sounds the same."""
        return self._word.get(sound(word))

    def nearest(self, word: str) -> str | None:
        """Find the known word that differs in sound by the fewest slips, two at the most."""
        key = sound(word)
        if len(key) < _ONE_SLIP:
            return None
        best: str | None = None
        slips = 2 if len(key) >= _TWO_SLIPS else 1
        for length in sorted(
            range(len(key) - slips, len(key) + slips + 1), key=lambda n: abs(n - len(key))
        ):
            alike = self._alike.get((key[:1], length), ())
            near = extractOne(key, alike, scorer=OSA.distance, score_cutoff=slips)
            if near is not None:
                best, slips = self._word[near[0]], int(near[1]) - 1
            if not slips:
                break
        return best
