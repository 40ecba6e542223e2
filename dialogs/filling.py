"""Walking a person through a form: asking, reading, going back, reviewing, filing."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs import identity, judging, wording
from dialogs.duties import reporting
from dialogs.effects import WITHDRAWN, Button, Consent, Data, Effect, File, Say
from dialogs.fields import Doubt, More, Problem, Reading
from dialogs.form import Form, Step, fit, next_step, path, previous_step, relevant
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.lifecycle import ENDED
from dialogs.meanings import (
    Agree,
    Back,
    BeginAnyway,
    Cancel,
    Discard,
    Edit,
    GoOn,
    OfferReminder,
    ToApplication,
    ToMenu,
)
from dialogs.menu import menu
from dialogs.paper_answers import answered_by_paper
from dialogs.session import Draft, Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

CONSENT = "1"
"""The version of the consent text in force; a new text gets a new number and is asked anew."""

DOUBTED = "?"
"""The part of a draft that holds the answer in doubt and its step."""


def begin(session: Session, form_id: str, world: World, *, anyway: bool = False) -> Turn:
    """Open a form, or go on with the draft there is of it."""
    form = world.forms[form_id]
    words = world.words[session.language]
    for draft in session.drafts():
        if draft.form == form_id and not draft.amends:
            return ask(session.with_draft(draft), world)
    alike = [one for one in world.applications if one.form == form_id and one.state not in ENDED]
    if alike and not anyway:
        told = say(
            words,
            "form.alike",
            button(ToApplication(alike[0].number), words("button.application")),
            button(BeginAnyway(form_id), words("button.begin_anyway")),
            button(ToMenu(), words("button.menu")),
            number=alike[0].number,
            state=words(f"state.{alike[0].state}"),
        )
        return Turn(session, (replace(told, data="personal"),))
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
    draft = replace(draft, asked=step.id if step else "", parts=_without(draft.parts, DOUBTED))
    spoken = replace(session, draft=draft)
    return Turn(spoken, (_question(spoken, draft, step, world),))


def open_question(session: Session, world: World) -> Say:
    """Repeat the question that the person saw last, or show the menu if none is open."""
    if session.inquiry:
        return reporting.question(session, world)
    if session.proving:
        return identity.question(session, world)
    if not session.draft:
        return menu(session, world)
    draft, form = _open(session, world)
    step = _on_path(form, draft) or next_step(form, draft.answers)
    return _question(session, draft, step, world)


def asked_step(session: Session, world: World) -> Step | None:
    """Return the step whose question is open; None at the review and before the consent."""
    draft, form = _open(session, world)
    if session.consent != CONSENT:
        return None
    return _on_path(form, draft)


def read(session: Session, step: Step, incoming: Incoming, world: World) -> Reading:
    """Let the field of a step read what happened, and the form judge it."""
    draft, _ = _open(session, world)
    return judging.read(draft, step, incoming, world, world.words[session.language])


def answer(session: Session, step: Step, value: Reading, world: World) -> Turn:
    """Take an answer, a part of one, or say what is wrong with it."""
    draft, form = _open(session, world)
    words = world.words[session.language]
    match value:
        case Problem(_, offer):
            told = Say(wording.problem(words, form, step, value, world))
            turn = ask(session, world, step).after(told)
            return _with_offer(turn, form, offer, words) if offer else turn
        case More(collected):
            parts = replace(draft, parts={**draft.parts, step.id: collected})
            count = len(collected) if isinstance(collected, list) else 0
            taken = words("form.taken", count=count)
            turn = ask(replace(session, draft=parts), world, step)
            return Turn(turn.session, tuple(_reworded(one, taken) for one in turn.effects))
        case Doubt(doubted, about):
            if draft.parts.get(DOUBTED) == [step.id, doubted]:
                return take(session, step, doubted, world)  # said twice is meant
            parts = replace(draft, parts={**draft.parts, DOUBTED: [step.id, doubted]})
            doubting = replace(session, draft=parts)
            doubt = wording.doubt(words, form, step, parts, about)
            return Turn(doubting, (replace(doubt, buttons=(*doubt.buttons, *_ways_out(words))),))
        case _:
            return take(session, step, value, world)


def take(session: Session, step: Step, value: Json, world: World) -> Turn:
    """Write an answer down; those that no longer hold beside it are asked again."""
    draft, form = _open(session, world)
    words = world.words[session.language]
    answers = {**draft.answers, step.id: value}
    parts = _without(draft.parts, step.id)
    sources = {name: one for name, one in draft.sources.items() if name != step.id}
    answered = replace(draft, answers=answers, sources=sources, parts=_without(parts, DOUBTED))
    settled, again = judging.settle(draft, answered, step, world, words)
    turn = ask(replace(session, draft=settled), world)
    if not again:
        return turn
    titles = ", ".join(wording.title(words, form, one) for one in again)
    return turn.after(say(words, "form.again", titles=titles))


def misread(session: Session, world: World) -> Turn:
    """Say what would be an answer at the consent and at the review; else ask what comes next."""
    draft, form = _open(session, world)
    if session.consent == CONSENT and next_step(form, draft.answers):
        return ask(session, world)
    key = "problem.review" if session.consent == CONSENT else "problem.consent"
    told = say(world.words[session.language], key)
    return Turn(session, (told, open_question(session, world)))


def submit(session: Session, world: World) -> Turn:
    """File the open draft when nothing is missing, else ask for what is."""
    draft, form = _open(session, world)
    if next_step(form, draft.answers) or session.consent != CONSENT:
        return ask(session, world)
    answers = relevant(form, draft.answers)
    sources = {name: one for name, one in draft.sources.items() if name in answers}
    filing = File(form.id, form.version, answers, form.about(answers), draft.amends, sources)
    return Turn(session, (filing,))


def park(session: Session, world: World) -> Turn:
    """Set the open draft aside; it is offered again from the menu."""
    draft, _ = _open(session, world)
    parked = session.park()
    return Turn(parked, (menu(parked, world, "parked.amending" if draft.amends else "parked"),))


def withdraw_consent(session: Session, world: World) -> Turn:
    """Take the consent back: drafts go at once, what was filed is named with what can be done."""
    if not session.consent:
        return Turn(session, (menu(session, world, "consent.none"),))
    left = replace(session, consent="", draft=None, parked=())
    key = "consent.withdrawn.filed" if world.applications else "consent.withdrawn"
    return Turn(left, (Consent(WITHDRAWN), menu(left, world, key)))


def back(session: Session, world: World) -> Turn:
    """Ask the question before; before the first one, set the draft aside."""
    draft, form = _open(session, world)
    step = previous_step(form, draft.answers, draft.asked)
    if step:
        return ask(session, world, step)
    return park(session, world)


def cancel(session: Session, world: World) -> Turn:
    """Ask once whether the draft is to be given up; what a representative asks stays asked."""
    draft, _ = _open(session, world)
    if draft.amends:
        return park(session, world)
    words = world.words[session.language]
    discard = button(Discard(draft.form, draft.number), words("button.discard"))
    go_on = button(GoOn(), words("button.go_on"))
    return Turn(session, (say(words, "cancel.sure", discard, go_on),))


def _open(session: Session, world: World) -> tuple[Draft, Form]:
    if session.draft is None:
        raise LookupError("no draft is open")
    return session.draft, world.forms[session.draft.form]


def _on_path(form: Form, draft: Draft) -> Step | None:
    """Find the step asked last; a release may have led the path past it."""
    return next((step for step in path(form, draft.answers) if step.id == draft.asked), None)


def _question(session: Session, draft: Draft, step: Step | None, world: World) -> Say:
    words = world.words[session.language]
    form = world.forms[draft.form]
    if session.consent != CONSENT:
        agree = button(Agree(form.id, draft.number), words("button.agree"))
        return say(words, "consent", agree, *_ways_out(words)[1:])
    if step is None:
        text, buttons = wording.review(words, form, draft, world)
        return Say(text, (*buttons, *_ways_out(words)), data="personal")
    text = wording.question(words, form, step, draft, world)
    names_somebody = step.id in draft.answers or form.about(draft.answers)
    data: Data = "personal" if step.field.personal or names_somebody else "general"
    buttons = wording.choices(words, form, step, draft)
    note = words("scan.hint") if _may_be_photographed(form, step, draft, world) else ""
    return Say(text, (*buttons, *_ways_out(words)), note, data)


def _may_be_photographed(form: Form, step: Step, draft: Draft, world: World) -> bool:
    """Tell whether a photo of a paper policy would answer this question, the first of several."""
    asked = answered_by_paper(form, draft.answers).get("name")
    is_first = asked is not None and asked.id == step.id and step.id not in draft.answers
    return world.reads_photos and is_first


def _ways_out(words: Words) -> tuple[Button, ...]:
    return button(Back(), words("button.back")), button(Cancel(), words("button.cancel"))


def _reworded(effect: Effect, text: str) -> Effect:
    return replace(effect, text=text) if isinstance(effect, Say) else effect


def _with_offer(turn: Turn, form: Form, offer: str, words: Words) -> Turn:
    """Add to the last question what else can be done: another answer before it, a reminder."""
    *before, last = turn.effects
    draft, step = turn.session.draft, form.step(offer)
    if not isinstance(last, Say) or draft is None:
        return turn
    if step:
        anew = Edit(form.id, draft.number, step.id)
        offered = button(anew, wording.title(words, form, step))
    else:
        offered = button(OfferReminder(offer), words(f"button.remind.{offer}"))
    return Turn(turn.session, (*before, replace(last, buttons=(offered, *last.buttons))))


def _without(parts: Mapping[str, Json], step: str) -> dict[str, Json]:
    return {name: part for name, part in parts.items() if name != step}
