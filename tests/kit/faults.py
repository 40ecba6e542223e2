"""What goes wrong between a bot and a messenger: on command, or at random by a seed."""

from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal, TypeAlias, get_args

Fault: TypeAlias = Literal["refuse", "cut_before", "cut_after", "500", "502", "slow", "429", "401"]
"""``refuse``: nobody listens for a moment; ``cut_before`` and ``cut_after``: the connection
breaks before the call is processed, or when it has been and the answer is on its way; ``502``
comes with a page in HTML; ``slow`` answers late; the others are what they say."""

FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)

GATEWAY_PAGE: Final = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>"
)


@dataclass(slots=True)
class _Mix:
    random: Random
    share: float
    kinds: tuple[Fault, ...]


@dataclass(slots=True)
class Faults:
    """Decides which call goes wrong; ``happened`` counts what did, by kind."""

    happened: Counter[str] = field(default_factory=Counter)
    _ordered: deque[tuple[Fault, str]] = field(default_factory=deque)
    _mix: _Mix | None = None

    def order(self, kind: Fault, times: int, call: str) -> None:
        """Let the next calls of a name go wrong; of any name when it is empty."""
        self._ordered.extend([(kind, call.lower())] * times)

    def mix(self, seed: int, share: float, kinds: tuple[Fault, ...]) -> None:
        """Let a share of all calls go wrong from now on; a share of zero ends it."""
        self._mix = _Mix(Random(seed), share, kinds) if share else None

    def forget(self) -> None:
        """Let nothing go wrong any more."""
        self._ordered.clear()
        self._mix = None

    def next(self, call: str) -> Fault | None:
        """Decide about one call."""
        for place, (kind, name) in enumerate(self._ordered):
            if name in {"", call.lower()}:
                del self._ordered[place]
                self.happened[kind] += 1
                return kind
        if self._mix and self._mix.random.random() < self._mix.share:
            kind = self._mix.random.choice(self._mix.kinds)
            self.happened[kind] += 1
            return kind
        return None
