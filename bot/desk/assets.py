"""Styles and scripts of the desk; colours and ground are those of the web chat, from its files."""

from pathlib import Path
from typing import Final

from bot.channels.web.page import FOLDER as CHAT
from bot.channels.web.page import STYLES, Assets

_FOLDER: Final = Path(__file__).parent / "static"
_SHARED: Final = tuple(path.name for path in STYLES)


class DeskAssets(Assets):
    """The desk's own files, and from the chat its colours, its ground and its mark."""

    def __init__(self) -> None:
        shared = (*STYLES, CHAT / "static" / "mark.svg")
        super().__init__((*shared, *sorted(_FOLDER.iterdir())))

    @property
    def styles(self) -> list[str]:
        """Names of the styles, the colours first: all others are written in them."""
        own = (name for name in self.files if name.endswith(".css") and name not in _SHARED)
        return [*_SHARED, *sorted(own)]
