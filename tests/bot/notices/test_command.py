"""`python -m bot notice send`: counted, refused or sent, with an exit code for scripts."""

import asyncio
import re
from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from dialogs.notices.states import STATES
from storage import Store
from tests.bot.notices.test_killed import daylight
from tests.servers import Server

FILE = """
title = "Часы работы"
kind = "service"
[text.ru]
text = "{greeting}! Офис работает до 20:00."
question = "Вам удобно?"
answers = ["Да", "Нет"]
""".replace("{greeting}", "{name|Здравствуйте}")


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'polis.db'}"


@pytest.fixture
def send(tmp_path, url, monkeypatch, capsys):
    """Run the command on a file; returns its exit code and what it has said."""
    monkeypatch.delenv("POLIS_TEST_EVERYTHING", raising=False)  # no setting of the program's
    monkeypatch.setenv("POLIS_DATABASE_URL", url)
    monkeypatch.setenv("POLIS_ORGANISATION", daylight(tmp_path))

    def run(how, text=FILE):
        file = tmp_path / "notice.toml"
        file.write_text(text, "utf-8")
        code = main(["notice", "send", str(file), how])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def people(url, many):
    """Let so many be known in the web chat."""

    async def meet():
        store = await Store.open(url)
        async with store.work() as work:
            await work.chats([("web", str(one)) for one in range(many)], datetime.now(UTC), {})
        await store.close()

    asyncio.run(meet())


def state(url):
    """Read in which state the only notice is; None when nothing was written down."""

    async def read():
        store = await Store.open(url)
        async with store.look() as look:
            found = await look.notices(STATES)
        await store.close()
        assert len(found) <= 1
        return found[0].state if found else None

    return asyncio.run(read())


def test_a_dry_run_counts_shows_four_and_leaves_nothing_to_be_sent(send, url):
    people(url, 6)
    code, said = send("--dry-run")
    assert code == 0
    assert "6 people get it\n  through web: 6\n" in said
    assert said.count("--- web, ru\nЗдравствуйте! Офис работает до 20:00.\n\nВам удобно?\n") == 4
    assert "[Да] [Нет]" in said
    assert state(url) is None


def test_a_fault_is_told_by_where_it_is_and_nothing_is_sent(send, url):
    people(url, 1)
    code, said = send("--yes", FILE.replace("{name|", "{nmae|"))
    assert (code, said) == (1, "fault: placeholder ru nmae\n")
    assert state(url) is None


def test_many_people_wait_for_another_persons_approval_at_the_desk(send, url):
    people(url, 101)
    code, said = send("--yes")
    assert code == 1
    assert "not sent yet: more than 100 people get it, so another person has to approve it" in said
    assert "it waits for that at the desk as notice 1" in said
    assert state(url) == "for_approval"


def test_a_file_that_is_none_is_said_in_one_line(send):
    code, said = send("--yes", 'title = "x"\nknd = "service"\n')
    assert code != 0
    assert re.fullmatch(r".*notice\.toml: .*\n", said)


def test_the_server_that_runs_sends_it_and_the_command_tells_the_end(send, url, tmp_path):
    people(url, 3)
    with Server(tmp_path, {"POLIS_ORGANISATION": daylight(tmp_path)}):
        code, said = send("--yes")
    assert code == 0, said
    last = said.splitlines()[-2:]
    assert re.fullmatch(r"\[#{30}\] 3 of 3, finished", said.splitlines()[-3])
    assert last[-1] == "accepted: 3"
    assert state(url) == "finished"


def test_what_reached_nobody_does_not_end_well(send, url, tmp_path):
    with Server(tmp_path, {"POLIS_ORGANISATION": daylight(tmp_path)}):
        code, said = send("--yes")
    assert code == 1, said
    assert "0 of 0, finished" in said
    assert state(url) == "finished"
