"""The list of a notice: uploaded, its faults shown by row and column, mended and uploaded again.

A file names people, so it is kept nowhere: to look at its columns and to take it, it is sent twice.
"""

from typing import Final

from aiohttp import web

from bot.desk.notices import counting, matching, showing
from bot.desk.notices.arguments import by, grouped, notice_of, revision_of, why, written
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.notices.list_cells import BY
from bot.notices.list_columns import Match
from bot.notices.list_file import LARGEST, MOST_ROWS, UnfitList
from bot.notices.lists import Lists
from dialogs.notices.content import Listed
from storage.notices import Notice

_PAGE: Final = 100


async def show(visit: Visit) -> web.StreamResponse:
    """Show what became of the list, and let another be uploaded."""
    return await _page(visit, await notice_of(visit))


async def take(visit: Visit) -> web.StreamResponse:
    """Take a list, or only look at its columns; a file that cannot be read changes nothing."""
    one = await notice_of(visit)
    chosen = matching.chosen_match(visit.form)
    try:
        if visit.form.get("look"):
            return await _looked_at(visit, one)
        revision, regions = revision_of(visit), _regions(visit)
        await _lists(visit).take(one, visit.file, revision, regions, by(visit), chosen)
    except UnfitList as unfit:
        return await _unfit(visit, one, unfit, chosen)
    except Refused as refused:
        return await _page(visit, await notice_of(visit), why(visit, refused), 409)
    await written(visit, one.id, "list")
    return visit.back(f"/desk/notices/{one.id}/list", done="notice_listed")


async def _looked_at(visit: Visit, one: Notice) -> web.Response:
    """Show the columns of a file, to a script as a piece of the page; raises `UnfitList`."""
    columns = matching.shown(await _lists(visit).open(visit.file))
    if visit.is_from_script:
        return visit.page("notice_list_columns.html.j2", columns=columns, by=BY)
    return await _page(visit, one, columns=columns)


async def _unfit(visit: Visit, one: Notice, unfit: UnfitList, chosen: Match | None) -> web.Response:
    """Say what is wrong with a file; where only its columns are in doubt, show these."""
    told = visit.words(f"desk.notice.list.unfit.{unfit.problem}")
    if visit.is_from_script:
        return visit.json({"error": unfit.problem, "message": told}, status=400)
    columns = None
    if unfit.problem in ("no_column", "not_chosen"):
        columns = matching.shown(await _lists(visit).open(visit.file), chosen)
    return await _page(visit, one, told, 400, columns)


async def drop(visit: Visit) -> web.StreamResponse:
    """Go back to conditions."""
    one = await notice_of(visit)
    try:
        await _lists(visit).drop(one, revision_of(visit), _regions(visit), by(visit))
    except Refused as refused:
        return await _page(visit, await notice_of(visit), why(visit, refused), 409)
    await written(visit, one.id, "list_dropped")
    return visit.back(f"/desk/notices/{one.id}/edit")


def _lists(visit: Visit) -> Lists:
    return visit.desk.assistant.lists


def _regions(visit: Visit) -> tuple[str, ...]:
    """Bind whoever is limited to their regions, and nobody else."""
    return () if visit.regions is None else tuple(sorted(visit.regions)) or ("none",)


async def _page(
    visit: Visit,
    one: Notice,
    problem: str = "",
    status: int = 200,
    columns: matching.Shown | None = None,
) -> web.Response:
    after, left_after = (number(visit.query.get(name, "")) or 0 for name in ("after", "left"))
    is_listed = isinstance(one.content.audience, Listed)
    plan = visit.desk.assistant.notices.planning.plan(one, visit.now)
    reach = await counting.reach(visit, one) if is_listed else None
    async with visit.desk.store.look() as look:
        counts = await look.list_counts(one.id)
        faults = await look.list_faults(one.id, after, _PAGE + 1)
        left_out = await look.list_left_out(plan, left_after, _PAGE + 1) if is_listed else []
    path = f"/desk/notices/{one.id}/list"
    more = left_more = ""
    if faults[_PAGE:]:
        more = f"{path}?after={faults[_PAGE - 1].row}&left={left_after}#faults"
    if left_out[_PAGE:]:
        left_more = f"{path}?after={after}&left={left_out[_PAGE - 1][0]}#left-out"
    return visit.page(
        "notice_list.html.j2",
        status=status,
        notice=one,
        is_listed=is_listed,
        is_editable=showing.is_editable(one),
        people=counts.pop("", 0),
        counts=sorted(counts.items(), key=lambda item: -item[1]),
        faults=faults[:_PAGE],
        left_out=left_out[:_PAGE],
        left_more=left_more,
        reach=reach,
        reason_words=lambda word: showing.reason_words(visit, word),
        more=more,
        names=[(one, visit.words.options(f"notice.list.{one}")) for one in BY],
        most=grouped(MOST_ROWS),
        megabytes=LARGEST // 1024 // 1024,
        grouped=grouped,
        problem=problem,
        columns=columns,
        by=BY,
    )


_PATH: Final = "/desk/notices/{notice:\\d+}/list"
ROUTES: Final = (
    Route("GET", _PATH, "notice.write", show, region=FILTERED),
    Route("POST", _PATH, "notice.write", take, region=FILTERED, takes_file=True),
    Route("POST", f"{_PATH}/drop", "notice.write", drop, region=FILTERED),
)
