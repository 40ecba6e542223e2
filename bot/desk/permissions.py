"""Who may do what at the desk, in one table, and whose citizens they see."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from storage.staff import Staff

Role: TypeAlias = Literal["representative", "operator", "supervisor", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

Permission: TypeAlias = Literal[
    "account",
    "dialog.view",
    "dialog.lead",
    "dialog.supervise",
    "dialog.search",
    "application.view",
    "application.decide",
    "application.export",
    "personal.reveal",
    "person.search",
    "reply.use",
    "reply.share",
    "question.sort",
    "fault.retry",
    "statistics.view",
    "notice.view",
    "notice.write",
    "notice.approve",
    "staff.manage",
    "journal.view",
    "journal.export",
]

_LEADING: Final = frozenset[Role]({"representative", "supervisor"})

ALLOWED: Final[Mapping[Permission, frozenset[Role]]] = {
    "account": frozenset(ROLES),
    "dialog.view": _LEADING,
    "dialog.lead": _LEADING,
    "dialog.supervise": frozenset({"supervisor"}),
    "dialog.search": _LEADING,
    "application.view": _LEADING,
    "application.decide": _LEADING,
    "application.export": frozenset({"supervisor"}),
    "personal.reveal": _LEADING,
    "person.search": _LEADING,
    "reply.use": _LEADING,
    "reply.share": frozenset({"supervisor"}),
    "question.sort": frozenset({"representative", "supervisor", "administrator"}),
    "fault.retry": frozenset({"supervisor", "administrator"}),
    "statistics.view": frozenset({"supervisor", "administrator"}),
    "notice.view": frozenset({"operator", "supervisor"}),
    "notice.write": frozenset({"operator"}),
    "notice.approve": frozenset({"operator", "supervisor"}),
    "staff.manage": frozenset({"administrator"}),
    "journal.view": frozenset({"supervisor", "administrator"}),
    "journal.export": frozenset({"administrator"}),
}
"""An administrator cares for accounts and sees no citizen; whoever does both has two roles."""

ABOUT_CITIZENS: Final = frozenset[Permission](
    {
        "dialog.view",
        "dialog.lead",
        "dialog.supervise",
        "dialog.search",
        "application.view",
        "application.decide",
        "application.export",
        "personal.reveal",
        "person.search",
        "notice.view",
        "notice.write",
        "notice.approve",
    }
)
"""What concerns citizens, and so asks in which region they live."""

EVERYWHERE: Final = "all"
UNKNOWN: Final = "unknown"
"""Words in the place of a region's code: all of them; citizens whose region nobody knows."""


def may(staff: Staff, permission: Permission) -> bool:
    """Tell whether any role of somebody allows something."""
    return not ALLOWED[permission].isdisjoint(staff.roles)


def sees(staff: Staff, region: str) -> bool:
    """Tell whether somebody may see a citizen of a region, a two-digit code, empty if unknown.

    Fails closed: without regions of one's own nothing is seen.
    """
    return EVERYWHERE in staff.regions or (region or UNKNOWN) in staff.regions


def regions_of(staff: Staff) -> frozenset[str] | None:
    """List the regions that a query may show, "" for an unknown one; None means all of them."""
    if EVERYWHERE in staff.regions:
        return None
    return frozenset("" if region == UNKNOWN else region for region in staff.regions)


def permissions_of(roles: Iterable[str]) -> list[Permission]:
    """List what roles allow together, in the order of the table."""
    return [permission for permission, able in ALLOWED.items() if not able.isdisjoint(roles)]


def role_key(role: str) -> str:
    """Return the key of a role's name; ``….about`` tells what it is for."""
    return f"desk.role.{role}"
