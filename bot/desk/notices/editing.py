"""Writing a notice: the form, what it was filled with, and the notice that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices import counting, showing, zones
from bot.desk.notices.arguments import (
    begun,
    by,
    grouped,
    notice_of,
    press_of,
    revision_of,
    why,
    written,
)
from bot.desk.notices.typed import BUTTONS, Typed, fields_of
from bot.desk.reading import new_key
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.notices.refusals import Changed
from dialogs.forms import FORMS
from dialogs.lifecycle import MOVES
from dialogs.notices.content import KINDS, Conditions, Content
from storage.notices import Notice

_WHOM: Final = frozenset({"seen_within", "unseen_for", "budget"})  # fields that decide who is meant
_LONGEST_FORM: Final = 128 * 1024  # bytes: letters of two languages, spelt out by the browser


async def begin(visit: Visit) -> web.StreamResponse:
    """Show an empty form."""
    content = _empty(visit)
    return _page(visit, content, None, fields_of(visit, content))


async def edit(visit: Visit) -> web.StreamResponse:
    """Show the form with what there is."""
    one = await notice_of(visit)
    return _page(visit, one.content, one, fields_of(visit, one.content))


async def create(visit: Visit) -> web.StreamResponse:
    """Keep a new notice, and look for faults at once."""
    typed = Typed(visit, _empty(visit))
    if typed.unclear:
        return _again(visit, typed, None, visit.words("desk.notice.unclear"), 400)
    press = press_of(visit)
    if again := await begun(visit, press):
        return visit.back(f"/desk/notices/{again}", done="saved")
    made = await visit.desk.assistant.notices.create(typed.content, by(visit), key=press)
    await written(visit, made, "created")
    return visit.back(f"/desk/notices/{made}", done="saved")


async def change(visit: Visit) -> web.StreamResponse:
    """Keep a changed notice; refused when somebody else has changed it meanwhile."""
    one = await notice_of(visit)
    typed = Typed(visit, one.content)
    if typed.unclear:
        return _again(visit, typed, one, visit.words("desk.notice.unclear"), 400)
    notices, revision = visit.desk.assistant.notices, revision_of(visit)
    try:
        await notices.edit(one.id, typed.content, revision, by(visit))
    except Changed:
        return _again(visit, typed, one, visit.words("desk.notice.refused.changed"), 409)
    except Refused as refused:
        return _again(visit, typed, one, why(visit, refused), 409)
    await written(visit, one.id, "changed")
    return visit.back(f"/desk/notices/{one.id}", done="saved")


async def count_new(visit: Visit) -> web.StreamResponse:
    """Count whom what is typed would reach; nothing is kept."""
    typed = Typed(visit, _empty(visit))
    one = Notice(0, typed.content, "draft", 0, visit.staff.login, visit.now)
    return await _counted(visit, typed, one, None)


async def count_changed(visit: Visit) -> web.StreamResponse:
    """Count whom a notice would reach once it is as typed; nothing is kept."""
    one = await notice_of(visit)
    if not showing.is_editable(one):
        raise TurnedAway(409, "changed")
    typed = Typed(visit, one.content)
    # As of the revision that somebody began with: who has overtaken them is told when they keep it.
    began = replace(one, revision=revision_of(visit))
    return await _counted(visit, typed, replace(one, content=typed.content), began)


async def _counted(visit: Visit, typed: Typed, one: Notice, began: Notice | None) -> web.Response:
    """Show a count, to a script as a piece of the page, else in the form as it was typed."""
    if typed.unclear.keys() & _WHOM:
        reach = counting.Reach(None, [], visit.words("desk.notice.count.unclear"))
    else:
        reach = await counting.reach(visit, one)
    if visit.is_from_script:
        return visit.page("notice_count.html.j2", reach=reach, grouped=grouped)
    unclear = {name: visit.words(key) for name, key in typed.unclear.items()}
    return _page(visit, typed.content, began, typed.fields, unclear=unclear, reach=reach)


def _empty(visit: Visit) -> Content:
    return Content("", "service", zone=str(visit.desk.zone))


def _again(
    visit: Visit, typed: Typed, one: Notice | None, problem: str, status: int
) -> web.Response:
    """Show the form again with everything that was typed."""
    unclear = {name: visit.words(key) for name, key in typed.unclear.items()}
    page = _page(visit, typed.content, one, typed.fields, problem, unclear)
    page.set_status(status)
    return page


def _page(
    visit: Visit,
    content: Content,
    one: Notice | None,
    fields: Mapping[str, str],
    problem: str = "",
    unclear: Mapping[str, str] | None = None,
    reach: counting.Reach | None = None,
) -> web.Response:
    planning = visit.desk.assistant.notices.planning
    return visit.page(
        "notice_edit.html.j2",
        notice=one,
        content=content,
        kinds=KINDS,
        targets=_targets(visit, content.buttons),
        channel_options=[(name, visit.words(f"desk.channel.{name}")) for name in planning.channels],
        language_options=[(one, visit.words(f"desk.language.{one}")) for one in visit.desk.words],
        region_options=[
            (one, visit.desk.region_name(one, visit.words))
            for one in visit.desk.regions
            if visit.sees(one)
        ],
        state_options=[(state, visit.words(f"state.{state}")) for state in MOVES],
        buttons=BUTTONS,
        fields=fields,
        zone_options=zones.options(visit, content.zone),
        unclear=unclear or {},
        templates=tuple(planning.organisation.whatsapp.templates),
        problem=problem,
        key=new_key(),
        fixed=not isinstance(content.audience, Conditions),
        reach=reach,
        grouped=grouped,
    )


def _targets(visit: Visit, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """List where buttons may lead, and where those already ``chosen`` do, known or not.

    Topics with a dot are parts of others, so they are not offered; a file may name one.
    """
    topics = visit.desk.assistant.knowledge.library.topics[visit.words.language]
    titles = {f"form:{name}": visit.words(f"{name}.title") for name in FORMS}
    titles |= {f"topic:{name}": topic.title for name, topic in topics.items()}
    offered = [(name, title) for name, title in titles.items() if "." not in name]
    known = dict(offered)
    return [*offered, *((name, titles.get(name, name)) for name in chosen if name not in known)]


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
    Route(
        "POST",
        "/desk/notices/new/count",
        "notice.write",
        count_new,
        region=FILTERED,
        longest=_LONGEST_FORM,
    ),
    Route(
        "POST",
        "/desk/notices/{notice:\\d+}/count",
        "notice.write",
        count_changed,
        region=FILTERED,
        longest=_LONGEST_FORM,
    ),
)
