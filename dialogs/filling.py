"""Walking a person through a form: asking, reading, going back, reviewing, filing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from dialogs import wording
from dialogs.effects import Button, Consent, File, Say
from dialogs.fields import Asking, Doubt, More, Problem, Reading
from dialogs.form import Form, Step, fit, next_step, path, previous_step, relevant
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.lifecycle import ENDED
from dialogs.meanings import (
    Agree,
    Back,
    BeginAnyway,
    Cancel,
    Change,
    Choose,
    Discard,
    Edit,
    GoOn,
    Keep,
    OfferReminder,
    OnDraft,
    Skip,
    Submit,
    ToApplication,
    Why,
)
from dialogs.menu import menu
from dialogs.session import Draft, Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

CONSENT = "1"
"""The version of the consent text in force; a new text gets a new number and is asked anew."""

_DOUBTED = "?"


def begin(session: Session, form_id: str, world: World, *, anyway: bool = False) -> Turn:
    """Open a form, or go on with the draft there is of it."""
    form = world.forms[form_id]
    words = world.words[session.language]
    for draft in session.drafts():
        if draft.form == form_id:
            return ask(session.with_draft(draft), world)
    alike = [one for one in world.applications if one.form == form_id and one.state not in ENDED]
    if alike and not anyway:
        return Turn(
            session,
            (
                say(
                    words,
                    "form.alike",
                    button(ToApplication(alike[0].number), words("button.application")),
                    button(BeginAnyway(form_id), words("button.begin_anyway")),
                    number=alike[0].number,
                    state=words(f"state.{alike[0].state}"),
                ),
            ),
        )
    draft = Draft(form_id, form.version, session.begun + 1)
    begun = replace(session.with_draft(draft), begun=session.begun + 1)
    return ask(begun, world).after(say(words, f"{form_id}.opening"))


def reopen(
    session: Session, form_id: str, number: str, answers: Mapping[str, Json], world: World
) -> Turn:
    """Open a filed application again, to be asked what its answers now lack."""
    form = world.forms[form_id]
    fitting, _ = fit(form, form.version, answers)
    draft = Draft(form_id, form.version, session.begun + 1, fitting, amends=number)
    return ask(replace(session.with_draft(draft), begun=session.begun + 1), world)


def ask(session: Session, world: World, step: Step | None = None) -> Turn:
    """Ask the open question, another step's, or for the review when all is answered."""
    draft, form = _open(session, world)
    step = step or next_step(form, draft.answers)
    draft = replace(draft, asked=step.id if step else "", parts=_without(draft.parts, _DOUBTED))
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
    """Return the step whose question is open; None at the review and before the consent."""
    draft, form = _open(session, world)
    if session.consent != CONSENT:
        return None
    return next((step for step in path(form, draft.answers) if step.id == draft.asked), None)


def read(session: Session, step: Step, incoming: Incoming, world: World) -> Reading:
    """Let the field of a step read what happened, and the form judge it."""
    asking = _asking(session, step, world)
    return _judged(step, step.field.read(incoming, asking), asking)


def answer(session: Session, step: Step, value: Reading, world: World) -> Turn:
    """Take an answer, a part of one, or say what is wrong with it."""
    draft, form = _open(session, world)
    words = world.words[session.language]
    match value:
        case Problem(_, offer):
            told = Say(_problem(words, form, step, value, world))
            turn = ask(session, world, step)
            return _with_offer(turn.after(told), offer, words) if offer else turn.after(told)
        case More(collected):
            parts = replace(draft, parts={**draft.parts, step.id: collected})
            count = len(collected) if isinstance(collected, list) else 0
            taken = say(words, "form.taken", count=count)
            return ask(replace(session, draft=parts), world, step).after(taken)
        case Doubt(doubted, about):
            if draft.parts.get(_DOUBTED) == [step.id, doubted]:
                return _take(session, step, doubted, world)  # said twice is meant
            parts = replace(draft, parts={**draft.parts, _DOUBTED: [step.id, doubted]})
            doubting = replace(session, draft=parts)
            return Turn(doubting, (wording.doubt(words, form, step, parts, about),))
        case _:
            return _take(session, step, value, world)


