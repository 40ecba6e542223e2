"""Refusals that the page can show: an error for its script, and a sentence for the person."""

from collections.abc import Mapping

from aiohttp import web

from bot.channels.web.visitor import language_of
from dialogs.words import Words


def refuse(
    request: web.Request, words: Mapping[str, Words], status: int, error: str, *, after: int = 0
) -> web.Response:
    """Refuse a request; ``after`` is how many seconds to wait before the next, if that helps."""
    spoken = words[language_of(request, words)]
    response = web.json_response(
        {"error": error, "message": spoken(f"web.problem.{error}")}, status=status
    )
    if after:
        response.headers["Retry-After"] = str(after)
    return response
