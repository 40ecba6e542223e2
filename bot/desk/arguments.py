"""What `python -m bot staff` is told; apart from the deeds, so that other commands start fast."""

import argparse
from typing import Any, Final

_DEEDS: Final = (
    ("add", "add an account and print its one-time password"),
    ("change", "give other roles and regions in the place of those there are"),
    ("reset", "take password, second factor and sign-ins away; print a new password"),
    ("disable", "let somebody in no more; what they did stays"),
    ("enable", "let somebody in again"),
)
_TELEGRAM: Final = "name somebody's Telegram user: their words in the forum reach citizens"
_ROLES: Final = "representative, operator, supervisor or administrator; may be repeated"
_REGIONS: Final = "two digits, «all» or «unknown»; may be repeated; without one nobody is seen"


def describe(commands: Any) -> argparse.ArgumentParser:
    """Describe the deeds to the parser of the program."""
    staff: argparse.ArgumentParser = commands.add_parser(
        "staff", help="add, list, change, reset, disable accounts of the desk"
    )
    deeds = staff.add_subparsers(required=True, metavar="DEED", dest="deed")
    deeds.add_parser("list", help="list all accounts with their roles and regions")
    deeds.add_parser("verify-journal", help="follow the chain of the journal to its end")
    naming = deeds.add_parser("telegram", help=_TELEGRAM, description=_TELEGRAM)
    naming.add_argument("login", help="small Latin letters and digits")
    naming.add_argument("telegram", metavar="ID", help="number of the Telegram user, or none")
    for name, about in _DEEDS:
        deed = deeds.add_parser(name, help=about, description=about)
        deed.add_argument("login", help="small Latin letters and digits")
        if name in ("add", "change"):
            deed.add_argument("--role", action="append", default=[], help=_ROLES)
            deed.add_argument("--region", action="append", default=[], help=_REGIONS)
        if name == "add":
            deed.add_argument("--name", default="", help="as citizens and colleagues see it")
    return staff
