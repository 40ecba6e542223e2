"""Staff, as an administrator cares for them: accounts, roles, regions, resets."""

import re
from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.desk.deeds import Deed
from bot.desk.dispatch import Refused
from bot.desk.first import new_staff
from bot.desk.permissions import EVERYWHERE, ROLES, UNKNOWN, role_key
from bot.desk.route import Route
from bot.desk.tokens import draw_password
from bot.desk.visit import Visit
from storage.staff import Staff

LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.ASCII)
_LONGEST_NAME: Final = 80
_PAGE: Final = 50
_MOST_SESSIONS: Final = 50


async def show_all(visit: Visit) -> web.StreamResponse:
    """List accounts in the order of logins."""
    after = visit.query.get("after", "")
    async with visit.desk.store.look() as look:
        people = await look.staff_page(after, _PAGE + 1)
    more = f"/desk/staff?after={people[_PAGE - 1].login}" if len(people) > _PAGE else ""
    return visit.page("staff.html.j2", people=people[:_PAGE], more=more)


async def show(visit: Visit) -> web.StreamResponse:
    """Show one account."""
    return await _page(visit, await _staff(visit))


async def ask_new(visit: Visit) -> web.StreamResponse:
    """Ask for what a new account needs."""
    return _new_page(visit)


async def add(visit: Visit) -> web.StreamResponse:
    """Add an account, and show its one-time password this once."""
    login = visit.form.get("login", "").strip().casefold()
    name = _name(visit)
    if not LOGIN.fullmatch(login):
        return _new_page(visit, wrong_login=visit.words("desk.staff.wrong_login"))
    if not name:
        return _new_page(visit, wrong_name=visit.words("desk.staff.wrong_name"))
    async with visit.desk.store.look() as look:
        if await look.staff_by_login(login):
            return _new_page(visit, wrong_login=visit.words("desk.staff.taken"))
    password = draw_password()
    made = await new_staff(visit.desk, login, name, _roles(visit), _regions(visit), password)
    async with visit.desk.store.work() as work:
        number = await work.keep_staff(made)
        await visit.journal(work, "staff_added", f"staff:{login}", _rights(made))
    return await _page(visit, replace(made, id=number), password=password)


async def change(visit: Visit) -> web.StreamResponse:
    """Change name, roles and regions."""
    staff, name = await _staff(visit), _name(visit)
    if not name:
        return await _page(visit, staff, wrong_name=visit.words("desk.staff.wrong_name"))
    roles = _roles(visit)
    if staff.id == visit.staff.id and "administrator" not in roles:
        return await _page(visit, staff, wrong_roles=visit.words("desk.staff.yourself"))
    async with visit.desk.store.work() as work:
        fresh = await work.staff_for_change(staff.id)
        if fresh is None:
            raise Refused(404, "missing")
        changed = replace(fresh, name=name, roles=roles, regions=_regions(visit))
        await work.keep_staff(changed)
        await visit.journal(work, "staff_changed", f"staff:{staff.login}", _rights(changed))
    return visit.back(f"/desk/staff/{staff.id}", done="saved")


async def reset(visit: Visit) -> web.StreamResponse:
    """Take password, second factor and sign-ins away; show a new one-time password this once."""
    staff, password = await _staff(visit), draw_password()
    if staff.id == visit.staff.id:
        return await _page(visit, staff, wrong_roles=visit.words("desk.staff.yourself"))
    digest = await visit.desk.passwords.digest(password)
    async with visit.desk.store.work() as work:
        fresh = await work.staff_for_change(staff.id)
        if fresh is None:
            raise Refused(404, "missing")
        changed = replace(fresh, password=digest, must_renew=True, second_factor=None)
        await work.keep_staff(changed)
        await work.put_recovery(staff.id, ())
        await work.end_sessions(staff.id)
        await visit.journal(work, "staff_reset", f"staff:{staff.login}")
    return await _page(visit, changed, password=password)


async def disable(visit: Visit) -> web.StreamResponse:
    """Let somebody in no more; what they have done stays."""
    return await _able(visit, is_disabled=True)


async def enable(visit: Visit) -> web.StreamResponse:
    """Let somebody in again."""
    return await _able(visit, is_disabled=False)


