"""One call of the Bot API, read and checked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.kit.loopback import Refused
from tests.kit.telegram.chats import Person

if TYPE_CHECKING:
    from tests.kit.telegram.server import TelegramServer


@dataclass(frozen=True, slots=True)
class TelegramCall:
    """``asked`` is aiogram's value of the method; ``uploads`` are the files that came along."""

    server: "TelegramServer"
    name: str
    asked: Any
    uploads: dict[str, tuple[str, bytes]]

    @property
    def now(self) -> int:
        """The time as Telegram tells it."""
        return int(self.server.clock().timestamp())

    def receiver(self, chat_id: int | str) -> Person:
        """Find to whom it goes; raises `Refused` when the bot may not write there."""
        return self.server.chats.at(chat_id)

    def file(self, named: Any, kind: str) -> tuple[str, bytes]:
        """Find a file by what the call says of it: sent along, or known by its id."""
        if isinstance(named, str) and named.startswith("attach://"):
            if (name := named.removeprefix("attach://")) in self.uploads:
                return self.uploads[name]
        elif isinstance(named, str) and named in self.server.chats.files:
            return named, self.server.chats.files[named]
        elif isinstance(named, str) and named.startswith(("http://", "https://")):
            raise Refused(400, "Bad Request: failed to get HTTP URL content")
        elif isinstance(named, str):
            words = "wrong remote file identifier specified: Wrong string length"
            raise Refused(400, f"Bad Request: {words}")
        raise Refused(400, f"Bad Request: there is no {kind} in the request")
