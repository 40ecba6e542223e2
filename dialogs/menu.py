"""The menu and the list of all topics."""

from datetime import timedelta

from dialogs.duties.meanings import ToDeadlines
from dialogs.effects import Button, Say
from dialogs.meanings import AllTopics, Resume, ToMenu, ToPerson, ToTopic
from dialogs.session import Session
from dialogs.turn import button, say
from dialogs.world import World

_ENTRIES = ("loss", "data_update", "newborn", "smo_change", "documents_at_clinic")
_TOPICS = (
    *_ENTRIES,
    "extract",
    "digital_policy",
    "get_policy",
    "relocation",
    "clinic_attachment",
    "appointment",
    "coverage",
    "refusal_complaint",
    "foreigner",
    "old_policy",
    "electronic_card",
    "which_smo",
    "application_status",
    "erz",
    "other_oms",
    "contacts",
)
_SOON = timedelta(days=366)  # a passport's birthday years ahead is nothing to do
_PAGE = 8  # topics; with the two buttons below them the longest list a messenger takes


def greeting(session: Session, world: World) -> Say:
    """Say who this is and what it can do."""
    words = world.words[session.language]
    insurer = world.values[session.language]["insurer"]
    return say(words, "greeting", *_entries(session, world), insurer=insurer)


def menu(session: Session, world: World, key: str = "menu") -> Say:
    """Show what can be done; ``key`` is the sentence above it."""
    return say(world.words[session.language], key, *_entries(session, world))


def all_topics(session: Session, world: World, page: int) -> Say:
    """Show a page of all topics; a page that does not exist is the first one."""
    words = world.words[session.language]
    pages = -(-len(_TOPICS) // _PAGE)
    page = page if 1 <= page <= pages else 1
    shown = _TOPICS[(page - 1) * _PAGE : page * _PAGE]
    more = button(AllTopics(page % pages + 1), words("button.more"))
    return say(
        words,
        "topics",
        *(topic_button(session, world, topic) for topic in shown),
        more,
        button(ToMenu(), words("button.menu")),
        page=page,
        pages=pages,
    )


def topic_button(session: Session, world: World, topic: str) -> Button:
    """Make the button that answers a topic."""
    return button(ToTopic(topic), world.library.topic(topic, session.language).button)


def person_button(session: Session, world: World) -> Button:
    """Make the button that asks for a person."""
    return button(ToPerson(), world.words[session.language]("button.person"))


def _entries(session: Session, world: World) -> tuple[Button, ...]:
    words = world.words[session.language]
    drafts = [draft for draft in (session.draft, *session.parked) if draft]
    resume = [
        button(Resume(draft.form, draft.number), words(f"{draft.form}.resume"))
        for draft in drafts[:1]
    ]
    horizon = world.now.date() + _SOON
    if any(duty.is_running and duty.since <= horizon for duty in session.duties):
        resume.append(button(ToDeadlines(), words("button.deadlines")))
    topics = [topic_button(session, world, topic) for topic in _ENTRIES]
    return (
        *resume,
        *topics[: len(_ENTRIES) - len(resume)],
        button(AllTopics(), words("button.topics")),
        person_button(session, world),
    )
