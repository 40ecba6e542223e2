"""Who a request is from, and in which language to speak to them."""

import hashlib
import secrets
from collections.abc import Collection
from typing import Final

from aiohttp import web
from itsdangerous import BadSignature, Signer

_REMEMBERED: Final = 180 * 24 * 3600
_LONGEST_TOKEN: Final = 64
_LANGUAGE: Final = "polis_language"
DEFAULT_LANGUAGE: Final = "ru"


class Visitors:
    """Knows a visitor again by a signed cookie, which holds a random chat id and nothing else."""

    def __init__(self, secret: str, *, https: bool) -> None:
        self._signer = Signer(secret, salt="polis web chat", digest_method=hashlib.sha256)
        self._https = https
        # The prefix makes browsers refuse the cookie from a neighbouring host or over http.
        self._name = "__Host-polis" if https else "polis"
        self._window = f"{self._name}-window"

    def chat(self, request: web.Request) -> str | None:
        """Return the visitor's chat, or nothing when the cookie is absent or not ours."""
        try:
            return self._signer.unsign(request.cookies.get(self._name, "")).decode()
        except BadSignature:
            return None

    def welcome(self, response: web.StreamResponse, chat: str | None) -> None:
        """Let the browser remember the chat from today on; a newcomer gets a new one."""
        token = self._signer.sign(chat or secrets.token_urlsafe(15)).decode()
        self._keep(response, self._name, token)

    def window(self, request: web.Request) -> str:
        """Return the token of the window that the address names, empty if it is not open here."""
        token = request.cookies.get(self._window, "")[:_LONGEST_TOKEN]
        return token if window_name(token) == request.match_info["window"] else ""

    def look(self, response: web.StreamResponse, token: str, seconds: int) -> None:
        """Let the browser look through a window for so long."""
        self._keep(response, self._window, token, seconds)

    def look_away(self, response: web.StreamResponse) -> None:
        """Let the browser forget its window."""
        self._keep(response, self._window, "", 0)

    def speak(self, response: web.StreamResponse, language: str) -> None:
        """Let the browser remember the language that was chosen."""
        self._keep(response, _LANGUAGE, language)

    def _keep(
        self, response: web.StreamResponse, name: str, value: str, seconds: int = _REMEMBERED
    ) -> None:
        response.set_cookie(
            name, value, max_age=seconds, httponly=True, samesite="Lax", secure=self._https
        )


def window_name(token: str) -> str:
    """Name a window in addresses; whoever reads it there cannot look through the window."""
    return hashlib.sha256(f"window {token}".encode()).hexdigest()[:16]


def language_of(request: web.Request, known: Collection[str]) -> str:
    """Choose the language: asked for in the address, chosen before, or the browser's."""
    wishes = [
        request.query.get("lang", ""),
        request.cookies.get(_LANGUAGE, ""),
        *accepted(request.headers.get("Accept-Language", "")),
    ]
    return next((wish for wish in wishes if wish in known), DEFAULT_LANGUAGE)


def accepted(header: str) -> list[str]:
    """Read an ``Accept-Language`` header: primary languages, the most wanted first."""
    wishes = []
    for part in header[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        wishes.append((-weight, tag.split("-")[0].lower()))
    return [tag for _, tag in sorted(wishes, key=lambda wish: wish[0])]
