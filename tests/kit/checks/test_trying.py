"""`make demo-telegram` and the others: one small conversation each, typed at a real terminal."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from tests.drawings import document, encoded
from tests.servers import PATIENCE, ROOT

CTRL_C, CTRL_D = "\x03", "\x04"
AT_A_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
NOTHING_BROKEN = ", 0 breaches of its contract."


class Keyboard:
    """A terminal with the try-out in it: what is typed goes in, what is shown comes out."""

    def __init__(self, folder, messenger, *more):
        ours = {name: one for name, one in os.environ.items() if not name.startswith("POLIS_")}
        self.hand, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", AT_A_TERMINAL, "-m", "tests.kit.trying", messenger, *more],
            cwd=folder,
            env={**ours, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)
        self.shown = ""

    def type(self, what, end="\n"):
        """Type something; what was shown before is of no interest any more."""
        self.shown = ""
        os.write(self.hand, (what + end).encode())

    def reads(self, *words):
        """Wait until all the words are to be read, and return all that is."""
        until = time.monotonic() + PATIENCE
        while not all(word in self.shown for word in words):
            ready, _, _ = select.select([self.hand], [], [], until - time.monotonic())
            assert ready, f"{words} never came: {self.shown}"
            self.shown += self._read()
        return self.shown

    def ends(self):
        """Wait for the end; return the exit code and the last words."""
        while piece := self._read():
            self.shown += piece
        return self.process.wait(PATIENCE), self.shown

    def close(self):
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.hand)

    def _read(self):
        try:
            return os.read(self.hand, 65536).decode(errors="replace")
        except OSError:  # as Linux tells that nobody has the other end any more
            return ""


@pytest.fixture
def sitting(tmp_path):
    """Sit down at a messenger, and get up at the end."""
    keyboards = []

    def sit(messenger, *more):
        keyboards.append(Keyboard(tmp_path, messenger, *more))
        return keyboards[-1]

    yield sit
    for one in keyboards:
        one.close()


def test_telegram_is_tried_by_words_buttons_and_photos_until_ctrl_c(sitting, tmp_path):
    (tmp_path / "policy photo.jpg").write_bytes(encoded(document()))
    keyboard = sitting("telegram")
    assert "/desk" in keyboard.reads("Ctrl+C", "Здравствуйте!", "[!1 Потеря полиса]", "!7 Оператор")
    keyboard.type("потеряла полис что делать")
    keyboard.reads("Не волнуйтесь", "[!1 Подать заявление]")
    keyboard.type("!1")
    keyboard.reads("Согласны на обработку", "[!1 Даю согласие]")
    keyboard.type("!17")
    keyboard.reads("There is no button 17.")
    keyboard.type("@photo policy photo.jpg")
    keyboard.reads("Согласны на обработку", "[!1 Даю согласие]")
    keyboard.type("@photo nowhere.jpg")
    keyboard.reads("nowhere.jpg: No such file")
    keyboard.type(CTRL_C, end="")
    code, said = keyboard.ends()
    assert (code, NOTHING_BROKEN in said) == (0, True), said
    assert "Traceback" not in said
    assert [one.name for one in tmp_path.iterdir()] == ["policy photo.jpg"]  # nothing is kept


def test_max_is_tried_in_english_until_the_input_ends(sitting):
    keyboard = sitting("max", "--lang", "en")
    keyboard.reads("Hello!", "[!1 Lost policy]")
    keyboard.type("!Lost policy")
    keyboard.reads("[!1 Apply]", "That helped")
    keyboard.type("!Nonsense")
    keyboard.reads("There is no button «Nonsense».")
    keyboard.type(CTRL_D, end="")
    code, said = keyboard.ends()
    assert (code, NOTHING_BROKEN in said) == (0, True), said


def test_whatsapp_is_tried_through_a_pipe_line_by_line(tmp_path):
    """Each line waits for the answer to the one before, as a person would."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kit.trying", "whatsapp"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input="привет\n!1\n!1\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    *_, hello, lost, applying = ended.stdout.split("\n> ")
    assert "say hello" in ended.stdout
    assert "[!1 Потеря полиса]" in hello
    assert "[!1 Подать заявление]" in lost
    assert "[!1 Даю согласие] [!2 Отмена]" in applying
    assert NOTHING_BROKEN in ended.stdout
