"""The case beside a dialog: who writes, what is being filled in, what runs, what may be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.desk.conversation import session_of
from bot.desk.talks.showing import who
from bot.desk.visit import Visit
from dialogs.duties import telling
from dialogs.identifiers import mask
from dialogs.insured import Linked
from dialogs.lifecycle import Application
from dialogs.session import Draft, Session
from dialogs.wording import form_title, shown, title
from dialogs.world import World
from storage.notice_counting import Got
from storage.talk_lists import Listed
from storage.talk_papers import Note
from storage.talks import Talk
from storage.work import Look

_WINDOW: Final = timedelta(hours=24)
"""WhatsApp lets free words through for so long after the person's last message."""

_NOTICES: Final = 10
"""So many of the newest notices are shown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer of a draft, and where it comes from: typed, or read from a photo."""

    title: str
    answer: str = field(repr=False)
    source: str


@dataclass(frozen=True, slots=True)
class Filling:
    """An application being filled in, with the question that is open."""

    title: str
    asked: str
    facts: Sequence[Fact]
    amends: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a representative sees at a glance.

    ``open_until`` is until when free words may be sent, where a messenger bounds it; ``is_shut``
    when that moment is past. ``is_cleared`` tells whether personal data may go through.
    """

    who: str = field(repr=False)
    people: Sequence[Linked] = field(repr=False)
    drafts: Sequence[Filling] = ()
    duties: Sequence[str] = ()
    applications: Sequence[Application] = ()
    notes: Sequence[Note] = ()
    labels: Sequence[str] = ()
    earlier: Sequence[Talk] = ()
    notices: Sequence[Got] = ()
    heard_at: datetime | None = None
    open_until: datetime | None = None
    is_shut: bool = False
    is_gone: bool = False
    is_cleared: bool = True
    world: World | None = field(default=None, repr=False)


async def of(visit: Visit, look: Look, listed: Listed) -> Case:
    """Gather the case of a talk."""
    chat = await look.chat(listed.channel, listed.address)
    people = await look.people_of(listed.channel, listed.address)
    chat_id = listed.talk.chat_id
    world = visit.desk.world(visit.now, people)
    session = session_of(chat, world)
    heard_at = chat.heard_at if chat else None
    bounded = listed.channel == "whatsapp" and heard_at is not None
    open_until = heard_at + _WINDOW if bounded and heard_at else None
    talks = await look.talks_of_chat(chat_id)
    return Case(
        who=who(chat_id, people, visit.words),
        people=people,
        drafts=[_filling(one, session, visit, world) for one in session.drafts()],
        duties=[telling.line(session, one, world) for one in session.duties if one.is_running],
        applications=await look.applications_in(chat_id),
        notes=await look.notes(chat_id),
        labels=(await look.labels([chat_id])).get(chat_id, ()),
        notices=await look.notices_of_persons([chat_id, *_own(people)], _NOTICES),
        earlier=[one for one in talks if one.id != listed.talk.id],
        heard_at=heard_at,
        open_until=open_until,
        is_shut=listed.channel == "whatsapp" and (open_until is None or open_until < visit.now),
        is_gone=chat is not None and chat.gone_at is not None,
        is_cleared=listed.channel not in visit.desk.uncleared,
        world=world,
    )


def _own(people: Sequence[Linked]) -> list[int]:
    """Tell the numbers that whoever the chat is proven to be of has as a recipient."""
    return [-one.insured.id for one in people if one.role == "self"]


def _filling(draft: Draft, session: Session, visit: Visit, world: World) -> Filling:
    words, form = visit.words, world.forms[draft.form]
    steps = [step for step in form.steps if step.id in draft.answers]
    is_open = session.draft is not None and session.draft.number == draft.number
    asked = form.step(draft.asked) if is_open and draft.asked else None
    return Filling(
        title=form_title(words, form.id),
        asked=title(words, form, asked) if asked else "",
        facts=[
            Fact(
                title(words, form, step),
                mask(shown(words, form, step, draft, world)),
                draft.sources.get(step.id, "typed"),
            )
            for step in steps
        ],
        amends=draft.amends,
    )
