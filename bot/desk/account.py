"""One's own account: password, second factor, and where one is signed in."""

from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.desk import factor
from bot.desk.dispatch import Refused, set_token
from bot.desk.enrolling import (
    RECOVERY_CODES,
    enrol,
    factor_page,
    new_password_problem,
    offered_secret,
)
from bot.desk.route import Route
from bot.desk.staying import begun
from bot.desk.tokens import draw_recovery
from bot.desk.visit import Visit

_MOST_SESSIONS: Final = 50


async def show(visit: Visit) -> web.StreamResponse:
    """Show the account and its sign-ins."""
    return await _page(visit)


async def change_password(visit: Visit) -> web.StreamResponse:
    """Change the password and sign out everywhere else, whoever may know the old one."""
    if not await _knows_password(visit):
        return await _page(visit, wrong_now=visit.words("desk.password.problem.wrong"))
    problem = await new_password_problem(visit)
    if problem:
        return await _page(visit, wrong_new=problem)
    digest = await visit.desk.passwords.digest(visit.form["password"])
    token = visit.desk.tokens.draw()
    async with visit.desk.store.work() as work:
        staff = await work.staff_for_change(visit.staff.id)
        if staff is None:
            raise Refused(404, "missing")
        await work.keep_staff(replace(staff, password=digest))
        await work.end_sessions(staff.id)
        await work.open_session(begun(visit, token, staff.id, "full"))
        await visit.journal(work, "password_changed")
    response = visit.back("/desk/account", done="password")
    set_token(visit, response, token)
    return response


async def _knows_password(visit: Visit) -> bool:
    """Ask for the password again: an open page must not be enough. Guesses are counted."""
    places = {"login": visit.staff.login, "address": visit.address}
    if await visit.desk.lockout.wait(places, visit.now):
        raise Refused(429, "too_many")
    now = visit.form.get("now", "")
    if not await visit.desk.passwords.fits(visit.staff.password, now):
        return False
    await visit.desk.lockout.forgive(places, visit.now)
    return True


async def ask_factor(visit: Visit) -> web.StreamResponse:
    """Show a new second factor, which takes the place of the old one when confirmed."""
    return factor_page(visit, await offered_secret(visit))


async def take_factor(visit: Visit) -> web.StreamResponse:
    """Take a new second factor, for whoever still knows the password."""
    secret = await offered_secret(visit)
    if not await _knows_password(visit):
        return factor_page(visit, secret, wrong_now=True, status=400)
    step = factor.step_of(secret, visit.form.get("code", ""), visit.now, 0)
    if step is None:
        return factor_page(visit, secret, problem="wrong", status=400)
    return await enrol(visit, secret, step)


async def renew_recovery(visit: Visit) -> web.StreamResponse:
    """Give new recovery codes in the place of all there were."""
    if not await _knows_password(visit):
        return await _page(visit, wrong_recovery=visit.words("desk.password.problem.wrong"))
    codes = [draw_recovery() for _ in range(RECOVERY_CODES)]
    async with visit.desk.store.work() as work:
        digests = [visit.desk.tokens.recovery(visit.staff.id, code) for code in codes]
        await work.put_recovery(visit.staff.id, digests)
        await visit.journal(work, "recovery_renewed")
    return visit.page("recovery.html.j2", codes=codes, next="/desk/account")


async def end_session(visit: Visit) -> web.StreamResponse:
    """End one sign-in of one's own; another person's is not found."""
    number = visit.at["id"]
    async with visit.desk.store.work() as work:
        if not await work.end_session(visit.staff.id, int(number)):
            raise Refused(404, "missing")
        await visit.journal(work, "session_ended", about=f"staff:{visit.staff.login}")
    return visit.back("/desk/account", done="ended")


async def end_others(visit: Visit) -> web.StreamResponse:
    """End all sign-ins of one's own but this one."""
    if visit.session is None:
        raise Refused(401, "signed_out")
    async with visit.desk.store.work() as work:
        await work.end_sessions(visit.staff.id, but=visit.session.digest)
        await visit.journal(work, "session_ended", about=f"staff:{visit.staff.login}")
    return visit.back("/desk/account", done="ended")


async def _page(
    visit: Visit, *, wrong_now: str = "", wrong_new: str = "", wrong_recovery: str = ""
) -> web.Response:
    async with visit.desk.store.look() as look:
        sessions = await look.sessions_of(visit.staff.id, _MOST_SESSIONS)
        left = await look.recovery_left(visit.staff.id)
    return visit.page(
        "account.html.j2",
        status=400 if wrong_now or wrong_new or wrong_recovery else 200,
        sessions=sessions,
        here_id=visit.session.id if visit.session else 0,
        left=left,
        wrong_now=wrong_now,
        wrong_new=wrong_new,
        wrong_recovery=wrong_recovery,
    )


ROUTES: Final = (
    Route("GET", "/desk/account", "account", show),
    Route("POST", "/desk/account/password", "account", change_password),
    Route("GET", "/desk/account/factor", "account", ask_factor),
    Route("POST", "/desk/account/factor", "account", take_factor),
    Route("POST", "/desk/account/recovery", "account", renew_recovery),
    Route("POST", r"/desk/account/sessions/{id:\d{1,15}}/end", "account", end_session),
    Route("POST", "/desk/account/sessions/end", "account", end_others),
)
