"""Why the forum is not told of dialogs, in a word for the desk: nothing of anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from bot.channels.base import Failure, Undelivered

Kind: TypeAlias = Literal["gone", "refused", "unreached", "broken"]
"""``gone``: there is no such group, or the bot is not in it; ``refused``: it may not manage topics;
``unreached``: Telegram does not answer, or asks to wait; ``broken``: a fault of ours."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_KINDS: Final[dict[Failure, Kind]] = {
    Failure.GONE: "gone",
    Failure.REJECTED: "refused",
    Failure.LATER: "unreached",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps the forum from being told, and since when anything did."""

    kind: Kind
    since: datetime

    @property
    def passes(self) -> bool:
        """Tell whether it may be over by itself."""
        return self.kind == "unreached"


def kind_of(error: Exception) -> Kind:
    """Name what an error means for the forum."""
    return _KINDS[error.failure] if isinstance(error, Undelivered) else "broken"
