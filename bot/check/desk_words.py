"""Keys of texts of the desk that follow from its tables."""

from collections.abc import Iterator
from typing import get_args

from bot.channels.base import Unfit
from bot.contradictions import KNOWN as CHANNELS
from bot.desk.applications.deciding import MOVES as DECIDING
from bot.desk.applications.entering import PARTS
from bot.desk.applications.listing import STATES as APPLICATION_STATES
from bot.desk.applications.listing import WHOSE
from bot.desk.deeds import DEEDS, deed_key
from bot.desk.health import STANDINGS
from bot.desk.notices import showing as notices
from bot.desk.notices.moving import DEEDS as NOTICE_DEEDS
from bot.desk.notices.moving import FRESH
from bot.desk.notices.pages import VIEWS as NOTICE_VIEWS
from bot.desk.now import ALARMS
from bot.desk.people.person import DECISIONS
from bot.desk.periods import DAYS
from bot.desk.permissions import ROLES, role_key
from bot.desk.purposes import PURPOSES, purpose_key
from bot.desk.questions import VIEWS as QUESTIONS
from bot.desk.sections import SECTIONS
from bot.desk.statistics import PARTED, UNDERSTOOD
from bot.desk.talks.moving import MOVES, PAUSES
from bot.desk.talks.queue import VIEWS
from bot.forum.trouble import KINDS as TROUBLES
from bot.notices.list_cells import BY
from bot.notices.list_cells import FAULTS as LIST_FAULTS
from bot.notices.list_file import UNFIT
from bot.notices.lists import NOBODY
from bot.retrying import TRIED
from bot.texts import LANGUAGES
from dialogs.effects import WonderedAs
from dialogs.insured import Role
from dialogs.lateness import USEFUL
from dialogs.lifecycle import Actor
from dialogs.message import Voice
from dialogs.names import Name
from dialogs.notices.content import KINDS
from dialogs.notices.states import ROWS, STATES
from dialogs.notices.states import Deed as NoticeMove
from dialogs.talk import State
from storage.deliveries import State as DeliveryState
from storage.identity import Happened


def required() -> Iterator[str]:
    """Compute what every language must have."""
    yield from map(deed_key, DEEDS)
    yield from map(purpose_key, PURPOSES)
    for role in ROLES:
        yield role_key(role)
        yield f"{role_key(role)}.about"
    for name in ALARMS:
        yield f"desk.now.alarm.{name}"
        yield f"desk.now.alarm.{name}.about"
    yield from (f"desk.now.channel.{standing}" for standing in STANDINGS)
    for kind in TROUBLES:
        yield f"desk.now.forum.{kind}"
        yield f"desk.now.forum.{kind}.about"
    yield from (f"desk.figures.period.{name}" for name in DAYS)
    yield from (f"desk.figures.outcome.{name}" for name in PARTED)
    yield from (f"desk.figures.questions.{kind}" for kind in UNDERSTOOD)
    yield from (f"desk.figures.missed.{kind}" for kind in USEFUL)
    for section in SECTIONS:
        yield section.title
        yield f"{section.title}.about"
    for channel in CHANNELS:
        yield f"desk.channel.{channel}"
    for language in LANGUAGES:
        yield f"desk.language.{language}"
    yield from _of_talks()
    yield from _of_people()
    yield from _of_notices()
    yield from _of_applications()
    yield from _of_leftovers()


def _of_talks() -> Iterator[str]:
    for view in VIEWS:
        yield f"desk.talks.view.{view}"
        yield f"desk.talks.none.{view}"
    for state in get_args(State):
        yield f"desk.talks.state.{state}"
        yield f"desk.talks.refused.{state}"
    for kind in ("question", "callback"):
        yield f"desk.talks.kind.{kind}"
    for norm in ("good", "warn", "alert"):
        yield f"desk.talks.norm.{norm}"
    for state in get_args(DeliveryState):
        yield f"desk.talks.tick.{state}"
    for role in get_args(Role):
        yield f"desk.talks.role.{role}"
    for voice in set(get_args(Voice)) - {"event"}:
        yield f"desk.talks.voice.{voice}"
    for pause in PAUSES:
        yield f"desk.talks.park.{pause}"
    for name, (_, done) in MOVES.items():
        yield f"desk.talks.refused.{name}"
        yield f"desk.done.{done}"
    yield from (f"desk.talks.file.unfit.{problem}" for problem in get_args(Unfit))
    yield from (f"desk.talks.source.{source}" for source in ("photo", "register"))


def _of_people() -> Iterator[str]:
    for name, (_, deed) in DECISIONS.items():
        yield f"desk.case.refused.{name}"
        yield f"desk.done.{deed}"
    for kind in get_args(Happened):
        yield f"desk.case.happened.{kind}"
    yield from (f"desk.case.role.{role}" for role in get_args(Role))


def _of_notices() -> Iterator[str]:
    families = {
        "view": NOTICE_VIEWS,
        "kind": KINDS,
        "state": STATES,
        "row": ROWS,
        "deed": get_args(NoticeMove),
        "fault": notices.FAULTS,
        "reason": notices.REASONS,
        "because": notices.BECAUSE,
        "list.fault": (*LIST_FAULTS, *NOBODY),
        "list.unfit": UNFIT,
        "list.by": BY,
        "stop": ("leave_out", "new_notice"),
    }
    for family, names in families.items():
        yield from (f"desk.notice.{family}.{name}" for name in names)
    yield from (f"desk.notice.kind.{kind}.about" for kind in KINDS)
    yield from (f"desk.done.notice_{name}" for name in set(NOTICE_DEEDS) - FRESH)


def _of_applications() -> Iterator[str]:
    yield from (f"desk.application.tab.{state}" for state in APPLICATION_STATES)
    yield from (f"desk.application.whose.{whose}" for whose in WHOSE)
    yield from (f"desk.application.group.{part}" for part in PARTS)
    yield from (f"desk.application.actor.{actor}" for actor in get_args(Actor))
    yield from (f"desk.application.part.{part}" for part in (*Name._fields, "series", "number"))
    for name in DECIDING:
        yield f"desk.application.refused.{name}"
        yield f"desk.done.application.{name}"


def _of_leftovers() -> Iterator[str]:
    for view in QUESTIONS:
        yield f"desk.questions.view.{view}"
        yield f"desk.questions.none.{view}"
        yield f"desk.questions.as.{view}"
        yield f"desk.done.questions_{view}"
    yield from (f"desk.questions.outcome.{outcome}" for outcome in get_args(WonderedAs))
    yield from (f"desk.faults.kind.{kind}" for kind in TRIED)
    yield from (f"desk.done.{deed}" for deed in ("fault_retried", "fault_dropped"))
