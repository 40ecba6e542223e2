"""The arguments of `python -m bot notice`; apart, for they are read at every start."""

import argparse
from typing import Any


def describe(commands: Any) -> argparse.ArgumentParser:
    """Describe the command and its arguments."""
    notice: argparse.ArgumentParser = commands.add_parser(
        "notice", help="send a notice that stands in a file; the running server sends it"
    )
    deeds = notice.add_subparsers(required=True, metavar="DEED")
    send = deeds.add_parser("send", help="count its recipients, or send it")
    send.add_argument("file", help="TOML, see docs/notices.md")
    how = send.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="say who would get it; send nothing")
    how.add_argument("--yes", action="store_true", help="send it, and wait for its end")
    return notice
