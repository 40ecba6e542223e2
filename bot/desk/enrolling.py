"""The first sign-in: a password of one's own, a second factor, recovery codes."""

from dataclasses import replace
from typing import Final

from aiohttp import web
from markupsafe import Markup

from bot.desk import factor, passwords
from bot.desk.dispatch import Refused, set_token
from bot.desk.passwords import SHORTEST
from bot.desk.route import Route
from bot.desk.signing import wished
from bot.desk.staying import begun, next_step
from bot.desk.tokens import draw_recovery
from bot.desk.visit import Visit

RECOVERY_CODES: Final = 10


async def ask_password(visit: Visit) -> web.StreamResponse:
    """Ask for a password that nobody else knows."""
    if not visit.staff.must_renew or _is_elsewhere(visit):
        return visit.back(next_step(visit))
    return _password_page(visit)


async def take_password(visit: Visit) -> web.StreamResponse:
    """Take a password of one's own."""
    if not visit.staff.must_renew or _is_elsewhere(visit):
        return visit.back(next_step(visit))
    problem = await new_password_problem(visit)
    if problem:
        return _password_page(visit, problem=problem, status=400)
    digest = await visit.desk.passwords.digest(visit.form["password"])
    async with visit.desk.store.work() as work:
        staff = await work.staff_for_change(visit.staff.id)
        if staff is None:
            raise Refused(404, "missing")
        await work.keep_staff(replace(staff, password=digest, must_renew=False))
        await visit.journal(work, "password_changed")
    return visit.back("/desk/enrol/factor")


async def new_password_problem(visit: Visit) -> str:
    """Tell in words why the password of a form cannot be the new one; empty if it can."""
    password = visit.form.get("password", "")
    problem: str | None = passwords.problem(password, visit.staff.login)
    if problem is None and password != visit.form.get("again", ""):
        problem = "unlike"
    if problem is None and await visit.desk.passwords.fits(visit.staff.password, password):
        problem = "same"
    return visit.words(f"desk.password.problem.{problem}") if problem else ""


async def ask_factor(visit: Visit) -> web.StreamResponse:
    """Show the secret of a second factor, and ask for a code that proves it was taken over."""
    if _is_elsewhere(visit) or visit.staff.must_renew:
        return visit.back(next_step(visit))
    return factor_page(visit, await offered_secret(visit))


async def take_factor(visit: Visit) -> web.StreamResponse:
    """Take the second factor, give recovery codes, and let somebody in."""
    if _is_elsewhere(visit) or visit.staff.must_renew:
        return visit.back(next_step(visit))
    secret = await offered_secret(visit)
    places = {"code": visit.staff.login, "address": visit.address}
    if await visit.desk.lockout.wait(places, visit.now):
        raise Refused(429, "too_many")
    step = factor.step_of(secret, visit.form.get("code", ""), visit.now, 0)
    if step is None:
        return factor_page(visit, secret, problem="wrong", status=400)
    await visit.desk.lockout.forgive(places, visit.now)
    return await enrol(visit, secret, step)


async def enrol(visit: Visit, secret: str, step: int) -> web.StreamResponse:
    """Keep a second factor, sign in under a new token, and show the recovery codes this once."""
    codes = [draw_recovery() for _ in range(RECOVERY_CODES)]
    token = visit.desk.tokens.draw()
    session = begun(visit, token, visit.staff.id, "full")
    sealed = visit.desk.seal.seal(secret.encode(), f"factor:{visit.staff.id}")
    async with visit.desk.store.work() as work:
        staff = await work.staff_for_change(visit.staff.id)
        if staff is None or visit.session is None:
            raise Refused(404, "missing")
        enrolled = replace(staff, second_factor=sealed, last_step=step, seen_at=visit.now)
        await work.keep_staff(enrolled)
        digests = [visit.desk.tokens.recovery(staff.id, code) for code in codes]
        await work.put_recovery(staff.id, digests)
        await work.end_sessions(staff.id)
        await work.open_session(session)
        await visit.journal(work, "factor_enrolled")
    inside = replace(visit, token=token, session=session, who=enrolled)
    response = inside.page("recovery.html.j2", codes=codes, next=wished(visit) or "/desk")
    set_token(visit, response, token)
    return response


async def offered_secret(visit: Visit) -> str:
    """Find the secret that this sign-in was offered, or offer one; it stays the same on reload."""
    session = visit.session
    if session is None:
        raise Refused(401, "signed_out")
    label = f"offer:{session.staff_id}"
    if session.offered is not None:
        return visit.desk.seal.open(session.offered, label).decode()
    secret = factor.draw()
    async with visit.desk.store.work() as work:
        await work.offer_factor(session.digest, visit.desk.seal.seal(secret.encode(), label))
    return secret


def factor_page(
    visit: Visit, secret: str, *, problem: str = "", wrong_now: bool = False, status: int = 200
) -> web.Response:
    """Show a secret as a QR code and as letters to type."""
    issuer = visit.desk.brand(visit.words.language)
    drawn = factor.drawing(factor.address(secret, visit.staff.login, issuer))
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return visit.page(
        "factor.html.j2",
        status=status,
        qr=Markup(drawn),  # noqa: S704 — drawn by us, without anybody's words in clear
        secret=" ".join(groups),
        problem=problem,
        wrong_now=wrong_now,
        next=wished(visit),
    )


def _password_page(visit: Visit, *, problem: str = "", status: int = 200) -> web.Response:
    return visit.page(
        "password.html.j2", status=status, problem=problem, shortest=SHORTEST, next=wished(visit)
    )


def _is_elsewhere(visit: Visit) -> bool:
    return visit.session is None or visit.session.stage != "enrol"


ROUTES: Final = (
    Route("GET", "/desk/enrol/password", "threshold", ask_password),
    Route("POST", "/desk/enrol/password", "threshold", take_password),
    Route("GET", "/desk/enrol/factor", "threshold", ask_factor),
    Route("POST", "/desk/enrol/factor", "threshold", take_factor),
)
