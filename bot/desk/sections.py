"""The sections of the desk, as the head of every page and the start page list them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.desk.permissions import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """One section: texts ``desk.section.<name>`` and ``….about``; ``key`` follows a «g»."""

    name: str
    path: str
    needs: Permission
    key: str
    icon: str

    @property
    def title(self) -> str:
        """Return the key of its name."""
        return f"desk.section.{self.name}"


SECTIONS: Final = (
    Section("talks", "/desk/talks", "dialog.view", "q", "chat"),
    Section("applications", "/desk/applications", "application.view", "z", "text"),
    Section("search", "/desk/search", "person.search", "f", "search"),
    Section("replies", "/desk/replies", "reply.use", "r", "sheet"),
    Section("now", "/desk/now", "dialog.supervise", "n", "eye"),
    Section("notices", "/desk/notices", "notice.view", "b", "send"),
    Section("statistics", "/desk/statistics", "statistics.view", "t", "plot"),
    Section("questions", "/desk/questions", "question.sort", "u", "question"),
    Section("faults", "/desk/faults", "fault.retry", "e", "alert"),
    Section("staff", "/desk/staff", "staff.manage", "s", "people"),
    Section("journal", "/desk/journal", "journal.view", "j", "book"),
    Section("account", "/desk/account", "account", "a", "person"),
)
"""In the order of the day's work."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as a page shows it."""

    section: Section
    is_here: bool


def sections_of(may: Callable[[Permission], bool], path: str) -> list[Shown]:
    """List the sections that somebody may enter; one of them may be where they are."""
    return [
        Shown(one, path == one.path or path.startswith(f"{one.path}/"))
        for one in SECTIONS
        if may(one.needs)
    ]
