"""All that is kept of a person: chats, what is filled in and filed there, terms, extracts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.desk.conversation import session_of
from bot.desk.visit import Visit
from dialogs.duties import telling
from dialogs.insured import Insured, Linked
from dialogs.lifecycle import Application
from dialogs.wording import form_title
from storage.dossier import Happening, IssuedExtract, Met
from storage.notice_counting import Got
from storage.talks import Talk
from storage.work import Look

_FEW: Final = 5
"""Dialogs of one chat that the page names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A chat of a person: what is being filled in there, what runs, what was filed."""

    met: Met
    drafts: Sequence[str]
    duties: Sequence[str] = field(repr=False)
    applications: Sequence[Application] = field(repr=False)
    talks: Sequence[Talk]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person with everything that is theirs."""

    person: Insured = field(repr=False)
    places: Sequence[Place] = field(repr=False)
    extracts: Sequence[IssuedExtract]
    happened: Sequence[Happening]
    notices: Sequence[Got] = ()


async def of(visit: Visit, look: Look, person: Insured) -> Dossier:
    """Gather what is kept of a person."""
    places = [await _place(visit, look, met) for met in await look.chats_of_person(person.id)]
    return Dossier(
        person,
        places,
        await look.extracts_of_person(person.id),
        await look.happened_to_person(person.id),
        await look.notices_of_persons([-person.id, *(one.met.chat_id for one in places)]),
    )


async def _place(visit: Visit, look: Look, met: Met) -> Place:
    chat = await look.chat(met.channel, met.address)
    people: Sequence[Linked] = await look.people_of(met.channel, met.address)
    world = visit.desk.world(visit.now, people)
    session = session_of(chat, world)
    talks = [one for one in await look.talks_of_chat(met.chat_id) if visit.sees(one.region)]
    return Place(
        met,
        drafts=[form_title(visit.words, one.form) for one in session.drafts()],
        duties=[telling.line(session, one, world) for one in session.duties if one.is_running],
        applications=await look.applications_in(met.chat_id),
        talks=talks[:_FEW],
    )
