"""Answers to questions: outright, did-you-mean, not ours, not understood."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from dialogs.applying import applications
from dialogs.duties.duty import ChangeKind
from dialogs.duties.meanings import Report
from dialogs.effects import Answered, Button, Effect, Say, Wondered
from dialogs.faq.finding import Elsewhere, Finding, HalfSure, Sure, Unsure
from dialogs.faq.library import Answer
from dialogs.holdings import TOPICS
from dialogs.identifiers import mask
from dialogs.identity_meanings import Want
from dialogs.meanings import Begin, Helpful, NoneOfThese, ToMenu
from dialogs.menu import menu, person_button, topic_button
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

_KEPT = 300  # characters of a question that the editors' list shows
PERSON = "operator"
COURTESY = "greeting_thanks"
_CLOCK: Mapping[str, ChangeKind | None] = {
    "data_update": None,
    "data_update.late": None,
    "relocation": "address",
    "newborn": "newborn",
    "smo_change": None,
}
"""Topics that speak of a term which can be counted and reminded of, and of which change."""
_NAMED = 2  # sources; the rest are counted, so that the small print stays small


def answer_finding(session: Session, text: str, finding: Finding, world: World) -> Turn:
    """Say what was found for a question."""
    kept = mask(text)[:_KEPT]
    match finding:
        case Sure(topic, _, language, others):
            turn = answer_topic(_in(session, language), topic, world, others, kept)
            return turn.after(*followed(session, language, world))
        case HalfSure(topics, _, language):
            turn = _did_you_mean(_in(session, language), topics, kept, world)
            return turn.after(*followed(session, language, world))
        case Elsewhere(kind="gibberish") if session.misunderstood:
            return not_understood(session, kept, world)
        case Elsewhere(kind=kind):
            spoken = replace(session, misunderstood=int(kind == "gibberish"))
            reply = say(
                world.words[session.language],
                f"elsewhere.{kind}",
                button(ToMenu(), world.words[session.language]("button.menu")),
            )
            return Turn(spoken, (reply,))
        case Unsure():
            return not_understood(session, kept, world)
        case _:
            assert_never(finding)


def answer_aside(session: Session, text: str, finding: Finding, world: World) -> Turn:
    """Answer a question in the middle of a form: briefly, for the open question comes next."""
    turn = answer_finding(session, text, finding, world)
    if isinstance(finding, Sure) and finding.topic.startswith(COURTESY):
        return Turn(turn.session, (say(world.words[turn.session.language], "form.courtesy"),))
    if isinstance(finding, HalfSure):
        return turn
    return Turn(turn.session, tuple(map(_without_buttons, turn.effects)))


def answer_topic(
    session: Session,
    topic: str,
    world: World,
    others: tuple[str, ...] = (),
    question: str = "",
) -> Turn:
    """Answer a topic as of today, with what it offers and where it leads."""
    if topic == "application_status" and world.applications:
        return applications(session, world)
    words = world.words[session.language]
    today = world.now.date()
    found = world.library.answer(topic, session.language, today, world.filled(session.language))
    note = ""
    if found.sources:
        note = _small_print(found, words)
    spoken = replace(session, misunderstood=0, question=question, topic=topic)
    if topic.startswith(COURTESY):
        shown = menu(session, world)
        return Turn(spoken, (Answered(topic), Say(found.text, shown.buttons)))
    return Turn(spoken, (Answered(topic), Say(found.text, _ways_on(spoken, others, world), note)))


def _small_print(found: Answer, words: Words) -> str:
    """Say as of when the answer holds, and name the first of its sources."""
    named = "; ".join(found.sources[:_NAMED])
    more = len(found.sources) - _NAMED
    if more > 0:
        named = words("answer.more_sources", sources=named, count=more)
    return words("answer.note", day=words.day(found.checked), sources=named)


def not_understood(session: Session, question: str, world: World) -> Turn:
    """Say so; the second time in a row a person is offered first."""
    words = world.words[session.language]
    again = session.misunderstood > 0
    shown = menu(session, world, "unsure.again" if again else "unsure")
    buttons = shown.buttons
    if again:
        buttons = (
            person_button(session, world),
            button(ToMenu(), words("button.menu")),
        )
    spoken = replace(session, misunderstood=session.misunderstood + 1, topic="")
    wondered = Wondered(question, outcome="unsure")
    return Turn(spoken, (Say(shown.text, buttons), wondered))


def none_of_these(session: Session, world: World) -> Turn:
    """Ask for other words after a did-you-mean that missed."""
    words = world.words[session.language]
    return Turn(
        replace(session, topic=""),
        (
            say(
                words,
                "none_of_these",
                person_button(session, world),
                button(ToMenu(), words("button.menu")),
            ),
        ),
    )


def _did_you_mean(session: Session, topics: tuple[str, ...], question: str, world: World) -> Turn:
    words = world.words[session.language]
    buttons = (
        *(topic_button(session, world, topic) for topic in topics),
        button(NoneOfThese(), words("button.none_of_these")),
    )
    titles = [world.library.topic(topic, session.language).title for topic in topics]
    text = "\n".join((words("did_you_mean"), "", *(f"• {title}" for title in titles)))
    if len(titles) == 1:
        text = words("did_you_mean.one", title=titles[0])
    spoken = replace(session, misunderstood=0, question=question, topic="")
    return Turn(spoken, (Say(text, buttons), Wondered(question, topics, "half_sure")))


def _ways_on(session: Session, others: tuple[str, ...], world: World) -> tuple[Button, ...]:
    words = world.words[session.language]
    topic = world.library.topic(session.topic, session.language)
    buttons: list[Button] = []
    if topic.id in TOPICS and world.proves:
        goal = TOPICS[topic.id]
        buttons.append(button(Want(goal), words(f"button.want.{goal}")))
    if topic.form in world.forms:
        buttons.append(button(Begin(topic.form), words(f"{topic.form}.begin")))
    if topic.id in _CLOCK:
        buttons.append(button(Report(_CLOCK[topic.id]), words("button.clock")))
    if topic.human and topic.id != PERSON:
        buttons.append(person_button(session, world))
    near = (other for other in others if not other.startswith(COURTESY))
    leads = dict.fromkeys((*near, *topic.related))
    leads.pop(topic.id, None)
    buttons += [topic_button(session, world, lead) for lead in list(leads)[:3]]
    buttons.append(button(Helpful(topic.id, yes=True), words("button.helpful")))
    buttons.append(button(Helpful(topic.id, yes=False), words("button.not_helpful")))
    return tuple(buttons)


def _without_buttons(effect: Effect) -> Effect:
    return replace(effect, buttons=()) if isinstance(effect, Say) else effect


def _in(session: Session, language: str) -> Session:
    return replace(session, language=language)


def followed(session: Session, language: str, world: World) -> tuple[Say, ...]:
    """Say that the conversation goes on in the language of what was typed, if it is another."""
    if language == session.language:
        return ()
    return (say(world.words[language], "language.followed"),)
