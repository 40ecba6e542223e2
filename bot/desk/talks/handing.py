"""Handing a citizen into a form: at a question, with what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import key_of, new_key
from bot.desk.route import Route
from bot.desk.talks.arguments import by, region_of, talk_of
from bot.desk.talks.refusing import elsewhere, refused
from bot.desk.visit import Visit
from bot.takeover.leading import Elsewhere, Refused
from dialogs import judging, wording
from dialogs.fields import Doubt, More, Problem, Reading
from dialogs.form import Form, Step
from dialogs.incoming import Said
from dialogs.json import Json
from dialogs.session import Draft
from dialogs.words import Words
from dialogs.world import World
from storage.talk_lists import Listed

_LONGEST: Final = 300  # characters of one answer


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form with what a representative typed for it, and what was wrong.

    ``choices`` are the answers it offers, each with its label; empty where any may be typed.
    """

    step: str
    title: str
    choices: Sequence[tuple[str, str]] = ()
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
    return visit.back(f"/desk/talks/{found.talk.id}", done="handed_in")


def _page(
    visit: Visit, found: Listed, form: Form | None, questions: list[Question], status: int = 200
) -> web.Response:
    known = visit.desk.world(visit.now).forms
    forms = [(name, wording.form_title(visit.words, name)) for name in known]
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
    return [_question(visit.words, form, step) for step in _askable(form)]


def _question(words: Words, form: Form, step: Step) -> Question:
    scoped, key = wording.FormWords(words, form.id), f"{form.id}.{step.id}.choice"
    choices = [(value, scoped(f"{key}.{value}")) for value in step.field.choices()]
    return Question(step.id, wording.title(words, form, step), choices)


def _askable(form: Form) -> list[Step]:
    """List the questions that a few words answer; photos only the citizen can send."""
    return [step for step in form.steps if not step.field.collects]


def _read(visit: Visit, form: Form, world: World) -> tuple[dict[str, Json], list[Question]]:
    """Read what was typed as the form would of the citizen; what follows depends on what stood."""
    answers: dict[str, Json] = {}
    questions: list[Question] = []
    for step in _askable(form):
        typed = visit.form.get(f"answer.{step.id}", "").strip()[:_LONGEST]
        problem = ""
        if typed:
            draft = Draft(form.id, form.version, 0, dict(answers))
            match _reading(draft, step, typed, world, visit.words):
                case Problem() as refusal:
                    problem = wording.problem(visit.words, form, step, refusal, world)
                case More():
                    problem = visit.words("problem.choice")
                case Doubt(doubted):
                    answers[step.id] = doubted
                case value:
                    answers[step.id] = value
        question = _question(visit.words, form, step)
        questions.append(replace(question, typed=typed, problem=problem))
    return answers, questions


def _reading(draft: Draft, step: Step, typed: str, world: World, words: Words) -> Reading:
    if step.field.choices():
        return judging.chosen(draft, step, typed, world, words)
    return judging.read(draft, step, Said(typed), world, words)


ROUTES: Final = (
    Route("GET", "/desk/talks/{talk:\\d+}/hand", "dialog.lead", choose, region=region_of),
    Route("POST", "/desk/talks/{talk:\\d+}/hand", "dialog.lead", hand, region=region_of),
)
