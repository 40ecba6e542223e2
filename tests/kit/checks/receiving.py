"""A bare webhook: takes what is brought, refuses as often as it is told to."""

from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Receiver:
    """What has been brought, in order; ``statuses`` are the next answers, then 200."""

    url: str = ""
    got: list = field(default_factory=list)
    statuses: deque = field(default_factory=deque)

    async def take(self, request):
        """Take one delivery."""
        self.got.append((request.path, dict(request.headers), await request.read()))
        return web.Response(status=self.statuses.popleft() if self.statuses else 200)


@asynccontextmanager
async def receiver():
    """Listen on a free port inside the block."""
    one = Receiver()
    app = web.Application()
    app.add_routes([web.post("/{anything:.*}", one.take)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield one
    await runner.cleanup()
