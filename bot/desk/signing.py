"""Signing in and out: password, then the code of the second factor or a recovery code."""

import math
import re
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol
from urllib.parse import quote

from aiohttp import web

from bot.desk import factor
from bot.desk.dispatch import Refused, set_token
from bot.desk.passwords import TooMany
from bot.desk.route import Route
from bot.desk.staying import begun, next_step
from bot.desk.visit import Visit
from storage.staff import Staff
from storage.staff_sessions import Stage

_OURS: Final = re.compile(r"/desk(/[\w\-.~/?=&%]*)?", re.ASCII)
_LONGEST_LOGIN: Final = 64
_TOO_EARLY: Final = 429


class _Asking(Protocol):
    """Writes a page that asks for something, perhaps once more."""

    def __call__(
        self, visit: Visit, *, problem: str = "", minutes: int = 0, status: int = 200
    ) -> web.Response: ...


async def form(visit: Visit) -> web.StreamResponse:
    """Ask for login and password; whoever is on the way in goes on there."""
    if visit.session is not None:
        return visit.back(next_step(visit))
    return _door(visit)


async def sign_in(visit: Visit) -> web.StreamResponse:
    """Check login and password, answering alike whether there is such a login or not."""
    login = visit.form.get("login", "").strip().casefold()[:_LONGEST_LOGIN]
    places = {"login": login, "address": visit.address}
    wait = await visit.desk.lockout.wait(places, visit.now)
    if wait:
        return _too_early(visit, _door, wait)
    async with visit.desk.store.look() as look:
        staff = await look.staff_by_login(login)
    able = staff if staff and _may_enter(visit, staff) else None
    try:
        password = visit.form.get("password", "")
        right = await visit.desk.passwords.fits(able.password if able else None, password)
    except TooMany:
        raise Refused(503, "too_many") from None
    if able is None or not right:
        await _note_refusal(visit, login if staff else "")
        return _door(visit, problem="wrong", status=403)
    await visit.desk.lockout.forgive(places, visit.now)
    if visit.desk.passwords.is_dated(able.password):
        await _digest_anew(visit, able, password)
    enrolled = able.second_factor is not None and not able.must_renew
    return await enter(visit, able, "code" if enrolled else "enrol")


async def ask_code(visit: Visit) -> web.StreamResponse:
    """Ask for a one-time code."""
    if _is_elsewhere(visit):
        return visit.back(next_step(visit))
    return _code_page(visit)


async def check_code(visit: Visit) -> web.StreamResponse:
    """Check a one-time code, or a recovery code in its place."""
    if _is_elsewhere(visit):
        return visit.back(next_step(visit))
    places = {"code": visit.staff.login, "address": visit.address}
    wait = await visit.desk.lockout.wait(places, visit.now)
    if wait:
        return _too_early(visit, _code_page, wait)
    typed = visit.form.get("code", "").strip()[:_LONGEST_LOGIN]
    if not (await _is_code(visit, typed) or await _is_recovery(visit, typed)):
        async with visit.desk.store.work() as work:
            await visit.journal(work, "code_refused")
        return _code_page(visit, problem="wrong", status=403)
    await visit.desk.lockout.forgive(places, visit.now)
    return await enter(visit, visit.staff, "full")


async def sign_out(visit: Visit) -> web.StreamResponse:
    """End this sign-in."""
    if visit.session is not None:
        async with visit.desk.store.work() as work:
            await work.leave_session(visit.session.digest)
            await visit.journal(work, "signed_out")
    response = visit.back("/desk/signin", done="signed_out")
    set_token(visit, response, visit.desk.tokens.draw())
    return response


