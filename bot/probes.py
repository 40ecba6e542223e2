"""Addresses for whoever runs the program: alive, ready, measured."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.assistant import Assistant
from bot.lines import Line, State
from bot.metrics import CONTENT_TYPE

_PATIENCE = 2.0  # seconds that the database has to answer


def probes(assistant: Assistant, lines: Sequence[Line] = ()) -> list[web.RouteDef]:
    """List the addresses."""

    def channels() -> dict[str, str]:
        return {state.channel: _told(state) for state in (line.state() for line in lines)}

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_PATIENCE), assistant.store.look() as look:
                await look.ping()
        except Exception as error:  # noqa: BLE001 — whatever it is, the database is not ready
            return web.json_response({"database": type(error).__name__}, status=503)
        # A channel that is down is told, but the program is ready for all the others.
        return web.json_response({"database": "ready", **channels()})

    async def metrics(_request: web.Request) -> web.Response:
        channels()  # notes what is held
        return web.Response(body=assistant.metrics.page(), headers={"Content-Type": CONTENT_TYPE})

    return [
        web.get("/healthz", healthz),
        web.get("/readyz", readyz),
        web.get("/metrics", metrics),
    ]


def _told(state: State) -> str:
    if not state.is_ours:
        return "another process has it"
    return "; ".join(state.troubles) or "ready"
