"""Styles and scripts of the desk; the colours are those of the web chat, from the same file."""

from pathlib import Path
from typing import Final

from bot.channels.web.page import FOLDER as CHAT
from bot.channels.web.page import Assets

_FOLDER: Final = Path(__file__).parent / "static"
_COLOURS: Final = "tokens.css"


class DeskAssets(Assets):
    """The desk's own files, and from the chat its colours and its mark."""

    def __init__(self) -> None:
        shared = (CHAT / "static" / name for name in (_COLOURS, "mark.svg"))
        super().__init__((*shared, *sorted(_FOLDER.iterdir())))

    @property
    def styles(self) -> list[str]:
        """Names of the styles, the colours first: all others are written in them."""
        own = (name for name in self.files if name.endswith(".css") and name != _COLOURS)
        return [_COLOURS, *sorted(own)]