async def enter(visit: Visit, staff: Staff, stage: Stage) -> web.Response:
    """Go one stage further under a new token; the one before ends, whoever else may know it."""
    token = visit.desk.tokens.draw()
    session = begun(visit, token, staff.id, stage)
    inside = replace(visit, session=session, who=staff)
    async with visit.desk.store.work() as work:
        if visit.session is not None:
            await work.leave_session(visit.session.digest)
        await work.open_session(session)
        if stage == "full":
            fresh = await work.staff_for_change(staff.id)
            if fresh is not None:
                await work.keep_staff(replace(fresh, seen_at=visit.now))
            await inside.journal(work, "signed_in", about=f"address:{visit.address or 'here'}")
    there = wished(visit)
    step = next_step(inside)
    response = visit.back((there or step) if stage == "full" else f"{step}{_carried(there)}")
    set_token(visit, response, token)
    return response


def wished(visit: Visit) -> str:
    """Read where somebody wanted to go, if that is a page of the desk."""
    where = visit.form.get("next", "") or visit.query.get("next", "")
    return where if _OURS.fullmatch(where) and "//" not in where else ""


def _carried(there: str) -> str:
    return f"?next={quote(there)}" if there else ""


def _may_enter(visit: Visit, staff: Staff) -> bool:
    return not staff.is_disabled and (visit.desk.is_demo or not staff.is_demo)


def _is_elsewhere(visit: Visit) -> bool:
    return visit.session is None or visit.session.stage != "code"


async def _is_code(visit: Visit, typed: str) -> bool:
    """Check a code and take its time step away in one transaction, so that it serves once."""
    async with visit.desk.store.work() as work:
        staff = await work.staff_for_change(visit.staff.id)
        if staff is None or staff.second_factor is None:
            return False
        secret = visit.desk.seal.open(staff.second_factor, f"factor:{staff.id}").decode()
        step = factor.step_of(secret, typed, visit.now, staff.last_step)
        if step is None:
            return False
        await work.keep_staff(replace(staff, last_step=step))
        return True


async def _is_recovery(visit: Visit, typed: str) -> bool:
    digest = visit.desk.tokens.recovery(visit.staff.id, typed)
    async with visit.desk.store.work() as work:
        spent = await work.spend_recovery(visit.staff.id, digest)
        if spent:
            await visit.journal(work, "recovery_used")
        return spent


async def _digest_anew(visit: Visit, staff: Staff, password: str) -> None:
    digest = await visit.desk.passwords.digest(password)
    async with visit.desk.store.work() as work:
        fresh = await work.staff_for_change(staff.id)
        if fresh is not None and fresh.password == staff.password:
            await work.keep_staff(replace(fresh, password=digest))


async def _note_refusal(visit: Visit, login: str) -> None:
    """Journal a wrong password; what was typed for a login that nobody has is not written down."""
    async with visit.desk.store.work() as work:
        about = f"address:{visit.address or 'here'}"
        entry = (login or "?", "sign_in_refused", about, "")
        await work.write_journal(visit.desk.chain, [entry], visit.now)


def _door(visit: Visit, *, problem: str = "", minutes: int = 0, status: int = 200) -> web.Response:
    return visit.page(
        "signin.html.j2",
        status=status,
        problem=problem,
        minutes=minutes,
        next=wished(visit),
        login=visit.form.get("login", "")[:_LONGEST_LOGIN],
    )


def _code_page(
    visit: Visit, *, problem: str = "", minutes: int = 0, status: int = 200
) -> web.Response:
    return visit.page(
        "code.html.j2", status=status, problem=problem, minutes=minutes, next=wished(visit)
    )


def _too_early(visit: Visit, page: _Asking, wait: timedelta) -> web.Response:
    minutes = math.ceil(wait.total_seconds() / 60)
    response = page(visit, problem="paused", minutes=minutes, status=_TOO_EARLY)
    response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


ROUTES: Final = (
    Route("GET", "/desk/signin", "open", form),
    Route("POST", "/desk/signin", "open", sign_in),
    Route("GET", "/desk/signin/code", "threshold", ask_code),
    Route("POST", "/desk/signin/code", "threshold", check_code),
    Route("POST", "/desk/signout", "open", sign_out),
)
