"""Walking a person through a form: asking, reading, going back, reviewing, filing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from dialogs.buttons import (
    Back,
    Cancel,
    Choose,
    Discard,
    Edit,
    GoOn,
    OnDraft,
    Skip,
    Submit,
    Why,
)
from dialogs.effects import Button, File, Say
from dialogs.fields import Asking, More, Problem
from dialogs.form import Form, Step, next_step, path, previous_step, relevant
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.menu import menu
from dialogs.session import Draft, Session
from dialogs.turn import Turn, button, say
from dialogs.world import World


def begin(session: Session, form_id: str, world: World) -> Turn:
    """Open a form, or go on with the draft there is of it."""
    form = world.forms[form_id]
    drafts = (session.draft, *session.parked)
    draft = next((found for found in drafts if found and found.form == form_id), None)
    if draft:
        return ask(session.with_draft(draft), world)
    draft = Draft(form_id, form.version, session.begun + 1)
    begun = replace(session.with_draft(draft), begun=session.begun + 1)
    opening = say(world.words[session.language], f"{form_id}.opening")
    return ask(begun, world).after(opening)


def ask(session: Session, world: World, step: Step | None = None) -> Turn:
    """Ask the open question, another step's, or for the review when all is answered."""
    draft, form = _open(session, world)
    step = step or next_step(form, draft.answers)
    draft = replace(draft, asked=step.id if step else "")
    spoken = replace(session, draft=draft)
    return Turn(spoken, (_question(spoken, draft, step, world),))


def open_question(session: Session, world: World) -> Say:
    """Repeat the question that the person saw last, or show the menu if none is open."""
    if not session.draft:
        return menu(session, world)
    draft, form = _open(session, world)
    step = form.step(draft.asked) or next_step(form, draft.answers)
    return _question(session, draft, step, world)


def asked_step(session: Session, world: World) -> Step | None:
    """Return the step whose question is open; None at the review."""
    draft, form = _open(session, world)
    return next((step for step in path(form, draft.answers) if step.id == draft.asked), None)


def read(session: Session, step: Step, incoming: Incoming, world: World) -> Json | More | Problem:
    """Let the field of a step read what happened."""
    draft, _ = _open(session, world)
    return step.field.read(incoming, _asking(session, draft, step, world))


def answer(session: Session, step: Step, value: Json | More | Problem, world: World) -> Turn:
    """Take an answer, a part of one, or say what is wrong with it."""
    draft, _ = _open(session, world)
    if isinstance(value, Problem):
        problem = Say(_problem(session, draft, step, value, world))
        return ask(session, world, step).after(problem)
    if isinstance(value, More):
        collected = replace(draft, parts={**draft.parts, step.id: value.value})
        words = world.words[session.language]
        count = len(value.value) if isinstance(value.value, list) else 0
        taken = say(words, "form.taken", count=count)
        return ask(replace(session, draft=collected), world, step).after(taken)
    parts = _without(draft.parts, step.id)
    answered = replace(draft, answers={**draft.answers, step.id: value}, parts=parts)
    return ask(replace(session, draft=answered), world)


def press(session: Session, meaning: OnDraft, world: World) -> Turn | None:
    """Do what a button of a draft means; None when its draft or step is no longer there."""
    draft = _draft_of(session, meaning)
    if draft is None:
        return None
    session = session.with_draft(draft)
    form = world.forms[draft.form]
    match meaning:
        case Submit():
            if next_step(form, draft.answers):
                return ask(session, world)
            answers = relevant(form, draft.answers)
            return Turn(session, (File(form.id, form.version, answers),))
        case Discard():
            kept = session.without(form.id)
            return Turn(kept, (menu(kept, world, "cancelled"),))
    step = next((step for step in path(form, draft.answers) if step.id == meaning.step), None)
    if step is None:
        return None
    match meaning:
        case Edit():
            return ask(session, world, step)
        case Why():
            why = say(world.words[session.language], f"{form.id}.{step.id}.why")
            return ask(session, world, step).after(why)
        case Skip():
            value: Json | More | Problem = None if step.optional else Problem("choice")
            return answer(session, step, value, world)
        case Choose(value=chosen):
            asking = _asking(session, draft, step, world)
            return answer(session, step, step.field.chosen(chosen, asking), world)
        case _:
            assert_never(meaning)


