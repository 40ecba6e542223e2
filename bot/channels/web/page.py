"""The page itself and what it is made of, ready in memory."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.channels.base import LARGEST_FILE
from bot.channels.web.wire import LONGEST_TEXT
from dialogs.words import Words

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER: Final = Path(__file__).parent
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

STYLES: Final = tuple(FOLDER / "static" / name for name in ("tokens.css", "ground.css"))
"""Colours and ground, which the desk and the public pages have from here."""

_DOOR: Final = "door.js"  # of a page of its own
_FOREVER: Final = "public, max-age=31536000, immutable"

SPOKEN_BY_SCRIPT: Final = (
    "web.assistant",
    "web.citizen",
    "web.calendar",
    "web.connecting",
    "web.drop",
    "web.left",
    "web.offline",
    "web.document",
    "web.extract",
    "web.pdf",
    "web.photo",
    "web.problem.broken",
    "web.problem.file_kind",
    "web.problem.file_too_large",
    "web.problem.too_long",
    "web.remove",
    "web.representative",
    "web.retry",
    "web.state.accepted",
    "web.state.failed",
    "web.state.sending",
    "web.today",
    "web.yesterday",
)
"""Words that the page's script needs; the template takes its own."""


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes ready to be answered with, packed beforehand."""

    plain: bytes
    packed: bytes
    kind: str

    @classmethod
    def of(cls, plain: bytes, kind: str) -> "Content":
        """Pack the bytes once, so that no request pays for it."""
        return cls(plain, gzip.compress(plain, mtime=0), kind)

    def answer(self, request: web.Request) -> web.Response:
        """Answer with the bytes, packed where the browser can unpack."""
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = web.Response(body=self.packed if packed else self.plain)
        response.headers["Content-Type"] = self.kind
        response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response


class Assets:
    """Scripts, styles and pictures. Their address holds a digest of them all, so it never lies."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)

    @cached_property
    def files(self) -> Mapping[str, Content]:
        """All files by name."""
        return {
            path.name: Content.of(path.read_bytes(), _TYPES[path.suffix])
            for path in self._paths
            if path.suffix in _TYPES
        }

    def answer(self, request: web.Request) -> web.Response:
        """Answer for the file named in the address, for ever if the digest there is today's."""
        content = self.files.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        response = content.answer(request)
        if request.match_info["digest"] == self.digest:
            response.headers["Cache-Control"] = _FOREVER
        return response

    @cached_property
    def digest(self) -> str:
        """A name for exactly this set of files."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            digest.update(name.encode() + content.plain)
        return digest.hexdigest()[:16]

    @property
    def scripts(self) -> list[str]:
        """Names of the chat's scripts, which a browser had better fetch all at once."""
        return [name for name in self.files if name.endswith(".js") and name != _DOOR]


class Pages:
    """The pages in each language. They hold nothing of a visitor, so they are written once."""

    def __init__(
        self, words: Mapping[str, Words], brand: Callable[[str], str], assets: Assets
    ) -> None:
        self._words = words
        self._brand = brand
        self._assets = assets
        self.content = cache(self._content)
        self.door = cache(self._door)

    def _content(self, language: str, channel: str = "") -> Content:
        """Write the page of the chat, or of a window onto a conversation of another channel."""
        words = self._words[language]
        return self._written(
            "page.html.j2",
            language,
            under="../../" if channel else "",
            channel=words(f"window.channel.{channel}") if channel else "",
            scripts=self._assets.scripts,
            # Data for the script; `tojson` keeps it from closing its element.
            script={
                "language": language,
                "window": channel,
                "longest": LONGEST_TEXT,
                "largest": LARGEST_FILE,
                "words": {key.removeprefix("web."): words(key) for key in SPOKEN_BY_SCRIPT},
            },
        )

    def _door(self, language: str, saying: str, under: str = "") -> Content:
        """Write the page of a link to a window; ``under`` leads to the addresses of the chat."""
        return self._written("door.html.j2", language, under, saying=saying)

    def _written(self, name: str, language: str, under: str, **values: object) -> Content:
        page = _template(name).render(
            words=self._words[language],
            languages=list(self._words),
            brand=self._brand(language),
            under=under,
            assets=f"{under}chat/static/{self._assets.digest}",
            **values,
        )
        return Content.of(page.encode(), "text/html; charset=utf-8")


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — heavy

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
