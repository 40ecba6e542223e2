"""The assistant in a terminal: `make chat`."""

import asyncio
import io
import sys

import pytest

from bot.__main__ import main
from bot.channels.terminal import read, transcribe, write
from dialogs.effects import Button
from dialogs.incoming import Attached, FileSent, Opened, Said
from dialogs.message import Message
from tests.bot.conftest import Clock
from tests.drawings import document, encoded
from tests.player import replay

NOW = Clock()()
MENU = (Button("t:loss", "Потеря"), Button("o", "Оператор"))


@pytest.mark.parametrize(
    ("line", "incoming"),
    [
        ("полис", Said("полис")),
        ("", Said("")),
        ("@photo", Attached((FileSent("", "image/jpeg", 1),))),
        (" @photo ", Attached((FileSent("", "image/jpeg", 1),))),
        ("@photos", Said("@photos")),
        ("/start", Opened()),
        ("/start f-loss", Opened("f-loss")),
        ("/started", Said("/started")),
    ],
)
def test_a_typed_line_becomes_what_happened(line, incoming):
    assert read(line) == incoming


@pytest.mark.parametrize(
    ("message", "shown", "written"),
    [
        (Message(1, "assistant", NOW, "Да."), "  Да.\n", "< Да."),
        (
            Message(1, "assistant", NOW, "Чем\n\nпомочь?", MENU),
            "  Чем\n\n  помочь?\n  [1] Потеря\n  [2] Оператор\n",
            "< Чем\n\n  помочь?\n  [Потеря] [Оператор]",
        ),
        (
            Message(1, "assistant", NOW, "Да.", note="На 22 ноября"),
            "  Да.\n\n  На 22 ноября\n",
            None,
        ),
    ],
)
def test_a_message_is_shown_with_numbered_choices_and_written_as_a_transcript(
    message, shown, written
):
    assert write(message) == shown
    assert written in {None, transcribe(message)}


def chat(monkeypatch, capsys, typed, *arguments):
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert main(["chat", *arguments]) == 0
    return capsys.readouterr().out


def test_a_conversation_answers_each_line_and_ends_with_the_input(monkeypatch, capsys):
    out = chat(monkeypatch, capsys, "потеряла полис что делать\nспасибо\n")
    assert out.count("[1] ") >= 2
    assert "полис" in out


def test_choices_can_be_typed_by_number(monkeypatch, capsys):
    out = chat(monkeypatch, capsys, "menu\n1\n", "--lang", "en")
    first = out[out.index("[1] ") + 4 :].partition("\n")[0]
    assert first == "Lost policy"
    assert "As checked on" in out


def test_a_transcript_at_the_end_is_a_bug_report_that_can_be_replayed(monkeypatch, capsys):
    """Played by the golden tests, its lines of the person are taken as they are."""
    out = chat(monkeypatch, capsys, "спасибо\nменю\n", "--repro")
    transcript = out[out.index("> /start") :]
    persons = [line for line in transcript.splitlines() if line.startswith(">")]
    assert persons == ["> /start", "> спасибо", "> меню"]
    played = [line for line in replay(transcript).splitlines() if line.startswith("<")]
    assert played == [line for line in transcript.splitlines() if line.startswith("<")]


def test_a_file_is_sent_by_its_path(monkeypatch, capsys, tmp_path):
    (tmp_path / "policy.jpg").write_bytes(encoded(document()))
    typed = f"@photo {tmp_path / 'policy.jpg'}\n@photo {tmp_path / 'nothing.jpg'}\n"
    out = chat(monkeypatch, capsys, typed)
    assert "Файл пришёл, но сейчас он не нужен" in out
    assert "No such file" in out


async def test_nothing_is_left_on_the_disk(monkeypatch, capsys, tmp_path):
    """The database of a chat in the terminal is gone afterwards."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    await asyncio.to_thread(chat, monkeypatch, capsys, "спасибо\n")
    assert list(tmp_path.iterdir()) == []
