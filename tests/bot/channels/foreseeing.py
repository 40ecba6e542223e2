"""What an operator is shown of a message beforehand is what its reader sees."""

from datetime import timedelta

import pytest

from bot.channels.base import Situation
from dialogs.effects import Button
from dialogs.message import Message
from tests.bot.channels.desk import utc_now

_WORDS = "С 1 декабря наш офис на Ленина <работает> до 20:00 & по субботам."
_ATTACHED = {"photo": "picture", "image": "picture", "document": "file", "file": "file"}


def _buttons(*labels):
    return tuple(Button(f"n:1:{place}", label) for place, label in enumerate(labels))


MESSAGES = {
    "words": {"text": _WORDS},
    "small print": {"text": _WORDS, "note": "Не нужны новости? Напишите «стоп»."},
    "buttons": {"text": _WORDS, "buttons": _buttons("Да", "Нет")},
    "many buttons": {"text": _WORDS, "buttons": _buttons(*map(str, range(12)))},
    "a long label": {"text": _WORDS, "buttons": _buttons("Что взять с собой в поликлинику")},
    "very long": {"text": f"{_WORDS}\n\n" * 70, "buttons": _buttons("Да", "Нет")},
    "a picture": {"text": _WORDS, "document": "photo:notice-1"},
    "a picture, buttons": {
        "text": _WORDS,
        "document": "photo:notice-1",
        "buttons": _buttons("Да", "Нет"),
    },
    "a picture, long": {"text": f"{_WORDS}\n\n" * 20, "document": "photo:notice-1"},
    "a paper": {"text": _WORDS, "document": "paper:notice-2", "note": "До 5 декабря."},
}


def _labels(shown):
    return [f"{key.label} {key.hint}".strip() for row in shown.keys for key in row]


class Foreseeing:
    """The tests of every messenger.

    The fixtures are ``server``, ``messenger``, ``papers`` and the chat ``anna``.
    """

    @pytest.mark.parametrize("name", MESSAGES)
    async def test_what_is_shown_beforehand_is_what_stands_on_the_screen(
        self, server, messenger, papers, anna, name
    ):
        """Message by message: words, what is attached, labels of buttons."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        papers.drawn["paper:notice-2"] = b"%PDF-1.7 leaflet"
        said = Message(1, "assistant", utc_now(), **MESSAGES[name])
        situation = Situation("ru", utc_now(), utc_now() - timedelta(minutes=1), is_notice=True)
        calls = messenger.write(said, situation)
        foreseen = [messenger.show(call) for call in calls]
        for call in calls:
            await messenger.perform(anna, call)

        seen = server.screen("anna").said
        assert [one.text for one in foreseen] == [one.text for one in seen]
        assert [one.attached for one in foreseen] == [_ATTACHED.get(one.kind, "") for one in seen]
        labels = [[label for row in one.buttons for label in row] for one in foreseen]
        assert labels == [_labels(one) for one in seen]
        assert server.violations == []
