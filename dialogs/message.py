"""One message of a chat's history, as every side sees it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from dialogs.effects import Button, Data, Template

Voice: TypeAlias = Literal["citizen", "assistant", "representative", "event"]


@dataclass(frozen=True, slots=True)
class Message:
    """What one voice put into a chat.

    ``seq`` is its place in the chat, from 1 and without gaps, so a reader that has seen
    ``seq`` asks for what comes after. ``at`` is in UTC. ``key`` is the sender's own name
    for a citizen's message, by which a page recognises its echo. ``files`` are content
    types of what was attached, with a name as in mail where the file stayed (``image/jpeg;
    name=…``); ``document`` names a file that comes with the message. ``asks_phone`` and
    ``template`` are as in `dialogs.effects.Say`. ``name`` is the representative's who spoke.
    """

    seq: int
    voice: Voice
    at: datetime
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    note: str = ""
    data: Data = "general"
    files: tuple[str, ...] = ()
    key: str = ""
    document: str = ""
    asks_phone: bool = False
    template: Template | None = None
    name: str = ""
