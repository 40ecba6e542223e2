"""A file or document on its way to the page of the chat that it belongs to."""

from typing import Final

from aiohttp import web

_ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "text/calendar": ".ics",
}

# Whatever hides in a file, a browser that opens it on its own runs nothing of it.
_CONTENT_POLICY: Final = "default-src 'none'; sandbox"


def answer(kind: str, content: bytes, name: str = "file") -> web.Response:
    """Answer with a file: shown inside our pages, saved when opened on its own."""
    response = web.Response(body=content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{_ENDINGS[kind]}"'
    response.headers["Content-Security-Policy"] = _CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