def back(session: Session, world: World) -> Turn:
    """Ask the question before; before the first one, set the draft aside."""
    draft, form = _open(session, world)
    step = previous_step(form, draft.answers, draft.asked)
    if step:
        return ask(session, world, step)
    parked = session.park()
    return Turn(parked, (menu(parked, world, "parked"),))


def cancel(session: Session, world: World) -> Turn:
    """Ask once whether the draft is to be given up."""
    draft, _ = _open(session, world)
    words = world.words[session.language]
    return Turn(
        session,
        (
            say(
                words,
                "cancel.sure",
                button(Discard(draft.form, draft.number), words("button.discard")),
                button(GoOn(), words("button.go_on")),
            ),
        ),
    )


def filed(session: Session, form: str, number: str, world: World) -> Turn:
    """Tell the number of an application that was filed, and drop its draft."""
    done = session.without(form)
    words = world.words[session.language]
    return Turn(done, (say(words, f"{form}.filed", *menu(done, world).buttons, number=number),))


def _open(session: Session, world: World) -> tuple[Draft, Form]:
    if session.draft is None:
        raise LookupError("no draft is open")
    return session.draft, world.forms[session.draft.form]


def _draft_of(session: Session, meaning: OnDraft) -> Draft | None:
    drafts = (session.draft, *session.parked)
    named = (meaning.form, meaning.number)
    return next((draft for draft in drafts if draft and (draft.form, draft.number) == named), None)


def _asking(session: Session, draft: Draft, step: Step, world: World) -> Asking:
    words = world.words[session.language]
    return Asking(f"{draft.form}.{step.id}", words, world.now, draft.parts.get(step.id))


def _problem(session: Session, draft: Draft, step: Step, problem: Problem, world: World) -> str:
    words = world.words[session.language]
    own = f"{draft.form}.{step.id}.problem.{problem.id}"
    return words(own if words.has(own) else f"problem.{problem.id}")


def _question(session: Session, draft: Draft, step: Step | None, world: World) -> Say:
    words = world.words[session.language]
    form = world.forms[draft.form]
    if step is None:
        return _review(session, draft, form, world)
    steps = [known.id for known in path(form, draft.answers)]
    key = f"{form.id}.{step.id}"
    text = words("form.step", step=steps.index(step.id) + 1, steps=len(steps), question=words(key))
    here = (form.id, draft.number, step.id)
    choices = [
        button(Choose(*here, value), words(f"{key}.choice.{value}"))
        for value in step.field.choices()
    ]
    if step.optional:
        choices.append(button(Skip(*here), words("button.skip")))
    if words.has(f"{key}.why"):
        choices.append(button(Why(*here), words("button.why")))
    return Say(text, (*choices, *_ways_out(session, world)))


def _review(session: Session, draft: Draft, form: Form, world: World) -> Say:
    words = world.words[session.language]
    lines = [words("form.review")]
    edits: list[Button] = []
    for step in path(form, draft.answers):
        value = draft.answers[step.id]
        title = words(f"{form.id}.{step.id}.title")
        asking = _asking(session, draft, step, world)
        shown = words("form.skipped") if value is None else step.field.show(value, asking)
        lines.append(f"• {title}: {shown}")
        edits.append(
            button(Edit(form.id, draft.number, step.id), words("button.edit", title=title))
        )
    submit = button(Submit(form.id, draft.number), words("button.submit"))
    return Say("\n".join(lines), (submit, *edits, *_ways_out(session, world)), data="personal")


def _ways_out(session: Session, world: World) -> tuple[Button, ...]:
    words = world.words[session.language]
    return button(Back(), words("button.back")), button(Cancel(), words("button.cancel"))


def _without(parts: Mapping[str, Json], step: str) -> dict[str, Json]:
    return {name: part for name, part in parts.items() if name != step}
