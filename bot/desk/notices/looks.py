"""A notice as each messenger will show it, worked out by the messengers' own code."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.base import Messenger, Situation, Undelivered
from bot.channels.bubbles import Bubble
from bot.channels.documents import is_picture
from bot.desk.notices.showing import messages
from bot.desk.visit import Visit
from dialogs.message import Message
from storage.notices import Notice


@dataclass(frozen=True, slots=True)
class Look:
    """What people see in a channel: so many ``bubbles``, one below the other.

    ``later`` is what those see who wrote too long ago for anything but an agreed wording; None
    where that makes no difference. Where nothing comes, ``reason`` and ``later_reason`` say why.
    """

    channel: str
    bubbles: Sequence[Bubble]
    reason: str = ""
    later: Sequence[Bubble] | None = None
    later_reason: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """A notice in one language, in all its channels."""

    language: str
    is_fallback: bool
    channels: Sequence[Look]


def looks(visit: Visit, one: Notice) -> list[Looks]:
    """Show a notice, one without faults, as it comes in each of its channels."""
    return [
        Looks(language, language == one.content.fallback, _in_channels(visit, one, language, said))
        for language, said in messages(visit, one)
    ]


def uncleared(visit: Visit, one: Notice) -> Sequence[str]:
    """Name the channels that may not carry what is personal in a notice."""
    return visit.desk.assistant.notices.planning.plan(one, visit.now).uncleared


def elsewhere(visit: Visit, one: Notice) -> list[str]:
    """Name the channels of a notice that other processes serve: nothing is known of them here."""
    here = {"web", *(line.name for line in visit.desk.lines)}
    channels = visit.desk.assistant.notices.planning.channels_for(one.content)
    return [name for name in channels if name not in here]


def _in_channels(visit: Visit, one: Notice, language: str, said: Message) -> list[Look]:
    lines = {line.name: line.messenger for line in visit.desk.lines}
    found = []
    for name in visit.desk.assistant.notices.planning.channels_for(one.content):
        if name in lines:
            found.append(_in_messenger(visit, lines[name], language, said))
        elif name == "web":
            found.append(Look(name, [_on_the_site(said)]))
    return found


def _on_the_site(said: Message) -> Bubble:
    text = "\n\n".join(filter(None, (said.text, said.note)))
    labels = [[button.label] for button in said.buttons]
    if not said.document:
        return Bubble(text, buttons=labels)
    return Bubble(text, "picture" if is_picture(said.document) else "file", labels)


def _in_messenger(visit: Visit, messenger: Messenger[object], language: str, said: Message) -> Look:
    """Ask what is sent to who wrote a moment ago, and to who never did."""
    now = Situation(language, visit.now, visit.now, is_notice=True)
    never = Situation(language, visit.now, None, is_notice=True)
    bubbles, reason = _written(messenger, said, now)
    later, later_reason = _written(messenger, said, never)
    if (later, later_reason) == (bubbles, reason):
        return Look(messenger.name, bubbles, reason)
    return Look(messenger.name, bubbles, reason, later, later_reason)


def _written(
    messenger: Messenger[object], said: Message, situation: Situation
) -> tuple[Sequence[Bubble], str]:
    try:
        return [messenger.show(one) for one in messenger.write(said, situation)], ""
    except Undelivered as failure:
        return [], failure.reason
