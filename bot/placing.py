"""Which files of a chat keep a place after a turn: what nothing mentions does not stay."""

from dataclasses import replace

from bot.channels.base import Letter
from bot.naming import mentioned
from bot.outcome import Outcome
from dialogs.incoming import Attached
from dialogs.message import Message
from storage.chats import BOT, Chat
from storage.files import Placing


def placing(before: Chat, letter: Letter, outcome: Outcome) -> Placing | None:
    """Find the places of what was sent now, and of what the conversation knew before.

    A draft's files go with the draft, a replaced answer's with the answer; those of an
    application stay with it, whatever becomes of the conversation. What comes while a person
    leads the dialog, or is waited for, stays for them to look at.
    """
    known, now = mentioned(before.session), mentioned(outcome.chat.session)
    filed = [(one.number, one.answers) for one in outcome.filed]
    amended = [(one.number, one.answers) for one in outcome.amended]
    attached = {
        name: number for number, answers in (*filed, *amended) for name in mentioned(dict(answers))
    }
    arrived: frozenset[str] = frozenset()
    if isinstance(letter.incoming, Attached):
        arrived = frozenset(file.id for file in letter.incoming.files if file.id)
    shown = arrived if outcome.chat.owner != BOT else frozenset()
    held = (now - known) | (shown - attached.keys())
    dropped = (known | arrived) - now - attached.keys() - shown
    if held or attached or dropped:
        return Placing(before.id, held, attached, dropped)
    return None


def named(message: Message, sent: Attached, placing: Placing | None) -> Message:
    """Give the files of a message their names as in mail, but those that do not stay."""
    stay = placing.held | placing.attached.keys() if placing else frozenset()
    return replace(
        message,
        files=tuple(
            f"{file.kind}; name={file.id}" if file.id in stay else file.kind for file in sent.files
        ),
    )
