"""What the buttons of a draft do, however old they are."""

from dataclasses import replace
from typing import assert_never

from dialogs import filling, judging, wording
from dialogs.effects import Consent
from dialogs.form import Step, path
from dialogs.meanings import (
    Agree,
    Change,
    Choose,
    Discard,
    Edit,
    Keep,
    OnDraft,
    OnStep,
    Resume,
    Skip,
    Submit,
    Why,
)
from dialogs.menu import menu
from dialogs.reading import fold
from dialogs.session import Draft, Session
from dialogs.turn import Turn, say
from dialogs.world import World


def press(session: Session, meaning: OnDraft, world: World) -> Turn | None:
    """Do what a button of a draft means; None when its draft or step is no longer there."""
    draft = session.draft_of(meaning.form, meaning.number)
    if draft is None:
        return None
    session = session.with_draft(draft)
    form = world.forms[draft.form]
    match meaning:
        case Agree():
            agreed = replace(session, consent=filling.CONSENT)
            return filling.ask(agreed, world).after(Consent(filling.CONSENT))
        case Change(page=page):
            words = world.words[session.language]
            return Turn(session, (wording.changes(words, form, draft, page),))
        case Submit():
            return filling.submit(session, world)
        case Resume():
            return filling.ask(session, world)
        case Discard():
            return _discard(session, draft, world)
        case Choose() | Edit() | Keep() | Skip() | Why():
            step = next((one for one in path(form, draft.answers) if one.id == meaning.step), None)
            if step is None or session.consent != filling.CONSENT:
                return None
            return _on_step(session, draft, step, meaning, world)
        case _:
            assert_never(meaning)


def edited_by_title(session: Session, text: str, world: World) -> Turn | None:
    """Ask a step anew at the review when its name is said: «телефон», «исправить телефон»."""
    if session.draft is None or session.draft.asked or session.consent != filling.CONSENT:
        return None
    words, form = world.words[session.language], world.forms[session.draft.form]
    said = f" {fold(text)}"
    for step in path(form, session.draft.answers):
        title = f" {fold(wording.title(words, form, step))}"
        if said.strip() and (said.endswith(title) or title.endswith(said)):
            return filling.ask(session, world, step)
    return None


def _discard(session: Session, draft: Draft, world: World) -> Turn:
    if draft.amends:
        return filling.park(session, world)
    kept = session.without(draft.number)
    return Turn(kept, (menu(kept, world, "cancelled"),))


def _on_step(
    session: Session, draft: Draft, step: Step, meaning: OnStep, world: World
) -> Turn | None:
    words = world.words[session.language]
    match meaning:
        case Edit():
            return filling.ask(session, world, step)
        case Why():
            scoped, key = wording.FormWords(words, draft.form), f"{draft.form}.{step.id}.why"
            asked = filling.ask(session, world, step)
            # Of a step that says no reason there is no button, but codes are whatever is sent.
            return asked.after(say(scoped, key)) if scoped.has(key) else asked
        case Keep():
            return _keep(session, draft, step, world)
        case Skip():
            return _skip(session, draft, step, world)
        case Choose(value=chosen):
            value = judging.chosen(draft, step, chosen, world, words)
            return filling.answer(session, step, value, world)
        case _:
            assert_never(meaning)


def _keep(session: Session, draft: Draft, step: Step, world: World) -> Turn | None:
    """Take the answer in doubt, or leave the one there is as it is."""
    match draft.parts.get(filling.DOUBTED):
        case [step.id, doubted]:
            return filling.answer(session, step, step.field.kept(doubted), world)
    return filling.ask(session, world) if step.id in draft.answers else None


def _skip(session: Session, draft: Draft, step: Step, world: World) -> Turn | None:
    """Leave a step out; what has been collected for it is not thrown away."""
    if not step.optional:
        return None
    if step.field.collects and step.id in draft.parts:
        words = world.words[session.language]
        collected = judging.chosen(draft, step, step.field.choices()[0], world, words)
        return filling.answer(session, step, collected, world)
    return filling.take(session, step, None, world)
