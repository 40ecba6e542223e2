"""How long a sign-in lasts, and where it leads while it is not complete."""

from datetime import datetime, timedelta
from typing import Final

from bot.desk.visit import Visit
from storage.staff_sessions import StaffSession, Stage

IDLE: Final = timedelta(minutes=30)
"""Whoever leaves the desk is signed out; open pages that ask by themselves do not count."""

WHOLE: Final = timedelta(hours=12)
"""One working day; then the password is asked for again, however busy somebody is."""

THRESHOLD: Final = timedelta(minutes=15)
"""For the second factor, or for enrolling one."""

NOTED: Final = timedelta(minutes=1)
"""How exactly the last sign of life is kept."""

_LONGEST_BROWSER: Final = 200


def is_over(session: StaffSession, now: datetime) -> bool:
    """Tell whether a sign-in has ended by itself."""
    if session.stage != "full":
        return now - session.started_at >= THRESHOLD
    return now - session.seen_at >= IDLE or now - session.started_at >= WHOLE


def begun(visit: Visit, token: str, staff_id: int, stage: Stage) -> StaffSession:
    """Make a sign-in out of a visit, under a token that no browser has had before."""
    browser = visit.request.headers.get("User-Agent", "")[:_LONGEST_BROWSER]
    digest = visit.desk.tokens.digest(token)
    return StaffSession(0, digest, staff_id, stage, visit.now, visit.now, visit.address, browser)


def next_step(visit: Visit) -> str:
    """Tell which page comes next on the way in."""
    if visit.session is None:
        return "/desk/signin"
    match visit.session.stage:
        case "code":
            return "/desk/signin/code"
        case "enrol":
            return "/desk/enrol/password" if visit.staff.must_renew else "/desk/enrol/factor"
        case "full":
            return "/desk"


def cookie_name(*, https: bool) -> str:
    """Name the cookie; the prefix makes browsers refuse it from a neighbouring host."""
    return "__Host-polis_desk" if https else "polis_desk"
