"""An import that is killed has changed nothing, and the next one is as good as the first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.importing.importing import import_insured
from storage.people_schema import insured, insured_import
from tests.bot.proving import PEOPLE
from tests.databases import (  # noqa: F401 — fixtures
    migrated_postgresql_url,
    migrated_sqlite_url,
    migrated_url,
)
from tests.storage.given import asking
from tests.worlds import NOON, knowledge

ROOT = Path(__file__).parent.parent.parent
ROWS = 6000
_HEADER = "enp;surname;given;born_on;sex;document_kind;document;insurer_code;insured_since;barcode"
# Kills itself in the middle: after so many transactions, the last of them not committed.
_KILLED = """
import os, signal, sys
from bot.__main__ import main
from storage.work import Work

left = int(sys.argv.pop(1))

def counted(name):
    act = getattr(Work, name)
    async def dying(self, *args):
        global left
        done = await act(self, *args)
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(Work, name, dying)

for name in ("gather_insured", "move_insured"):
    counted(name)
sys.exit(main(sys.argv[1:]))
"""


def _enp(serial):
    from stdnum import luhn  # noqa: PLC0415 — as in tests/people.py

    digits = f"9956410892{serial:05}"
    return digits + luhn.calc_check_digit(digits)


def _write(path, surname):
    """Write a register in which everybody is called so."""
    rows = (
        f"{_enp(serial)};{surname};Анна;1985-03-07;f;14;99 00 {serial:06};00000;2023-01-09;B"
        for serial in range(ROWS)
    )
    path.write_text("\n".join((_HEADER, *rows)), "utf-8")
    return path


async def _names(url):
    """Count people by surname, and those who wait to be moved."""
    async with asking(url) as ask:
        by_name = select(insured.c.surname, func.count()).group_by(insured.c.surname)
        found = await ask(lambda connection: dict(connection.execute(by_name).all()))
        waiting = select(func.count()).select_from(insured_import)
        return found, await ask(lambda connection: connection.execute(waiting).scalar_one())


def _import(url, file, after):
    settings = {"POLIS_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "POLIS_"}
    return subprocess.run(
        [sys.executable, "-c", _KILLED, str(after), "import-insured", str(file)],
        env=inherited | settings,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "after",
    [0, pytest.param(3, marks=pytest.mark.soak), pytest.param(5, marks=pytest.mark.soak), 6],
    ids=lambda after: f"after {after} transactions",
)
async def test_killed_anywhere_nothing_is_half_imported(database_url, tmp_path, after):
    """Six transactions gather a thousand each; the seventh moves all, and is not committed."""
    first = _write(tmp_path / "first.csv", "Ранняя")
    assert _import(database_url, first, 1000).returncode == 0
    second = _write(tmp_path / "second.csv", "Поздняя")
    killed = _import(database_url, second, after)
    assert killed.returncode == -9, killed.stderr
    assert (await _names(database_url))[0] == {"Ранняя": ROWS}
    whole = _import(database_url, second, 1000)
    assert f"0 new, {ROWS} changed, 0 as they were".encode() in whole.stdout, whole.stderr
    assert await _names(database_url) == ({"Поздняя": ROWS}, 0)
    again = _import(database_url, second, 1000)
    assert f"0 new, 0 changed, {ROWS} as they were".encode() in again.stdout


async def test_of_two_imports_at_once_the_earlier_gives_way(store, tmp_path, monkeypatch):
    """The later one lets go of what the earlier has gathered; it then moves nothing."""
    file = tmp_path / "one.csv"
    file.write_text(f"{_HEADER}\n{_enp(1)};А;Б;1985-03-07;f;14;99 00 000001;00000;2023-01-09;B")
    async with store.work() as work:
        await work.begin_import("early")
        await work.gather_insured("early", 1, PEOPLE[:1])
    done = await import_insured(file, store, list(knowledge().words.values()), NOON)
    assert done.new == 1
    async with store.work() as work:
        assert await work.move_insured("early", 1) is None
