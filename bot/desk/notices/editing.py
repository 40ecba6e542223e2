"""Writing a notice: the form, what it was filled with, and the notice that comes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices.arguments import by, notice_of
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.letters import Refused
from dialogs.forms import FORMS
from dialogs.lifecycle import MOVES
from dialogs.notices.content import KINDS, Conditions, Content, Wording
from storage.notices import Notice

_LONGEST: Final = 4000
_LONGEST_TITLE: Final = 120
_BUTTONS: Final = 3
_MOST_ANSWERS: Final = 3
_LONGEST_FORM: Final = 128 * 1024  # bytes: letters of two languages, spelt out by the browser
_DAYS: Final = 3650
_HOURS: Final = 24 * 60


class Unclear(Exception):
    """Something typed cannot be read; ``key`` names the sentence that says so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


async def begin(visit: Visit) -> web.StreamResponse:
    """Show an empty form."""
    return _page(visit, Content("", "service", zone=str(visit.desk.zone)), None)


async def edit(visit: Visit) -> web.StreamResponse:
    """Show the form with what there is."""
    one = await notice_of(visit)
    return _page(visit, one.content, one)


async def create(visit: Visit) -> web.StreamResponse:
    """Keep a new notice, and look for faults at once."""
    try:
        content = read(visit, Content("", "service"))
    except Unclear as unclear:
        return _page(visit, _lenient(visit), None, visit.words(unclear.key), status=400)
    notices = visit.desk.assistant.notices
    made = await notices.create(content, by(visit))
    return await _checked(visit, made, "created")


async def change(visit: Visit) -> web.StreamResponse:
    """Keep a changed notice; refused when somebody else has changed it meanwhile."""
    one = await notice_of(visit)
    try:
        content = read(visit, one.content)
    except Unclear as unclear:
        return _page(visit, _lenient(visit), one, visit.words(unclear.key), status=400)
    revision = number(visit.form.get("revision", "")) or 0
    try:
        await visit.desk.assistant.notices.edit(one.id, content, revision, by(visit))
    except Refused:
        problem = visit.words("desk.notice.refused.changed")
        return _page(visit, content, one, problem, status=409)
    return await _checked(visit, one.id, "changed")


async def _checked(visit: Visit, this: int, deed: str) -> web.Response:
    await visit.desk.assistant.notices.check(this, by(visit))
    async with visit.desk.store.work() as work:
        await visit.journal(work, "notice_written", f"notice:{this}", deed)
    return visit.back(f"/desk/notices/{this}", done="saved")


def read(visit: Visit, before: Content) -> Content:
    """Read a notice out of a form; raises `Unclear`.

    An audience that no form can say (a list, the results of another notice) stays as it is.
    """
    form = visit.form
    kind = next((one for one in KINDS if one == form.get("kind")), None)
    if kind is None:
        raise TurnedAway(400, "malformed")
    starts_at = _moment(visit, "starts_at") if form.get("when") == "at" else None
    hours = _whole(visit, "expires", _HOURS)
    asked = isinstance(before.audience, Conditions)
    return replace(
        before,
        title=" ".join(form.get("title", "").split())[:_LONGEST_TITLE],
        kind=kind,
        texts=dict(_wordings(visit)),
        fallback=form.get("fallback", "ru"),
        audience=_conditions(visit) if asked else before.audience,
        buttons=tuple(_named(visit)),
        template=form.get("template", "").strip()[:_LONGEST_TITLE],
        starts_at=starts_at,
        zone=str(visit.desk.zone),
        expires_at=(starts_at or visit.now) + timedelta(hours=hours) if hours else None,
        in_stages=form.get("in_stages") == "1",
        brake=_whole(visit, "brake", 100) or before.brake,
        budget=_whole(visit, "budget", 99) or before.budget,
    )


def _lenient(visit: Visit) -> Content:
    """Read what can be read, so that nothing typed is lost over one slip."""
    made = visit.form.copy()
    made["when"] = "now"
    for name in ("expires", "brake", "budget", "seen_within"):
        made[name] = ""
    visit.form, typed = made, visit.form
    try:
        return read(visit, Content("", "service"))
    finally:
        visit.form = typed


