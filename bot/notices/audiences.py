"""Whom a notice is for, looked at before anybody is counted: does every name in it name something.

A misspelt name would not widen an audience but empty it, and nobody would be told why.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.notices.refusals import Fault
from dialogs.lifecycle import MOVES
from dialogs.notices.content import Audience, Conditions
from dialogs.words import Words
from storage.notice_schema import CHANNEL_CODES

_CHANNELS: Final = frozenset(CHANNEL_CODES) - {""}


def unknown_in(audience: Audience, words: Mapping[str, Words]) -> Iterator[Fault]:
    """List the names in an audience that mean nothing, each with the line that it stands in.

    A channel that is only switched off is known: whoever is there is told of as left out.
    """
    if not isinstance(audience, Conditions):
        return
    lines: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
        ("channels", audience.channels, _CHANNELS),
        ("languages", audience.languages, words),
        ("regions", audience.regions, known_regions(words)),
        ("applications", audience.applications, MOVES),
    )
    for line, named, known in lines:
        for name in named:
            if name not in known:
                yield Fault("audience", line, name)


def known_regions(words: Mapping[str, Words]) -> frozenset[str]:
    """Return the codes of regions, and "" for those of whom none is known."""
    rows = (row for spoken in words.values() for row in spoken.options("field.regions"))
    return frozenset({"", *(row.partition("|")[0] for row in rows)})
