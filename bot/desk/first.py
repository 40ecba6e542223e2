"""The first people of the desk: an administrator, or in a demonstration one of each role."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.desk import factor
from bot.desk.desk import Desk
from bot.desk.permissions import EVERYWHERE, ROLES, Role
from bot.desk.tokens import draw_password
from storage.staff import Staff

FIRST: Final = "admin"
_BY_PROGRAM: Final = "program"  # whom the journal names when no person did it


async def first_people(desk: Desk, address: str) -> Sequence[str]:
    """Make whoever is missing; return the lines that whoever starts the program is told."""
    if desk.is_demo:
        return await _demonstration(desk, address)
    async with desk.store.look() as look:
        if await look.has_staff():
            return ()
    password = draw_password()
    first = await new_staff(desk, FIRST, FIRST, ("administrator",), (), password)
    async with desk.store.work() as work:
        await work.keep_staff(first)
        entry = (_BY_PROGRAM, "staff_added", f"staff:{FIRST}", "")
        await work.write_journal(desk.chain, [entry], desk.clock())
    return (
        f"The desk: {address}/desk",
        f"Its first administrator signs in as {FIRST} with the one-time password {password}",
        "which is shown this once; `python -m bot staff reset admin` makes another.",
    )


async def new_staff(
    desk: Desk,
    login: str,
    name: str,
    roles: tuple[str, ...],
    regions: tuple[str, ...],
    password: str,
) -> Staff:
    """Make an account, not yet kept, whose password serves once."""
    digest = await desk.passwords.digest(password)
    return Staff(0, login, name, roles, regions, digest, desk.clock())


async def _demonstration(desk: Desk, address: str) -> Sequence[str]:
    """Give each role an account with a new password; their codes show on the inbox's page."""
    password = draw_password()
    digest = await desk.passwords.digest(password)
    logins = [await _demo_staff(desk, role, digest) for role in ROLES]
    return (
        f"The desk: {address}/desk. DEMONSTRATION, anew at each start: sign in as",
        f"  {', '.join(logins)}",
        f"  with the password {password} and the code shown on {address}/demo/inbox",
    )


async def _demo_staff(desk: Desk, role: Role, digest: str) -> str:
    login = f"demo-{role}"
    name = desk.words["ru"](f"desk.demo.{role}")
    async with desk.store.look() as look:
        known = await look.staff_by_login(login)
    async with desk.store.work() as work:
        if known is None:
            fresh = Staff(0, login, name, (role,), (EVERYWHERE,), digest, desk.clock())
            number = await work.keep_staff(replace(fresh, is_demo=True, must_renew=False))
            known = replace(fresh, id=number, is_demo=True, must_renew=False)
        secret = known.second_factor or desk.seal.seal(factor.draw().encode(), f"factor:{known.id}")
        await work.keep_staff(replace(known, password=digest, second_factor=secret))
    return login


async def demo_codes(desk: Desk) -> Sequence[tuple[str, str]]:
    """List the accounts of the demonstration with the codes of this moment."""
    codes = []
    for role in ROLES:
        async with desk.store.look() as look:
            staff = await look.staff_by_login(f"demo-{role}")
        if staff and staff.is_demo and staff.second_factor:
            secret = desk.seal.open(staff.second_factor, f"factor:{staff.id}").decode()
            codes.append((staff.login, factor.code_at(secret, desk.clock())))
    return codes