def _wordings(visit: Visit) -> Iterator[tuple[str, Wording]]:
    for language in visit.desk.words:
        text, question, answers = (
            visit.form.get(f"{part}.{language}", "").replace("\r\n", "\n").strip()[:_LONGEST]
            for part in ("text", "question", "answers")
        )
        if "\x00" in f"{text}{question}{answers}":
            raise TurnedAway(400, "malformed")
        if text or question or answers:
            lines = (line.strip() for line in answers.splitlines())
            yield language, Wording(text, question, tuple(filter(None, lines))[:_MOST_ANSWERS])


def _named(visit: Visit) -> Iterator[str]:
    for place in range(1, _BUTTONS + 1):
        named = visit.form.get(f"button.{place}", "")
        if named:
            yield named[:_LONGEST_TITLE]


def _conditions(visit: Visit) -> Conditions:
    """Read whom it is for; nobody writes to citizens of regions that he may not see."""
    form = visit.form
    days = _whole(visit, "seen_within", _DAYS)
    regions = tuple(one for one in form.getall("region", ()) if visit.sees(one))
    if visit.regions is not None and not regions:
        regions = tuple(sorted(visit.regions)) or ("none",)
    return Conditions(
        channels=tuple(form.getall("channel", ())),
        languages=tuple(one for one in form.getall("language", ()) if one in visit.desk.words),
        regions=regions,
        insured={"yes": True, "no": False}.get(form.get("insured", "")),
        terms=form.get("terms") == "1",
        applications=tuple(one for one in form.getall("application", ()) if one in MOVES),
        seen_since=visit.now - timedelta(days=days) if days else None,
    )


def _moment(visit: Visit, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(visit.form.get(name, ""))
    except ValueError:
        raise Unclear("desk.notice.unclear.moment") from None
    return moment.replace(tzinfo=visit.desk.zone)


def _whole(visit: Visit, name: str, most: int) -> int:
    text = visit.form.get(name, "").strip()
    if not text:
        return 0
    found = number(text)
    if found is None or found > most:
        raise Unclear("desk.notice.unclear.number")
    return found


def _page(
    visit: Visit, content: Content, one: Notice | None, problem: str = "", status: int = 200
) -> web.Response:
    language = visit.words.language
    topics = visit.desk.assistant.knowledge.library.topics[language]
    targets: Sequence[tuple[str, str]] = (
        *((f"form:{name}", visit.words(f"{name}.title")) for name in FORMS),
        *((f"topic:{name}", topic.title) for name, topic in topics.items() if "." not in name),
    )
    planning = visit.desk.assistant.notices.planning
    return visit.page(
        "notice_edit.html.j2",
        status=status,
        notice=one,
        content=content,
        kinds=KINDS,
        targets=targets,
        channel_options=[(name, visit.words(f"desk.channel.{name}")) for name in planning.channels],
        language_options=[(one, visit.words(f"desk.language.{one}")) for one in visit.desk.words],
        region_options=[
            (one, visit.desk.region_name(one, visit.words))
            for one in visit.desk.regions
            if visit.sees(one)
        ],
        state_options=[(state, visit.words(f"state.{state}")) for state in MOVES],
        seen_within=_days(visit, content),
        templates=tuple(planning.organisation.whatsapp.templates),
        problem=problem,
        fixed=not isinstance(content.audience, Conditions),
        local=_local(visit, content.starts_at),
    )


def _days(visit: Visit, content: Content) -> str:
    asked = content.audience
    if not isinstance(asked, Conditions) or asked.seen_since is None:
        return ""
    return str(max(1, round((visit.now - asked.seen_since) / timedelta(days=1))))


def _local(visit: Visit, moment: datetime | None) -> str:
    return moment.astimezone(visit.desk.zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


ROUTES: Final = (
    Route("GET", "/desk/notices/new", "notice.write", begin, region=FILTERED),
    Route(
        "POST", "/desk/notices/new", "notice.write", create, region=FILTERED, longest=_LONGEST_FORM
    ),
    Route("GET", "/desk/notices/{notice:\\d+}/edit", "notice.write", edit, region=FILTERED),
    Route(
        "POST",
        "/desk/notices/{notice:\\d+}/edit",
        "notice.write",
        change,
        region=FILTERED,
        longest=_LONGEST_FORM,
    ),
)
