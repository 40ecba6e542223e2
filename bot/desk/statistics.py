"""Statistics: how people are served, by period and channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from aiohttp import web

from bot.contradictions import KNOWN as CHANNELS
from bot.courses import AGREEMENT, REVIEW
from bot.desk import periods
from bot.desk.periods import DAYS, OWN, Period
from bot.desk.plots import Columns, columns, share
from bot.desk.route import Route
from bot.desk.sheet import Sheet
from bot.desk.visit import Visit
from bot.summing import figures, figures_by_day
from dialogs.form import Form
from dialogs.forms import FORMS
from dialogs.wording import title
from storage.counting import LONGER, Key

PARTED: Final = ("given_back", "left_queue")
"""Outcomes of talks that nobody chooses; texts ``desk.figures.outcome.<name>``."""

UNDERSTOOD: Final = ("answered", "half_sure", "unsure")
"""What becomes of questions; texts ``desk.figures.questions.<kind>``."""

_COMPARED: Final = 93  # days; before longer periods there is hardly another one
_BY_DAY: Final = ("heard", "called")
_TOPICS: Final = 15
_PER_WEEK: Final = 100  # days; bars of longer periods are weeks


@dataclass(frozen=True, slots=True)
class FormLine:
    """How a form went; ``left`` tells by the name of a step how many were left there."""

    name: str
    begun: int
    filed: int
    left: tuple[tuple[str, int], ...]
    under_way: int

    @property
    def lost(self) -> int:
        """Count those that were left."""
        return sum(count for _, count in self.left)


async def show(visit: Visit) -> web.StreamResponse:
    """Show the figures of a period."""
    today = visit.now.astimezone(visit.desk.zone).date()
    period = periods.read(visit.query, today)
    channel = visit.query.get("channel", "")
    channel = channel if channel in CHANNELS else ""
    store, zone = visit.desk.store, visit.desk.zone
    found, days = await figures_by_day(store, zone, _BY_DAY, period.first, period.last)
    sheet = Sheet(found, channel)
    before = None
    if period.days <= _COMPARED:
        earlier = period.before
        before = Sheet(await figures(store, zone, earlier.first, earlier.last), channel)
    norm = visit.desk.assistant.knowledge.organisation.desk.norm
    return visit.page(
        "statistics.html.j2",
        period=period,
        periods=tuple(DAYS),
        own=OWN,
        channel=channel,
        channels=[("", visit.words("desk.figures.all")), *_channels(visit)],
        sheet=sheet,
        before=before,
        norm=norm,
        share=share,
        wait_name=lambda name: _wait_name(visit, name),
        waits={kind: _waits(visit, sheet, kind) for kind in ("waited", "replied")},
        hours=_hours(sheet.by_name("heard")),
        by_day={kind: _by_day(days, kind, channel, period) for kind in _BY_DAY},
        forms=_forms(visit, sheet),
        topics=_topics(visit, sheet),
        asked=_named(visit, sheet.by_name("asked")),
        understood_kinds=UNDERSTOOD,
        outcomes=sorted(sheet.by_name("closed").items(), key=lambda one: -one[1]),
        scores=sheet.by_name("scored"),
        missed=sheet.by_name("missed"),
        terms=_terms(visit, sheet),
    )


def _channels(visit: Visit) -> list[tuple[str, str]]:
    return [(name, visit.words(f"desk.channel.{name}")) for name in CHANNELS]


def _wait_name(visit: Visit, name: str) -> str:
    if name == LONGER:
        return visit.words("desk.figures.wait.more")
    minutes = int(name)
    if minutes < 60:  # noqa: PLR2004 — an hour
        return visit.words("desk.figures.wait.minutes", count=minutes)
    return visit.words("desk.figures.wait.hours", count=minutes // 60)


def _waits(visit: Visit, sheet: Sheet, kind: str) -> Columns:
    named = ((_wait_name(visit, name), count) for name, count in sheet.waits(kind))
    return columns([(name, name, count) for name, count in named])


def _hours(heard: Mapping[str, int]) -> Columns:
    """Draw how many messages came in each hour of the day, on all days together."""
    return columns(
        [(f"{hour}", f"{hour}:00–{hour}:59", heard.get(f"{hour:02}", 0)) for hour in range(24)]
    )


def _by_day(
    counted: Mapping[tuple[date, Key], int], kind: str, channel: str, period: Period
) -> Columns:
    """Draw days, or weeks of a long period."""
    found: dict[date, int] = dict.fromkeys(period.each(), 0)
    for (day, key), count in counted.items():
        if key.kind == kind and channel in ("", key.channel):
            found[day] += count
    days = list(found.items())
    together = 1 if len(days) <= _PER_WEEK else 7
    bars = []
    for start in range(0, len(days), together):
        group = days[start : start + together]
        first, last = group[0][0], group[-1][0]
        name = f"{first:%d.%m.%Y}"
        if last != first:
            name = f"{name} – {last:%d.%m.%Y}"
        bars.append((f"{first:%d.%m}", name, sum(count for _, count in group)))
    return columns(bars)


def _forms(visit: Visit, sheet: Sheet) -> list[FormLine]:
    begun, filed = sheet.by_name("begun"), sheet.by_name("filed")
    going = sheet.by_name("going")
    lines = []
    for form in FORMS.values():
        left = sheet.by_detail(form.id, "dropped", "silent")
        if begun.get(form.id) or filed.get(form.id) or left:
            places = sorted(left.items(), key=lambda one: -one[1])
            named = tuple((_step(visit, form, step), count) for step, count in places)
            lines.append(
                FormLine(
                    visit.words(f"{form.id}.title"),
                    begun.get(form.id, 0),
                    filed.get(form.id, 0),
                    named,
                    going.get(form.id, 0),
                )
            )
    return lines


def _step(visit: Visit, form: Form, name: str) -> str:
    if name in (REVIEW, AGREEMENT):
        return visit.words(f"desk.figures.step.{name}")
    step = form.step(name)
    return title(visit.words, form, step) if step else name  # a step of an earlier version


def _topics(visit: Visit, sheet: Sheet) -> list[tuple[str, int, int, int]]:
    """List the topics asked most, each with how often it helped and did not."""
    helpful, unhelpful = sheet.by_name("helpful"), sheet.by_name("unhelpful")
    return [
        (_topic(visit, name), count, helpful.get(name, 0), unhelpful.get(name, 0))
        for name, count in _most(sheet.by_name("answered"))
    ]


def _named(visit: Visit, counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(_topic(visit, name), count) for name, count in _most(counted)]


def _most(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_TOPICS]


def _topic(visit: Visit, name: str) -> str:
    """Name what was asked about: a topic, or a form; it may be one that is no more."""
    if not name:
        return visit.words("desk.figures.no_topic")
    topics = visit.desk.assistant.knowledge.library.topics[visit.words.language]
    if name in topics:
        return topics[name].title
    return visit.words(f"{name}.title") if name in FORMS else name


def _terms(visit: Visit, sheet: Sheet) -> list[tuple[str, int, int]]:
    kept, late = sheet.by_name("kept"), sheet.by_name("late")
    return [
        (visit.words(f"{form}.title"), kept.get(form, 0), late.get(form, 0))
        for form in FORMS
        if form in kept or form in late
    ]


ROUTES: Final = (Route("GET", "/desk/statistics", "statistics.view", show),)
