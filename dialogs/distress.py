"""Words of danger, distress or complaint: help and a person come before anything else."""

from dataclasses import replace

from dialogs import calling
from dialogs.answering import COURTESY, answer_finding
from dialogs.effects import Say
from dialogs.faq.finding import Finding, Sure
from dialogs.identifiers import mask
from dialogs.meanings import ToMenu
from dialogs.menu import person_button, topic_button
from dialogs.reading import sounds_like
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.world import World

_KEPT = 300  # characters of what was said, for whoever is called


def is_heard(text: str, world: World) -> bool:
    """Tell whether the words sound like it, and somebody can be called."""
    return world.desk is not None and sounds_like("distress.signs", text, world.words)


def alarm(session: Session, text: str, world: World) -> Turn:
    """Say whom to call before anything else; no answer about paper belongs beside it."""
    session = replace(session, urgent=world.desk is not None)
    told = say(world.words[session.language], "danger")
    if session.aside and session.aside.asks == "question":
        return calling.read(session, session.aside, text, world).after(told)
    if session.is_asking:
        return calling.with_open_question(Turn(session, (told,)), world)
    leads = (
        topic_button(session, world, "documents_at_clinic"),
        topic_button(session, world, "refusal_complaint"),
        person_button(session, world),
    )
    return Turn(session, (replace(told, buttons=leads),))


def answer(session: Session, text: str, finding: Finding, world: World) -> Turn:
    """Offer a person first; what was found with certainty is answered as well."""
    words = world.words[session.language]
    person = person_button(session, world)
    session = replace(session, urgent=True)
    if not isinstance(finding, Sure) or finding.topic.startswith(COURTESY):
        told = say(words, "distress", person, button(ToMenu(), words("button.menu")))
        return Turn(replace(session, question=mask(text)[:_KEPT], topic=""), (told,))
    turn = answer_finding(session, text, finding, world)
    *before, last = turn.effects
    if isinstance(last, Say):
        others = tuple(one for one in last.buttons if one != person)
        last = replace(last, buttons=(person, *others))
    return Turn(turn.session, (say(words, "distress.offered"), *before, last))
