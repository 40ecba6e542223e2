"""A real server of ours: `python -m bot serve` on a free port and a database of its own."""

import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent
_PORTS = range(16_000, 32_000)
PATIENCE = 60.0  # seconds for anything that ought to take one


def free_port() -> int:
    """Find a port that nobody listens on.

    It lies below those that systems give to connections, lest one of them takes it meanwhile.
    """
    while True:
        port = secrets.choice(_PORTS)  # not of what tests have seeded
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def faster(**per_second: float) -> tuple[str, ...]:
    """Wrap a server so that it sends at another pace, by messenger; see `tests/faster.py`."""
    paces = ",".join(f"{name}={pace}" for name, pace in per_second.items())
    return (sys.executable, "-m", "tests.faster", paces)


@dataclass
class Server:
    """One program that may be started, stopped and killed again and again on one database.

    ``folder`` is where it works and keeps its database; ``settings`` are ``POLIS_…``
    variables beside those of the port and the database; ``wrapped`` is put before the
    command, such as a profiler; ``patience`` is how many seconds its start and end may take.
    """

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    wrapped: tuple[str, ...] = (sys.executable,)
    process: subprocess.Popen | None = None
    patience: float = PATIENCE

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of this machine's own settings, and all of the test's."""
        inherited = {name: v for name, v in os.environ.items() if not name.startswith("POLIS_")}
        ours = {
            "POLIS_DATABASE_URL": f"sqlite:///{self.folder / 'polis.db'}",
            "POLIS_HTTP_PORT": str(self.port),
        }
        return {**inherited, "PYTHONPATH": str(ROOT), **ours, **self.settings}

    @property
    def log(self) -> str:
        """What it has written to standard error, over all of its lives."""
        return (self.folder / "log").read_text("utf-8")

    def start(self) -> str:
        """Start it, wait until it is ready, and return what it announced first."""
        self.launch()
        return self.await_ready()

    def launch(self) -> None:
        """Start it without waiting."""
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [*self.wrapped, "-m", "bot", "serve"],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def await_ready(self) -> str:
        """Return its first line, which it writes when it listens."""
        deadline = time.monotonic() + self.patience
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            assert waiting.select(deadline - time.monotonic()), f"it does not start: {self.log}"
        line = self.process.stdout.readline()
        assert line, f"it ended at its start: {self.log}"
        return line.strip()

    def interrupt(self) -> int:
        """Press Ctrl+C, wait for the end, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.end()

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.end()

    def end(self) -> int:
        """Wait for its end and return the exit code."""
        code = self.process.wait(self.patience)
        self.process.stdout.close()
        return code

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()
