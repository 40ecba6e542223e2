"""Starting and stopping the real program: one readable line when it cannot, no loss when told."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.servers import ROOT, Server

SECRET = "tell-nobody-of-this-secret"


def fail(folder, **settings):
    """Start a program that cannot start, and return its exit code and what it says."""
    server = Server(folder, {f"POLIS_{name.upper()}": value for name, value in settings.items()})
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=folder,
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not ended.stdout
    return ended.returncode, ended.stderr


def assert_one_line(ended, *words):
    """Whoever started it reads one line that names what to change."""
    code, said = ended
    assert code == 2
    (line,) = said.splitlines()
    assert line.startswith("polis: ")
    for word in words:
        assert word in line
    assert SECRET not in said


def test_a_taken_port_is_told_in_one_line(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert_one_line(fail(tmp_path, http_port=port, secret=SECRET), port, "POLIS_HTTP_PORT")


def test_an_address_that_is_not_ours_is_told_in_one_line(tmp_path):
    assert_one_line(fail(tmp_path, http_host="192.0.2.1"), "192.0.2.1")


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere/polis.db"
    assert_one_line(fail(tmp_path, database_url=url), "no folder", "nowhere")


def test_an_unwritable_database_is_told_in_one_line(tmp_path):
    file = tmp_path / "polis.db"
    sqlite3.connect(file).close()
    file.write_bytes(b"")
    file.chmod(stat.S_IRUSR)
    if os.access(file, os.W_OK):  # root may write anything but to a folder's name
        file.unlink()
        file.mkdir()
    assert_one_line(fail(tmp_path), "polis.db")


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    (tmp_path / "polis.db").write_text("Dear diary, " * 100)
    assert_one_line(fail(tmp_path), "not an SQLite database")


def test_a_newer_database_is_told_in_one_line(tmp_path):
    database = sqlite3.connect(tmp_path / "polis.db")
    database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.commit()
    database.close()
    assert_one_line(fail(tmp_path), "9999", "newer")


def test_a_server_that_is_not_there_is_told_in_one_line_without_its_password(tmp_path):
    url = f"postgresql://polis:{SECRET}@127.0.0.1:1/polis"
    assert_one_line(fail(tmp_path, database_url=url), "127.0.0.1")


@pytest.mark.parametrize(
    ("text", "word"),
    [("[insurer", "organisation.toml"), ("", "organisation.toml"), (None, "POLIS_ORGANISATION")],
)
def test_a_bad_organisation_file_is_told_in_one_line(tmp_path, text, word):
    file = tmp_path / "organisation.toml"
    if text is not None:
        file.write_text(text)
    assert_one_line(fail(tmp_path, organisation=str(file)), word)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("colour", "red", "POLIS_COLOUR"),
        ("http_port", "many", "POLIS_HTTP_PORT"),
        ("channels", "pigeon", "pigeon"),
        ("secret", "short", "POLIS_SECRET"),
    ],
)
def test_a_bad_setting_is_told_in_one_line(tmp_path, name, value, word):
    assert_one_line(fail(tmp_path, **{name: value}), word)


def test_a_newcomer_needs_no_settings(tmp_path):
    """Nothing is there but the program: it makes its database, answers, and stops at Ctrl+C."""
    server = Server(tmp_path)
    server.settings["POLIS_DATABASE_URL"] = "sqlite:///var/polis.db"
    assert server.address in server.start()
    with urllib.request.urlopen(f"{server.address}/") as page:
        assert b"<html" in page.read()
    assert (tmp_path / "var" / "polis.db").is_file()
    assert server.interrupt() == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_clean_and_quick_even_with_pages_open(tmp_path, sign):
    server = Server(tmp_path, {"POLIS_SECRET": SECRET})
    server.start()
    with urllib.request.urlopen(f"{server.address}/") as page:
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    listening = urllib.request.Request(f"{server.address}/chat/events", headers={"Cookie": cookie})
    with urllib.request.urlopen(listening) as stream:
        assert stream.readline()
        began = time.monotonic()
        server.process.send_signal(sign)
        assert server.end() == 0
        assert time.monotonic() - began < 5
    assert "Traceback" not in server.log
    assert SECRET not in server.log


def test_a_second_start_knows_its_visitors_again(tmp_path):
    """The secret that signs cookies is made once and kept in the database."""
    server = Server(tmp_path)
    server.start()
    with urllib.request.urlopen(f"{server.address}/") as page:
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    ours = {"Cookie": cookie, "X-Polis-Page": "1", "Content-Type": "application/json"}
    body = json.dumps({"key": "k", "text": "потеряла полис"}).encode()
    for _ in range(2):
        post = urllib.request.Request(f"{server.address}/chat/messages", data=body, headers=ours)
        with urllib.request.urlopen(post) as answer:
            assert answer.status == 200
        assert server.interrupt() == 0
        server.start()
    history = urllib.request.Request(f"{server.address}/chat/messages", headers=ours)
    with urllib.request.urlopen(history) as answer:
        voices = [one["voice"] for one in json.load(answer)["messages"]]
    assert voices == ["citizen", "assistant"]
    assert server.interrupt() == 0


def test_the_settings_table_of_a_checkout_is_not_needed(tmp_path):
    """The program finds its words beside its code, wherever it is started."""
    asked = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--lang", "ru"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        input="потеряла полис\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(asked.stdout)["text"] == "потеряла полис"
