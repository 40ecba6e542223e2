"""The one door of the desk: every request passes here before any page sees it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot.channels.web.visitor import language_of
from bot.desk.bodies import FILE, read_fields, read_with_file
from bot.desk.desk import Desk
from bot.desk.route import FILTERED, Route
from bot.desk.staying import NOTED, cookie_name, is_over, next_step
from bot.desk.visit import CSRF_FIELD, CSRF_HEADER, Visit
from bot.http import TooLarge, is_from_here, log_fault
from bot.multipart import PartTooLarge
from dialogs.json import Json

_SECONDS_TO_POST: Final = 30.0
_SECONDS_TO_UPLOAD: Final = 180.0
_MOST_UPLOADS: Final = 16  # at once, each of at most 5 MB in memory
_LONGEST_TOKEN: Final = 100
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        # What the server has written may be put into a page by `fragment.js` alone.
        "require-trusted-types-for 'script'",
        "trusted-types polis-fragment",
    )
)
_ERRORS: Final = {400: "malformed", 403: "forbidden", 404: "missing", 405: "missing"}


class Refused(Exception):
    """A request that is not let through; ``error`` names the text ``desk.error.<error>``."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(status, error)
        self.status = status
        self.error = error


class Dispatch:
    """Lets each request to its page, or says why not."""

    def __init__(self, desk: Desk, routes: Iterable[Route]) -> None:
        self._desk = desk
        self.routes = tuple(routes)
        self._cookie = cookie_name(https=desk.is_https)
        self._uploading = asyncio.Semaphore(_MOST_UPLOADS)

    def mount(self, app: web.Application) -> None:
        """Take the addresses of the desk in an application, whatever is asked there."""
        for route in self.routes:
            app.router.add_route(route.method, route.path, self._door(route))
        app.router.add_route("*", "/desk{tail:(/.*)?}", self._door(_MISSING))
        app.on_shutdown.append(self._desk.streams.close)

    def _door(
        self, route: Route
    ) -> Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            visit = await self._meet(request, route)
            response = await self._answer(visit, route)
            if not response.prepared:
                response.headers["Content-Security-Policy"] = _POLICY
                self._remember(visit, response)
            return response

        return answer

    async def _answer(self, visit: Visit, route: Route) -> web.StreamResponse:
        try:
            turned = await self._turned_away(visit, route)
            return await route.act(visit) if turned is None else turned
        except Refused as refused:
            return self._refuse(visit, refused.status, refused.error)
        except web.HTTPException as error:
            return self._refuse(visit, error.status, _ERRORS.get(error.status, "malformed"))
        except ConnectionResetError:
            raise
        except Exception as error:  # noqa: BLE001 — the outermost place of the desk
            log_fault(visit.request, error)
            return self._refuse(visit, 500, "broken")

    async def _meet(self, request: web.Request, route: Route) -> Visit:
        """Find out who asks; a sign-in that is over is ended."""
        desk, now = self._desk, self._desk.clock()
        words = desk.words[language_of(request, desk.words)]
        token = request.cookies.get(self._cookie, "")[:_LONGEST_TOKEN]
        visit = Visit(desk, request, words, now, token or desk.tokens.draw())
        if not token:
            return visit
        digest = desk.tokens.digest(token)
        async with desk.store.look() as look:
            found = await look.session(digest)
        if found is None:
            return visit
        session, staff = found
        if is_over(session, now) or staff.is_disabled or (staff.is_demo and not desk.is_demo):
            async with desk.store.work() as work:
                await work.leave_session(digest)
            return visit
        if now - session.seen_at >= NOTED and not route.is_passive:
            async with desk.store.work() as work:
                await work.session_seen(digest, now)
        visit.session, visit.who = session, staff
        return visit

    async def _turned_away(self, visit: Visit, route: Route) -> web.Response | None:
        """Check everything that a route asks for; raises `Refused`."""
        posted = route.method == "POST"
        if posted and not is_from_here(visit.request, self._desk.public_url):
            raise Refused(403, "forged")
        if route.needs == "threshold":
            if visit.session is None or visit.is_inside:
                return self._elsewhere(visit)
        elif route.needs != "open":
            if not visit.is_inside:
                return self._elsewhere(visit)
            if not visit.may(route.needs):
                raise Refused(403, "forbidden")
        if posted:
            await self._read(visit, route)
        if route.region is not None and route.region != FILTERED:
            region = await route.region(visit)
            # Of what is foreign not even the existence is told.
            if region is None or not visit.sees(region):
                raise Refused(404, "missing")
        return None

    def _elsewhere(self, visit: Visit) -> web.Response:
        """Send whoever is not (yet) in to where they can go on."""
        if visit.is_from_script or visit.request.method != "GET":
            raise Refused(401, "signed_out")
        step, here = next_step(visit), visit.request.path_qs
        is_way_in = here == "/desk" or here.startswith(("/desk/signin", "/desk/enrol"))
        return visit.back(step if is_way_in else f"{step}?next={quote(here)}")

    async def _read(self, visit: Visit, route: Route) -> None:
        """Read a form, and see that a page of ours for this very sign-in has sent it."""
        try:
            if route.takes_file and visit.request.content_type == "multipart/form-data":
                async with self._uploading, asyncio.timeout(_SECONDS_TO_UPLOAD):
                    visit.form, visit.file = await read_with_file(visit.request)
            else:
                visit.form = await read_fields(visit.request, route.longest, _SECONDS_TO_POST)
        except TooLarge as error:
            is_file = isinstance(error, PartTooLarge) and error.name == FILE
            raise Refused(413, "file_too_large" if is_file else "too_large") from None
        except (ValueError, TimeoutError):
            raise Refused(400, "malformed") from None
        posted = visit.form.popone(CSRF_FIELD, "")
        brought = visit.request.headers.get(CSRF_HEADER, "") or posted
        if not self._desk.tokens.is_csrf(visit.token, brought):
            raise Refused(403, "forged")

    def _refuse(self, visit: Visit, status: int, error: str) -> web.Response:
        if visit.is_from_script:
            told: Json = {"error": error, "message": visit.words(f"desk.error.{error}")}
            return visit.json(told, status=status)
        return visit.page("error.html.j2", status=status, error=error)

    def _remember(self, visit: Visit, response: web.StreamResponse) -> None:
        """Let a newcomer's browser keep its token, and whoever chose a language that choice."""
        if response.content_type != "text/html":
            return
        if self._cookie not in visit.request.cookies and self._cookie not in response.cookies:
            set_token(visit, response, visit.token)
        if visit.query.get("lang") == visit.words.language:
            response.set_cookie(
                "polis_language",
                visit.words.language,
                max_age=180 * 24 * 3600,
                httponly=True,
                samesite="Lax",
                secure=self._desk.is_https,
            )


def set_token(visit: Visit, response: web.StreamResponse, token: str) -> None:
    """Have the browser keep a token until it is closed."""
    https = visit.desk.is_https
    response.set_cookie(
        cookie_name(https=https), token, path="/", httponly=True, secure=https, samesite="Lax"
    )


async def _missing(_visit: Visit) -> web.StreamResponse:
    raise Refused(404, "missing")


_MISSING: Final = Route("GET", "/desk{tail:(/.*)?}", "account", _missing)
