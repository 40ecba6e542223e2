"""A notice as its page shows it: what it says, who gets it, and why somebody does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from bot.desk.notices.arguments import grouped
from bot.desk.notices.typed import days_since
from bot.desk.visit import Visit
from dialogs.message import Message
from dialogs.notices.content import Conditions, Listed, Results
from dialogs.notices.placeholders import PERSONAL, fill
from storage.notices import Notice

FAULTS: Final = (
    "answers_differ",
    "audience",
    "braces",
    "button",
    "expires_before_start",
    "label",
    "language",
    "no_channel",
    "no_otherwise",
    "no_question",
    "no_text",
    "no_title",
    "placeholder",
    "template",
    "too_long",
    "too_many_buttons",
)
"""What `bot.notices.planning` may find fault with."""

REASONS: Final = (
    "opted_out",
    "no_consent",
    "blocked",
    "not_cleared",
    "budget",
    "led",
    "expired",
    "stopped",
    "window",
    "gone",
    "no_channel",
    "interrupted",
    "not_found",
    "duplicate",
)
"""Our own words for why somebody gets no notice; others are the messengers'."""

BECAUSE: Final = ("approval", "audience", "brake", "channel", "expired", "faults")
"""Why a notice stands still by itself."""

_EDITABLE: Final = frozenset({"draft", "checked", "for_approval", "approved"})
_WORKING: Final = frozenset({"scheduled", "gathering", "sending", "paused", "held"})


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in one language as people will see it, with sample values."""

    language: str
    text: str
    note: str
    buttons: Sequence[str]
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as one real recipient would see it, with the name covered."""

    channel: str
    said: Said


def said(visit: Visit, one: Notice) -> list[Said]:
    """Word a notice in its languages."""
    fallback = one.content.fallback
    return [
        _said(message, language, is_fallback=language == fallback)
        for language, message in messages(visit, one)
    ]


def messages(visit: Visit, one: Notice) -> Iterator[tuple[str, Message]]:
    """Word a notice in its languages, with sample values for what is a person's own."""
    planning, content = visit.desk.assistant.notices.planning, one.content
    for language in content.texts:
        if content.fallback not in content.texts or language not in visit.desk.words:
            continue
        words = visit.desk.words[language]
        sample = {name: words(f"desk.notice.sample.{name}") for name in PERSONAL}
        try:
            message = planning.message(one.id, content, language, visit.now)
        except KeyError:
            continue  # a button leads nowhere; the faults say so
        yield language, replace(message, text=fill(message.text, sample))


async def samples(visit: Visit, one: Notice) -> list[Shown]:
    """Word a notice, one without faults, for a few who would get it."""
    found = await visit.desk.assistant.notices.showing.samples(one, visit.now)
    return [Shown(each.channel, _said(each.message, each.language)) for each in found]


def _said(message: Message, language: str, *, is_fallback: bool = False) -> Said:
    labels = [button.label for button in message.buttons]
    return Said(language, message.text, message.note, labels, is_fallback)


def speed_words(visit: Visit, per_second: float | None) -> str:
    """Say how fast a notice goes; slower than one a second, by the minute."""
    if per_second is None:
        return visit.words("desk.notice.speed.unknown")
    if 0 < per_second < 1:
        return visit.words("desk.notice.speed.minute", people=max(1, round(per_second * 60)))
    return visit.words("desk.notice.speed.second", people=grouped(round(per_second)))


def time_left(visit: Visit, ends_at: datetime | None) -> str:
    """Say roughly how long it will take yet."""
    minutes = ceil((ends_at - visit.now) / timedelta(minutes=1)) if ends_at else 0
    if minutes <= 1:
        return visit.words("desk.notice.time_left.soon")
    hours, rest = divmod(minutes, 60)
    if hours:
        return visit.words("desk.notice.time_left.hours", hours=hours, minutes=rest)
    return visit.words("desk.notice.time_left.minutes", minutes=minutes)


def reason_words(visit: Visit, word: str) -> str:
    """Say why in plain words; an unknown word of a messenger's stays as it is."""
    key = f"desk.notice.reason.{word.partition(' ')[0]}"
    return visit.words(key) if visit.words.has(key) else word


def audience_words(visit: Visit, one: Notice) -> list[str]:
    """Say in plain words whom a notice is for."""
    words = visit.words
    match one.content.audience:
        case Listed():
            return [words("desk.notice.whom.listed")]
        case Results(notice=other, elsewhere=elsewhere, states=states):
            key = "missed" if "failed" in states else "correction" if one.corrects else "rest"
            told = [words(f"desk.notice.whom.{key}", number=other)]
            return [*told, words("desk.notice.whom.elsewhere")] if elsewhere else told
        case Conditions() as asked:
            return _conditions(visit, asked) or [words("desk.notice.whom.all")]


def _conditions(visit: Visit, asked: Conditions) -> list[str]:
    words, told = visit.words, []
    if asked.channels:
        names = ", ".join(_named(visit, "desk.channel", name) for name in asked.channels)
        told.append(words("desk.notice.whom.channels", names=names))
    if asked.languages:
        names = ", ".join(_named(visit, "desk.language", name) for name in asked.languages)
        told.append(words("desk.notice.whom.languages", names=names))
    if asked.regions:
        named = (visit.desk.region_name(one, words) for one in asked.regions)
        told.append(words("desk.notice.whom.regions", names=", ".join(named)))
    if asked.insured is not None:
        told.append(words(f"desk.notice.whom.{'insured' if asked.insured else 'guests'}"))
    if asked.terms:
        told.append(words("desk.notice.whom.terms"))
    if asked.applications:
        names = ", ".join(_named(visit, "state", name) for name in asked.applications)
        told.append(words("desk.notice.whom.applications", names=names))
    for key, moment in (("seen", asked.seen_since), ("unseen", asked.seen_before)):
        if days := days_since(visit, moment):
            told.append(words(f"desk.notice.whom.{key}", count=days, days=grouped(days)))
    return told


def _named(visit: Visit, kind: str, name: str) -> str:
    """Say what a name means; one that means nothing, as a file may hold it, stays as it is."""
    key = f"{kind}.{name}"
    return visit.words(key) if visit.words.has(key) else name


def because_words(visit: Visit, because: str) -> str:
    """Say in words why the clock did something; the channels it means stand behind the word."""
    word, *channels = because.split()
    if word not in BECAUSE:
        return visit.words(f"desk.channel.{word}")  # whose process was interrupted
    names = ", ".join(visit.words(f"desk.channel.{name}") for name in channels)
    return visit.words(f"desk.notice.because.{word}", names=names)


def is_editable(one: Notice) -> bool:
    """Tell whether a notice may still be changed."""
    return one.state in _EDITABLE


def is_working(one: Notice) -> bool:
    """Tell whether a notice is under way."""
    return one.state in _WORKING
