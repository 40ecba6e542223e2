"""The real server as a process of its own, which can be killed and started again."""

import os
import subprocess
import sys
from pathlib import Path

from tests.servers import ROOT, free_port


class Server:
    """`python -m bot serve` on a free port and a database of its own."""

    def __init__(self, folder: Path):
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}/"
        self._folder = folder
        self.told = []
        self._process = None

    def start(self):
        """Start, and return when it listens."""
        settings = {
            "PYTHONPATH": str(ROOT),
            "POLIS_DATABASE_URL": f"sqlite:///{self._folder / 'polis.db'}",
            "POLIS_HTTP_PORT": str(self._port),
            "POLIS_SECRET": "a secret of the tests",
            "POLIS_DEMO": "1",
        }
        inherited = {name: value for name, value in os.environ.items() if name[:6] != "POLIS_"}
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self._folder,
                env=inherited | settings,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.told = []
        while "Ctrl+C" not in "".join(self.told[-1:]):
            line = self._process.stdout.readline().decode()
            assert line, self.log
            self.told.append(line)

    def kill(self):
        """Stop without a word of warning."""
        self._process.kill()
        self._process.communicate()

    def stop(self):
        """Stop as Ctrl+C does; a clean stop is part of what is tested."""
        self._process.terminate()
        self._process.communicate(timeout=20)
        assert self._process.returncode == 0

    @property
    def log(self):
        """What the server has written about itself."""
        return (self._folder / "log").read_text()
