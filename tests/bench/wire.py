"""HTTP as cheap as it gets, so that the load costs little beside what it measures."""

import asyncio
import re
from collections.abc import Callable

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb'chat_id(?:=|":")(\d+)')
_END = b"\r\n\r\n"


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Write a whole request."""
    named = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **headers}
    lines = [f"{method} {path} HTTP/1.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return "\r\n".join(lines).encode() + _END + body


class _Messages(asyncio.Protocol):
    """Cuts a stream of bytes into messages with a head and a body of a known length."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Keep the transport."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand on every message that is complete."""
        self._bytes += data
        while (end := self._bytes.find(_END)) >= 0:
            found = _LENGTH.search(self._bytes, 0, end)
            whole = end + len(_END) + (int(found[1]) if found else 0)
            if len(self._bytes) < whole:
                return
            message = bytes(self._bytes[:whole])
            del self._bytes[:whole]
            self.received(message)

    def received(self, message: bytes) -> None:
        """Take one message."""
        raise NotImplementedError


class Connection(_Messages):
    """A connection that is kept; one request at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: asyncio.Future[bytes] | None = None

    @classmethod
    async def to(cls, port: int) -> "Connection":
        """Connect."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, sent: bytes) -> bytes:
        """Send a request and return the whole answer, which must be a good one."""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(sent)
        answer = await self._answer
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.decode(errors="replace"))
        return answer

    def received(self, message: bytes) -> None:
        """Give the answer to the one who waits."""
        if not self._answer.done():
            self._answer.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the one who waits."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed by the server"))

    def close(self) -> None:
        """Hang up."""
        self.transport.close()


class Sink(_Messages):
    """A messenger's server that takes every call at once.

    It counts the messages it is sent, and keeps when the last one came; ``heard`` is told to whom
    each went.
    """

    sent = 0
    last_at = 0.0
    heard: Callable[[bytes, float], None] | None = None

    _MESSAGE = (
        b'{"message_id":1,"date":0,"chat":{"id":1,"type":"private"},'
        b'"text":"x","from":{"id":42,"is_bot":true,"first_name":"x"}}'
    )
    _RESULTS = (
        (b"/send", _MESSAGE),
        (b"/getMyCommands", b"[]"),
        (b"/getMyDescription", b'{"description":""}'),
        (b"/getMyShortDescription", b'{"short_description":""}'),
        (b"/getChatMenuButton", b'{"type":"commands"}'),
        (b"", b"true"),
    )

    def received(self, message: bytes) -> None:
        """Take it."""
        path = message[: message.index(b" HTTP")]
        result = next(result for name, result in self._RESULTS if name in path)
        if result is self._MESSAGE:
            Sink.sent += 1
            Sink.last_at = asyncio.get_running_loop().time()
            if Sink.heard and (chat := _CHAT.search(message)):
                Sink.heard(chat[1], Sink.last_at)
        body = b'{"ok":true,"result":' + result + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        self.transport.write(head + str(len(body)).encode() + _END + body)
