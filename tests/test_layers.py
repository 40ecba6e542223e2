"""Who may import whom: the layers of `docs/decisions/0001-functional-core.md`."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = {"msgspec", "rapidfuzz", "snowballstemmer", "stdnum", "holidays", "dateutil"}
SHARED_BY_CHANNELS = {
    "bot.http",
    "bot.multipart",
    *(f"bot.channels.{name}" for name in ("base", "board", "bubbles", "calling", "commands")),
    *(f"bot.channels.{name}" for name in ("aside", "documents", "drawing", "first", "held")),
    *(f"bot.channels.{name}" for name in ("insisting", "lasting", "pace", "rows", "splitting")),
    *(f"bot.channels.{name}" for name in ("staffroom", "typed", "voices", "windows")),
}
STANDARD_WITHOUT_WORLD = set(sys.stdlib_module_names) - {
    *("asyncio", "http", "io", "multiprocessing", "os", "pathlib", "random", "secrets"),
    *("select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile"),
    *("threading", "time", "urllib"),
}


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: imports are absolute"
            found.add(node.module)
    return found


def _files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _id(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", _files("dialogs"), ids=_id)
def test_the_core_imports_nothing_that_touches_the_world(file):
    """`dialogs/` knows the standard library's pure part and computing packages."""
    roots = {name.partition(".")[0] for name in _imports(file)}
    assert roots <= STANDARD_WITHOUT_WORLD | PURE | {"dialogs"}


@pytest.mark.parametrize("file", _files("dialogs"), ids=_id)
def test_the_core_has_no_await_and_no_clock(file):
    """Time is an input: no coroutine, no `now()`, no `today()`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "today", "utcnow"}, f"line {node.lineno}"


@pytest.mark.parametrize("file", _files("storage"), ids=_id)
def test_storage_knows_the_core_and_the_database_only(file):
    """`storage/` imports neither the shell nor any messenger."""
    ours = {"bot", "aiohttp", "aiogram", "babel", "apscheduler"}
    assert not {name.partition(".")[0] for name in _imports(file)} & ours


@pytest.mark.parametrize("file", _files("bot/channels"), ids=_id)
def test_a_channel_knows_neither_the_database_nor_another_channel(file):
    """A messenger's module imports what all of them share, itself, and at most `bot.http`."""
    own = ".".join(file.relative_to(ROOT).with_suffix("").parts[:3])
    for name in _imports(file):
        assert name.partition(".")[0] not in {"storage", "sqlalchemy"}
        if name.startswith("bot"):
            assert name in SHARED_BY_CHANNELS or name.startswith(own)


@pytest.mark.parametrize("file", [*_files("bot"), *_files("storage")], ids=_id)
def test_only_storage_speaks_to_the_database(file):
    """SQLAlchemy appears in `storage/` and nowhere else."""
    if "storage" not in file.relative_to(ROOT).parts:
        assert "sqlalchemy" not in {name.partition(".")[0] for name in _imports(file)}


@pytest.mark.parametrize("file", [*_files("bot"), *_files("dialogs"), *_files("storage")], ids=_id)
def test_no_module_outgrows_its_room(file):
    """Three hundred lines at most."""
    assert len(file.read_text("utf-8").splitlines()) <= 300