async def end_session(visit: Visit) -> web.StreamResponse:
    """End one sign-in of somebody."""
    staff = await _staff(visit)
    async with visit.desk.store.work() as work:
        if not await work.end_session(staff.id, int(visit.at["session"])):
            raise Refused(404, "missing")
        await visit.journal(work, "session_ended", f"staff:{staff.login}")
    return visit.back(f"/desk/staff/{staff.id}", done="ended")


async def _able(visit: Visit, *, is_disabled: bool) -> web.Response:
    staff = await _staff(visit)
    if staff.id == visit.staff.id:
        return await _page(visit, staff, wrong_roles=visit.words("desk.staff.yourself"))
    async with visit.desk.store.work() as work:
        fresh = await work.staff_for_change(staff.id)
        if fresh is None:
            raise Refused(404, "missing")
        await work.keep_staff(replace(fresh, is_disabled=is_disabled))
        if is_disabled:
            await work.end_sessions(staff.id)
        deed: Deed = "staff_disabled" if is_disabled else "staff_enabled"
        await visit.journal(work, deed, f"staff:{staff.login}")
    done = "disabled" if is_disabled else "enabled"
    return visit.back(f"/desk/staff/{staff.id}", done=done)


async def _staff(visit: Visit) -> Staff:
    async with visit.desk.store.look() as look:
        staff = await look.staff(int(visit.at["id"]))
    if staff is None:
        raise Refused(404, "missing")
    return staff


def _name(visit: Visit) -> str:
    return " ".join(visit.form.get("name", "").split())[:_LONGEST_NAME]


def _roles(visit: Visit) -> tuple[str, ...]:
    given = visit.form.getall("role", [])
    return tuple(role for role in ROLES if role in given)


def _regions(visit: Visit) -> tuple[str, ...]:
    """Read regions; what is no region is left out, so a mistake shows less, never more."""
    given = visit.form.getall("region", [])
    known = (EVERYWHERE, UNKNOWN, *visit.desk.regions)
    return tuple(region for region in known if region in given)


def _rights(staff: Staff) -> str:
    return f"{' '.join(staff.roles) or '-'}; {' '.join(staff.regions) or '-'}"


def _new_page(visit: Visit, *, wrong_login: str = "", wrong_name: str = "") -> web.Response:
    return visit.page(
        "staff_new.html.j2",
        status=400 if wrong_login or wrong_name else 200,
        login=visit.form.get("login", ""),
        name=visit.form.get("name", ""),
        roles=_roles(visit),
        regions=_regions(visit),
        wrong_login=wrong_login,
        wrong_name=wrong_name,
        **_choices(visit),
    )


async def _page(
    visit: Visit, staff: Staff, *, password: str = "", wrong_name: str = "", wrong_roles: str = ""
) -> web.Response:
    async with visit.desk.store.look() as look:
        sessions = await look.sessions_of(staff.id, _MOST_SESSIONS)
    return visit.page(
        "staff_one.html.j2",
        status=400 if wrong_name or wrong_roles else 200,
        person=staff,
        sessions=sessions,
        password=password,
        wrong_name=wrong_name,
        wrong_roles=wrong_roles,
        **_choices(visit),
    )


def _choices(visit: Visit) -> dict[str, object]:
    words = visit.words
    return {
        "role_choices": [
            (role, words(role_key(role)), words(f"{role_key(role)}.about")) for role in ROLES
        ],
        "region_choices": [
            (EVERYWHERE, words("desk.region.all"), ""),
            (UNKNOWN, words("desk.region.unknown"), words("desk.region.unknown.about")),
            *((code, visit.desk.region_name(code, words), code) for code in visit.desk.regions),
        ],
    }


_ID: Final = r"{id:\d{1,15}}"

ROUTES: Final = (
    Route("GET", "/desk/staff", "staff.manage", show_all),
    Route("GET", "/desk/staff/new", "staff.manage", ask_new),
    Route("POST", "/desk/staff", "staff.manage", add),
    Route("GET", f"/desk/staff/{_ID}", "staff.manage", show),
    Route("POST", f"/desk/staff/{_ID}", "staff.manage", change),
    Route("POST", f"/desk/staff/{_ID}/reset", "staff.manage", reset),
    Route("POST", f"/desk/staff/{_ID}/disable", "staff.manage", disable),
    Route("POST", f"/desk/staff/{_ID}/enable", "staff.manage", enable),
    Route(
        "POST",
        rf"/desk/staff/{_ID}/sessions/{{session:\d{{1,15}}}}/end",
        "staff.manage",
        end_session,
    ),
)
