"""How many people a notice is for, and who is left out: counted, and told as of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.notices import showing
from bot.desk.visit import Visit
from bot.notices.previews import Preview
from bot.notices.refusals import NotCounted
from storage.notices import Notice


@dataclass(frozen=True, slots=True)
class Reach:
    """What is told of a count: the ``preview``, or in its place the ``problem`` in words."""

    preview: Preview | None
    left_out: list[tuple[str, int]]
    problem: str = ""


async def reach(visit: Visit, one: Notice, *, anew: bool = False) -> Reach:
    """Count whom a notice would reach, be it written down or not; never raises over the time."""
    try:
        preview = await visit.desk.assistant.notices.previews.of(one, anew=anew)
    except NotCounted:
        return Reach(None, [], visit.words("desk.notice.count.busy"))
    return Reach(preview, _most_first(visit, preview.left_out))


def _most_first(visit: Visit, reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    most = sorted(reasons.items(), key=lambda item: -item[1])
    return [(showing.reason_words(visit, word), many) for word, many in most]
