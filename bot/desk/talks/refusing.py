"""What is said when a deed of a dialog is refused: why, where, and with nothing lost."""

from typing import Final

from aiohttp import web

from bot.desk.talks.arguments import talk_of
from bot.desk.talks.page import write
from bot.desk.visit import Visit
from bot.takeover.leading import Elsewhere

_CONFLICT: Final = 409


def elsewhere(visit: Visit, gone: Elsewhere) -> str:
    """Say where a talk is by now."""
    if gone.leader and gone.leader != visit.staff.name:
        return visit.words("desk.talks.refused.leader", name=gone.leader)
    return visit.words(f"desk.talks.refused.{gone.state}")


async def refused(visit: Visit, message: str, text: str = "") -> web.StreamResponse:
    """Say why a deed was refused, on the page itself; written words stay in it."""
    if visit.is_from_script:
        return visit.json({"error": "refused", "message": message}, status=_CONFLICT)
    found = await talk_of(visit)
    kept = text or None
    return await write(visit, found, problem=message, kept=kept, status=_CONFLICT)
