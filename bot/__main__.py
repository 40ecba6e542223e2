"""The commands, `python -m bot serve` and the others: see `python -m bot --help`."""

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from bot.environment import read_settings
from bot.importing.reading import BadFile
from bot.library import BadLibrary
from bot.organisation import BadOrganisation
from bot.settings import BadSettings, Settings
from bot.texts import LANGUAGES, BadWords

_UNUSABLE = 2
_INTERRUPTED = 130  # as shells tell it

# Parts are imported by the command that needs them, so each starts fast.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what cannot be used is told in one line, with exit code 2."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain about it while exiting.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _tells_what_to_do(error):
            raise
        sys.stderr.write(f"polis: {error}\n")
        return _UNUSABLE


def _tells_what_to_do(error: Exception) -> bool:
    """Tell whether the message is a sentence for whoever runs the program."""
    from storage.errors import StorageError

    told = BadSettings | StorageError | BadOrganisation | BadLibrary | BadWords | BadFile
    return isinstance(error, told)


def _settings() -> Settings:
    """Read the settings; a newcomer, who has named no database, gets the folder for one."""
    settings = read_settings(os.environ)
    if settings.database_url == Settings().database_url:
        with contextlib.suppress(OSError):  # opening the database tells it better
            Path("var").mkdir(exist_ok=True)
    return settings


def _serve(_options: argparse.Namespace) -> int:
    gc.disable()  # a start makes nothing but what stays; `serve` turns it on again
    from bot.app import serve

    asyncio.run(serve(_settings()))
    return 0


def _chat(options: argparse.Namespace) -> int:
    from bot.chat import chat

    _forgive(sys.stdin)
    try:
        asyncio.run(chat(options.lang, repro=options.repro))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    return 0


def _forgive(lines: TextIO) -> None:
    """Read on past bytes that are no text."""
    if isinstance(lines, TextIOWrapper):
        lines.reconfigure(errors="replace")


def _ask(options: argparse.Namespace) -> int:
    from bot.ask import ask

    _forgive(sys.stdin)
    for answer in ask(sys.stdin, options.lang):
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.check import check

    faults = check(options.today)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(faults)} faults\n" if faults else "everything is in order\n")
    return 1 if faults else 0


def _migrate(options: argparse.Namespace) -> int:
    from storage.db import migrate

    asyncio.run(migrate(_settings().database_url, options.revision))
    return 0


def _rehearse(options: argparse.Namespace) -> int:
    from bot.rehearsing.command import run

    return asyncio.run(run(_settings(), options.first, options.last, options.person))


def _import_insured(options: argparse.Namespace) -> int:
    from bot.importing.command import run

    return asyncio.run(run(options.file, _settings()))


def _staff(options: argparse.Namespace) -> int:
    from bot.desk.command import run

    return asyncio.run(run(options, _settings()))


def _notice(options: argparse.Namespace) -> int:
    from bot.notices.command import run

    return asyncio.run(run(options, _settings(), Path(options.file)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the channels of POLIS_CHANNELS")
    serve.set_defaults(command=_serve)

    chat = commands.add_parser("chat", help="talk to the assistant in this terminal")
    chat.add_argument("--lang", choices=LANGUAGES, default="ru")
    chat.add_argument("--repro", action="store_true", help="print the transcript at the end")
    chat.set_defaults(command=_chat)

    ask = commands.add_parser("ask", help="tell the topic of each line of standard input, as JSON")
    ask.add_argument("--lang", choices=LANGUAGES, default="ru")
    ask.set_defaults(command=_ask)

    check = commands.add_parser("check", help="verify the words, answers and facts of locales/")
    check.add_argument("--today", type=date.fromisoformat, help="as of another day, YYYY-MM-DD")
    check.set_defaults(command=_check)

    migrate = commands.add_parser("migrate", help="bring the database's tables up to date")
    migrate.add_argument("revision", nargs="?", default="head")
    migrate.set_defaults(command=_migrate)

    rehearse = commands.add_parser(
        "rehearse", help="print what will be said unasked in the days to come; nothing is sent"
    )
    rehearse.add_argument(
        "--from", dest="first", type=date.fromisoformat, required=True, metavar="DATE"
    )
    rehearse.add_argument(
        "--to", dest="last", type=date.fromisoformat, required=True, metavar="DATE"
    )
    rehearse.add_argument(
        "--person", default="", help="one conversation, channel:address, or one ЕНП"
    )
    rehearse.set_defaults(command=_rehearse)

    importing = commands.add_parser(
        "import-insured", help="fill the register from a file: CSV or JSON Lines, UTF-8 or cp1251"
    )
    importing.add_argument("file", type=Path)
    importing.set_defaults(command=_import_insured)

    from bot.notices import arguments as notices

    notices.describe(commands).set_defaults(command=_notice)

    from bot.desk.arguments import describe

    describe(commands).set_defaults(command=_staff)
    return parser


if __name__ == "__main__":
    sys.exit(main())
