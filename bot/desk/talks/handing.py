"""Handing a citizen into a form: at a question, with what is known already."""

from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.route import Route
from bot.desk.talks.arguments import by, key_of, new_key, region_of, talk_of
from bot.desk.talks.composing import elsewhere, refused
from bot.desk.visit import Visit
from bot.takeover.leading import Elsewhere, Refused
from dialogs.fields import Doubt, More, Problem
from dialogs.form import Form, Step
from dialogs.incoming import Said
from dialogs.json import Json
from dialogs.session import Draft
from dialogs.wording import FormWords, asking, form_title, title
from dialogs.world import World
from storage.talk_lists import Listed

_LONGEST: Final = 300  # characters of one answer


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form with what a representative typed for it, and what was wrong."""

    step: str
    title: str
    typed: str = field(default="", repr=False)
    problem: str = ""


async def choose(visit: Visit) -> web.StreamResponse:
    """Show the questions of a form; without one, the forms there are."""
    found = await talk_of(visit)
    world = visit.desk.world(visit.now)
    form = world.forms.get(visit.query.get("form", ""))
    return _page(visit, found, form, _questions(visit, form) if form else [])


async def hand(visit: Visit) -> web.StreamResponse:
    """Read what is known as the form's own fields read it, and open the form."""
    found = await talk_of(visit)
    world = visit.desk.world(visit.now)
    form = world.forms.get(visit.form.get("form", ""))
    if form is None:
        raise TurnedAway(400, "malformed")
    answers, questions = _read(visit, form, world)
    step = visit.form.get("step", "")
    if any(one.problem for one in questions):
        return _page(visit, found, form, questions, status=400)
    leading = visit.desk.assistant.leading
    try:
        await leading.hand_into(found.talk.id, by(visit), form.id, step, answers, key=key_of(visit))
    except Elsewhere as gone:
        return await refused(visit, elsewhere(visit, gone))
    except Refused:
        return await refused(visit, visit.words("desk.talks.refused.hand"))
    async with visit.desk.store.work() as work:
        await visit.journal(work, "dialog_moved", f"talk:{found.talk.id}", "hand-in")
    return visit.back(f"/desk/talks/{found.talk.id}", done="handed_in")


def _page(
    visit: Visit, found: Listed, form: Form | None, questions: list[Question], status: int = 200
) -> web.Response:
    forms = [(name, form_title(visit.words, name)) for name in visit.desk.world(visit.now).forms]
    return visit.page(
        "talk_hand.html.j2",
        status=status,
        talk=found.talk,
        forms=forms,
        form=form,
        questions=questions,
        chosen=visit.form.get("step", ""),
        key=new_key(),
    )


def _questions(visit: Visit, form: Form) -> list[Question]:
    return [Question(step.id, title(visit.words, form, step)) for step in _askable(form)]


def _askable(form: Form) -> list[Step]:
    """List the questions that a few words answer; photos only the citizen can send."""
    return [step for step in form.steps if not step.field.collects]


def _read(visit: Visit, form: Form, world: World) -> tuple[dict[str, Json], list[Question]]:
    """Read what was typed; a question depends on the answers before it."""
    answers: dict[str, Json] = {}
    questions: list[Question] = []
    scoped = FormWords(visit.words, form.id)
    for step in _askable(form):
        typed = visit.form.get(f"answer.{step.id}", "").strip()[:_LONGEST]
        name = title(visit.words, form, step)
        if not typed:
            questions.append(Question(step.id, name))
            continue
        draft = Draft(form.id, form.version, 0, answers)
        value = step.field.read(Said(typed), asking(visit.words, form, step, draft, world))
        match value:
            case Problem(about):
                keys = (f"{form.id}.{step.id}.problem.{about}", f"problem.{about}")
                key = next((one for one in keys if scoped.has(one)), "problem.choice")
                questions.append(Question(step.id, name, typed, scoped(key)))
            case More():
                questions.append(Question(step.id, name, typed, scoped("problem.choice")))
            case Doubt(doubted):
                answers[step.id] = doubted
                questions.append(Question(step.id, name, typed))
            case _:
                answers[step.id] = value
                questions.append(Question(step.id, name, typed))
    return answers, questions


ROUTES: Final = (
    Route("GET", "/desk/talks/{talk:\\d+}/hand", "dialog.lead", choose, region=region_of),
    Route("POST", "/desk/talks/{talk:\\d+}/hand", "dialog.lead", hand, region=region_of),
)
