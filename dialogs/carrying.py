"""A whole conversation goes on in another messenger: what it takes along, and how it arrives.

No draft, application or duty is thrown away on either side: what comes stands beside what is
there, under numbers of its own, and the same duty known to both is one. Only one question can be
open, and what is open here stays so: a duty that was being asked about there, and a paper policy
that was read but not confirmed, are then asked for anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dialogs import filling
from dialogs.duties.duty import Duty
from dialogs.duties.listing import near
from dialogs.effects import Say
from dialogs.meanings import ToMenu
from dialogs.menu import menu
from dialogs.move_effects import HandAll
from dialogs.move_events import AllHanded
from dialogs.session import Moving, Session
from dialogs.snapshot import dump, load
from dialogs.turn import Turn, button, say
from dialogs.world import World

WHOLE: Final = 0
"""In the place of a draft's number: the whole conversation, for drafts are numbered from one."""

_FURTHER: Final = {"running": 0, "stopped": 1, "done": 2}


def is_busy(session: Session) -> bool:
    """Tell whether a representative owes an answer here, which would be lost on the way."""
    return bool(session.led_by or session.waiting or session.lent)


def belongings(session: Session, world: World) -> str:
    """List in words, by number only, what the person has in this chat; empty for nothing."""
    return _listed(session, world, len(world.applications), len(world.people))


def hand(session: Session, moving: Moving, world: World) -> Turn:
    """Let the conversation go to another chat; here a new one may begin.

    The counters stay, so that buttons of what has gone touch nothing that comes later.
    """
    words, taken = world.words[session.language], _packed(session)
    here = Session(session.language, begun=session.begun, noted=session.noted)
    counted = (len(world.applications), len(world.people))
    handed = HandAll(moving.to, moving.channel, dump(taken), *counted)
    gone = say(
        words,
        "move.left",
        button(ToMenu(), words("button.menu")),
        channel=words(f"move.channel.{moving.channel}"),
        parts=belongings(session, world),
    )
    return Turn(here, (handed, gone))


def arrived(session: Session, event: AllHanded, world: World) -> Turn:
    """Go on here with a conversation of another chat, beside what there is already."""
    came, outdated = load(event.state, world.forms)
    own = _own(session, event, world)
    joined = _joined(session, came, is_new=not own and not session.is_asking)
    words = world.words[joined.language]
    spoken = replace(came, language=joined.language)
    lines = [
        words(
            "move.came",
            channel=words(f"move.channel.{event.channel}"),
            parts=_listed(spoken, world, event.applications, event.people),
        )
    ]
    if own:
        lines.append(words("move.came.beside", parts=own))
    if world.withholds:
        lines.append(words("move.came.withheld"))
    lines += [words("outdated.steps" if one.steps else "outdated.form") for one in outdated]
    told = Say("\n\n".join(lines))
    if joined.led_by:  # asked once the representative has left
        return Turn(joined, (told,))
    if joined.draft and not joined.inquiry and not session.is_asking:
        return filling.ask(joined, world).after(told)
    if joined.is_asking:
        return Turn(joined, (told, filling.open_question(joined, world)))
    return Turn(joined, (Say(told.text, menu(joined, world).buttons),))


def _packed(session: Session) -> Session:
    """Leave out what belongs to this chat's own last minute, such as a code sent to a phone."""
    photographed = session.photographed
    return replace(
        session,
        offered=(),
        misunderstood=0,
        question="",
        topic="",
        proving=None,
        aside=None,
        unrated=0,
        urgent=False,
        photographed=photographed if photographed and photographed.policy else None,
        moving=None,
    )


def _own(session: Session, event: AllHanded, world: World) -> str:
    """List what was here before; the world has what came with it already."""
    applications = max(0, len(world.applications) - event.applications)
    people = max(0, len(world.people) - event.people)
    return _listed(session, world, applications, people)


def _listed(session: Session, world: World, applications: int, people: int) -> str:
    words = world.words[session.language]
    counted = {
        "drafts": len(session.drafts()),
        "applications": applications,
        "duties": sum(one.is_running for one in near(session, world)),
        "people": people,
    }
    return ", ".join(words(f"move.part.{part}", count=n) for part, n in counted.items() if n)


def _joined(here: Session, came: Session, *, is_new: bool) -> Session:
    """Put what came beside what is here; a question that is open here stays open."""
    drafts = [replace(one, number=one.number + here.begun) for one in came.drafts()]
    duties, numbers = _with_duties(here, came.duties)
    joined = replace(
        here,
        language=came.language if is_new else here.language,
        parked=(*here.parked, *drafts),
        begun=here.begun + came.begun,
        duties=duties,
        noted=here.noted + came.noted,
        consent=here.consent or came.consent,
        allowed=here.allowed or came.allowed,
        zone=here.zone or came.zone,
        moving=None,
    )
    if here.is_asking or here.led_by:
        return joined
    if came.draft:
        joined = joined.with_draft(drafts[0])  # the open one is the first
    if came.inquiry:
        about = numbers.get(came.inquiry.duty, 0)
        joined = replace(joined, inquiry=replace(came.inquiry, duty=about))
    if came.photographed and not here.photographed:
        number = came.photographed.draft + here.begun
        joined = replace(joined, photographed=replace(came.photographed, draft=number))
    return joined


def _with_duties(
    here: Session, coming: tuple[Duty, ...]
) -> tuple[tuple[Duty, ...], Mapping[int, int]]:
    """Add duties under new numbers, but one that both chats know once; tell the numbers."""
    known = {_event_of(one): one for one in here.duties}
    duties, numbers = {one.number: one for one in here.duties}, {}
    for duty in coming:
        same = known.get(_event_of(duty))
        kept = _as_told(same, duty) if same else replace(duty, number=duty.number + here.noted)
        duties[kept.number] = kept
        numbers[duty.number] = kept.number
    return tuple(duties.values()), numbers


def _event_of(duty: Duty) -> tuple[object, ...]:
    return duty.kind, duty.since, duty.about, duty.insured


def _as_told(here: Duty, came: Duty) -> Duty:
    """Keep of one duty known twice what has been done, and what has been said, of either."""
    further = max(here, came, key=lambda one: _FURTHER[one.state])
    again = max(filter(None, (here.again_on, came.again_on)), default=None)
    told = max(here.told_on, came.told_on)
    return replace(further, number=here.number, told_on=told, again_on=again)
