"""«Мои сроки»: everything that runs, and what has ended, each with its buttons."""

from datetime import timedelta

from dialogs import decency
from dialogs.duties import telling
from dialogs.duties.duty import Duty
from dialogs.duties.meanings import OnDuty, Report, ToZones
from dialogs.effects import Button, Data, Say
from dialogs.meanings import ToMenu
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

_BUTTONS = 6  # with the three below them no more than the longest list a messenger takes
_SOON = timedelta(days=366)


def deadlines(session: Session, world: World) -> Turn:
    """List the duties, those that run first."""
    words = world.words[session.language]
    shown = sorted(near(session, world), key=lambda one: (not one.is_running, one.since))
    if not shown:
        ways = (*_ways(words), button(ToMenu(), words("button.menu")))
        return Turn(session, (say(words, "duty.none", *ways),))
    lines = [words("duty.list"), ""]
    lines += [f"• {telling.line(session, one, world)}" for one in shown]
    details = [
        button(OnDuty(one.number, "show"), telling.label(one, session, world))
        for one in shown
        if one.state != "done"
    ]
    buttons = (*details[:_BUTTONS], *_ways(words), button(ToMenu(), words("button.menu")))
    data: Data = "personal" if any(one.insured for one in shown) else "general"
    return Turn(session, (Say("\n".join(lines), buttons, data=data),))


def runs(session: Session, world: World) -> bool:
    """Tell whether there is anything to list that runs."""
    return any(one.is_running for one in near(session, world))


def near(session: Session, world: World) -> list[Duty]:
    """Leave out what is years ahead, such as the passport's next birthday."""
    horizon = decency.day_there(session, world) + _SOON
    return [one for one in session.duties if one.since <= horizon]


def _ways(words: Words) -> tuple[Button, ...]:
    return (
        button(Report(), words("button.report")),
        button(ToZones(), words("button.zone")),
    )
