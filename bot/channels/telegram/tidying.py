"""Keyboards that have done their work: of which chats, and whether an answer has come since.

Kept in memory and of no consequence: what is forgotten at a restart leaves an old keyboard in
place, whose presses the conversation understands.
"""

from collections import OrderedDict
from typing import Final, TypeVar

from aiogram.methods import EditMessageReplyMarkup

_MOST: Final = 20_000  # chats
_Noted = TypeVar("_Noted")


class Tidying:
    """Remembers what is to be taken away in a chat, once the person has answered."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, EditMessageReplyMarkup] = OrderedDict()
        self._sharing: OrderedDict[str, bool] = OrderedDict()
        self._pages: OrderedDict[str, int] = OrderedDict()

    def asked(self, chat: str, spent: EditMessageReplyMarkup) -> None:
        """Note that buttons for one answer are open in a chat, and what takes them away."""
        _note(self._asked, chat, spent)

    def shares_phone(self, chat: str) -> None:
        """Note that the phone's keyboard is hidden by one that shares the number."""
        _note(self._sharing, chat, False)

    def heard(self, chat: str, *, vouched: bool = False) -> EditMessageReplyMarkup | None:
        """Note that the person wrote; return what takes the open buttons away.

        A number that was shared tells of such a keyboard even after a restart.
        """
        if vouched or chat in self._sharing:
            _note(self._sharing, chat, True)
        self._pages.pop(chat, None)
        return self._asked.pop(chat, None)

    def pressed(self, chat: str, message: int, *, pages: bool = False) -> None:
        """Note that a button of a message was pressed, perhaps one that turns ``pages``."""
        spent = self._asked.get(chat)
        if spent and spent.message_id == message:
            del self._asked[chat]
        if chat in self._sharing:
            _note(self._sharing, chat, True)
        if pages:
            _note(self._pages, chat, message)
        else:
            self._pages.pop(chat, None)

    def turning(self, chat: str) -> int | None:
        """Return the message whose page is being turned."""
        return self._pages.get(chat)

    def turned(self, chat: str) -> None:
        """Note that it shows its new page."""
        self._pages.pop(chat, None)

    def hides_keyboard(self, chat: str) -> bool:
        """Tell whether the phone's own keyboard is to come back with the next message."""
        return self._sharing.get(chat, False)

    def restored(self, chat: str) -> None:
        """Note that it is back."""
        self._sharing.pop(chat, None)


def _note(memory: OrderedDict[str, _Noted], chat: str, what: _Noted) -> None:
    memory[chat] = what
    memory.move_to_end(chat)
    if len(memory) > _MOST:
        memory.popitem(last=False)
