"""`python -m bot staff …`: accounts from a terminal, for whoever runs the program."""

import argparse
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.assistant import utc_now
from bot.desk.chain import journal_chain, verify
from bot.desk.deeds import Deed
from bot.desk.passwords import Passwords
from bot.desk.permissions import EVERYWHERE, ROLES, UNKNOWN
from bot.desk.reading import number
from bot.desk.staffing import LOGIN
from bot.desk.tokens import draw_password
from bot.keeping import kept_secret
from bot.sealing import Seal
from bot.settings import BadSettings, Settings
from storage.db import Store
from storage.journal import Chain
from storage.staff import Staff
from storage.work import Work

_TERMINAL: Final = "terminal"
"""Whom the journal names for what was done here."""

_PAGE: Final = 100


class Terminal:
    """What the commands work on."""

    def __init__(self, store: Store, chain: Chain) -> None:
        self.store = store
        self.chain = chain
        self.passwords = Passwords()

    async def change(self, login: str, change: Callable[[Staff], Staff], deed: Deed) -> Staff:
        """Change an account and end its sign-ins; raises `BadSettings` when there is none."""
        async with self.store.look() as look:
            known = await look.staff_by_login(login.casefold())
        async with self.store.work() as work:
            staff = await work.staff_for_change(known.id) if known else None
            if staff is None:
                raise BadSettings(f"nobody has the login {login}; `staff list` tells who there is")
            changed = change(staff)
            await work.keep_staff(changed)
            if changed.second_factor is None:
                await work.put_recovery(changed.id, ())
            await work.end_sessions(changed.id)
            await self.journal(work, deed, changed)
        return changed

    async def journal(self, work: Work, deed: Deed, staff: Staff) -> None:
        """Write a deed down, with the rights that somebody has after it."""
        entry = (_TERMINAL, deed, f"staff:{staff.login}", _rights(staff))
        await work.write_journal(self.chain, [entry], utc_now())


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do one deed; raises `BadSettings` for what cannot be done."""
    store = await Store.open(settings.database_url)
    try:
        seal = Seal(settings.sealing_keys(await kept_secret(store)))
        terminal = Terminal(store, await journal_chain(store, seal))
        return await _DEEDS[options.deed](terminal, options)
    finally:
        await store.close()


async def _add(terminal: Terminal, options: argparse.Namespace) -> int:
    login = options.login.casefold()
    if not LOGIN.fullmatch(login):
        raise BadSettings("a login is a Latin letter, then letters, digits, dots, hyphens: 2 to 32")
    async with terminal.store.look() as look:
        if await look.staff_by_login(login):
            raise BadSettings(f"the login {login} is taken")
    password = draw_password()
    digest = await terminal.passwords.digest(password)
    name = " ".join(options.name.split()) or login
    made = Staff(0, login, name, _roles(options), _regions(options), digest, utc_now())
    async with terminal.store.work() as work:
        await work.keep_staff(made)
        await terminal.journal(work, "staff_added", made)
    _say(f"{login} signs in at /desk with the one-time password {password}")
    return 0


async def _list(terminal: Terminal, _options: argparse.Namespace) -> int:
    after = ""
    while True:
        async with terminal.store.look() as look:
            people = await look.staff_page(after, _PAGE)
        for one in people:
            state = "disabled" if one.is_disabled else "new" if one.must_renew else "active"
            forum = f"  (Telegram {one.telegram})" if one.telegram else ""
            _say(f"{one.login:<20} {state:<9} {_rights(one)}  {one.name}{forum}")
        if len(people) < _PAGE:
            return 0
        after = people[-1].login


async def _change(terminal: Terminal, options: argparse.Namespace) -> int:
    roles, regions = _roles(options), _regions(options)
    changed = await terminal.change(
        options.login,
        lambda staff: replace(staff, roles=roles, regions=regions),
        "staff_changed",
    )
    _say(f"{changed.login}: {_rights(changed)}")
    return 0


async def _reset(terminal: Terminal, options: argparse.Namespace) -> int:
    password = draw_password()
    digest = await terminal.passwords.digest(password)
    changed = await terminal.change(
        options.login,
        lambda staff: replace(staff, password=digest, must_renew=True, second_factor=None),
        "staff_reset",
    )
    _say(f"{changed.login} signs in with the one-time password {password}")
    return 0


async def _disable(terminal: Terminal, options: argparse.Namespace) -> int:
    changed = await terminal.change(
        options.login, lambda staff: replace(staff, is_disabled=True), "staff_disabled"
    )
    _say(f"{changed.login} is disabled")
    return 0


async def _enable(terminal: Terminal, options: argparse.Namespace) -> int:
    changed = await terminal.change(
        options.login, lambda staff: replace(staff, is_disabled=False), "staff_enabled"
    )
    _say(f"{changed.login} is enabled")
    return 0


async def _telegram(terminal: Terminal, options: argparse.Namespace) -> int:
    named = options.telegram
    telegram = None if named == "none" else number(named)
    if named != "none" and not telegram:
        raise BadSettings(f"{named} is no Telegram user: a number is meant, such as 123456789")
    async with terminal.store.look() as look:
        other = await look.staff_by_telegram(telegram) if telegram else None
    if other and other.login != options.login.casefold():
        raise BadSettings(f"the Telegram user {telegram} is named for {other.login} already")
    changed = await terminal.change(
        options.login, lambda staff: replace(staff, telegram=telegram), "staff_changed"
    )
    answers = "may answer in the forum" if telegram else "answers in the forum no more"
    _say(f"{changed.login} {answers}")
    return 0


async def _verify(terminal: Terminal, _options: argparse.Namespace) -> int:
    verdict = await verify(terminal.store, terminal.chain)
    if verdict.broken_at:
        _say(f"the journal is broken at line {verdict.broken_at}")
        return 1
    _say(f"the journal is whole: {verdict.lines} lines; note {verdict.lines}:{verdict.mac}")
    return 0


def _roles(options: argparse.Namespace) -> tuple[str, ...]:
    for role in options.role:
        if role not in ROLES:
            raise BadSettings(f"there is no role {role}, only {', '.join(ROLES)}")
    return tuple(role for role in ROLES if role in options.role)


def _regions(options: argparse.Namespace) -> tuple[str, ...]:
    for region in options.region:
        if region not in (EVERYWHERE, UNKNOWN) and not (len(region) == 2 and region.isdigit()):  # noqa: PLR2004
            raise BadSettings(f"{region} is no region: two digits, {EVERYWHERE} or {UNKNOWN}")
    return tuple(dict.fromkeys(options.region))


def _rights(staff: Staff) -> str:
    return f"{','.join(staff.roles) or '-'} {','.join(staff.regions) or '-'}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


_DEEDS: Final[Mapping[str, Callable[[Terminal, argparse.Namespace], Coroutine[Any, Any, int]]]] = {
    "add": _add,
    "list": _list,
    "change": _change,
    "reset": _reset,
    "disable": _disable,
    "enable": _enable,
    "telegram": _telegram,
    "verify-journal": _verify,
}
