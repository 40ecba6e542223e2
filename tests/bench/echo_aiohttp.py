"""A bare echo: JSON in, JSON out, nothing kept. Run as a program with a port."""

import gc
import sys

from aiohttp import web


async def echo(request: web.Request) -> web.Response:
    """Answer with the text."""
    return web.json_response({"text": (await request.json())["text"]})


def main(port: int) -> None:
    """Serve, with the collector tuned as ours is."""
    app = web.Application()
    app.router.add_post("/chat/messages", echo)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=_announce)


def _announce(_text: str) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