def press(session: Session, meaning: OnDraft, world: World) -> Turn | None:
    """Do what a button of a draft means; None when its draft or step is no longer there."""
    draft = session.draft_of(meaning.form, meaning.number)
    if draft is None:
        return None
    session = session.with_draft(draft)
    form = world.forms[draft.form]
    words = world.words[session.language]
    match meaning:
        case Agree():
            agreed = replace(session, consent=CONSENT)
            return ask(agreed, world).after(Consent(CONSENT))
        case Change(page=page):
            return Turn(session, (wording.changes(words, form, draft, page),))
        case Submit():
            return _submit(session, draft, form, world)
        case Discard():
            kept = session.without(draft.number)
            return Turn(kept, (menu(kept, world, "cancelled"),))
        case Choose() | Edit() | Keep() | Skip() | Why():
            step = next((one for one in path(form, draft.answers) if one.id == meaning.step), None)
            if step is None or session.consent != CONSENT:
                return None
            return _on_step(session, draft, step, meaning, world)
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
    discard = button(Discard(draft.form, draft.number), words("button.discard"))
    return Turn(session, (say(words, "cancel.sure", discard, _go_on(words)),))


def _take(session: Session, step: Step, value: Json, world: World) -> Turn:
    draft, _ = _open(session, world)
    answers = {**draft.answers, step.id: value}
    answered = replace(draft, answers=answers, parts=_without(draft.parts, step.id))
    return ask(replace(session, draft=answered), world)


def _submit(session: Session, draft: Draft, form: Form, world: World) -> Turn:
    if next_step(form, draft.answers) or session.consent != CONSENT:
        return ask(session, world)
    answers = relevant(form, draft.answers)
    filing = File(form.id, form.version, answers, form.about(answers), draft.amends)
    return Turn(session, (filing,))


def _on_step(
    session: Session,
    draft: Draft,
    step: Step,
    meaning: Choose | Edit | Keep | Skip | Why,
    world: World,
) -> Turn | None:
    words = wording.FormWords(world.words[session.language], draft.form)
    match meaning:
        case Edit():
            return ask(session, world, step)
        case Why():
            why = say(words, f"{draft.form}.{step.id}.why")
            return ask(session, world, step).after(why)
        case Keep():
            match draft.parts.get(_DOUBTED):
                case [step.id, doubted]:
                    return _take(session, step, doubted, world)
            return None
        case Skip():
            return _take(session, step, None, world) if step.optional else None
        case Choose(value=chosen):
            asking = _asking(session, step, world)
            value = _judged(step, step.field.chosen(chosen, asking), asking)
            return answer(session, step, value, world)
        case _:
            assert_never(meaning)


def _judged(step: Step, value: Reading, asking: Asking) -> Reading:
    """Let the form's own rule look at an answer that the field took."""
    if isinstance(value, Problem | More | Doubt):
        return value
    return step.check(value, asking) or value


def _open(session: Session, world: World) -> tuple[Draft, Form]:
    if session.draft is None:
        raise LookupError("no draft is open")
    return session.draft, world.forms[session.draft.form]


def _asking(session: Session, step: Step, world: World) -> Asking:
    draft, form = _open(session, world)
    return wording.asking(world.words[session.language], form, step, draft, world)


def _problem(words: Words, form: Form, step: Step, problem: Problem, world: World) -> str:
    scoped = wording.FormWords(words, form.id)
    own = f"{form.id}.{step.id}.problem.{problem.id}"
    year = world.now.year
    key = own if scoped.has(own) else f"problem.{problem.id}"
    return scoped(key, year=year, next_year=year + 1)


def _question(session: Session, draft: Draft, step: Step | None, world: World) -> Say:
    words = world.words[session.language]
    form = world.forms[draft.form]
    if session.consent != CONSENT:
        agree = button(Agree(form.id, draft.number), words("button.agree"))
        return say(words, "consent", agree, *_ways_out(words)[1:])
    if step is None:
        text, buttons = wording.review(words, form, draft, world)
        return Say(text, (*buttons, *_ways_out(words)), data="personal")
    text, buttons = wording.question(words, form, step, draft)
    return Say(text, (*buttons, *_ways_out(words)))


def _ways_out(words: Words) -> tuple[Button, ...]:
    return button(Back(), words("button.back")), button(Cancel(), words("button.cancel"))


def _go_on(words: Words) -> Button:
    return button(GoOn(), words("button.go_on"))


def _with_offer(turn: Turn, offer: str, words: Words) -> Turn:
    """Add to the last question what else can be done when the law says no."""
    *before, last = turn.effects
    if not isinstance(last, Say):
        return turn
    offered = button(OfferReminder(offer), words(f"button.remind.{offer}"))
    return Turn(turn.session, (*before, replace(last, buttons=(offered, *last.buttons))))


def _without(parts: Mapping[str, Json], step: str) -> dict[str, Json]:
    return {name: part for name, part in parts.items() if name != step}
