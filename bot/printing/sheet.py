"""What stands on a printed application: words and answers, in the order of the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.organisation import Organisation
from dialogs.form import Form, Step, fit, path
from dialogs.session import Draft
from dialogs.wording import form_title, shown, title
from dialogs.words import Words
from dialogs.world import World
from storage.applications import Paper

_SIGNERS = ("filer_name", "name")  # steps that hold the name of who signs, the first that was asked
_PLACES = ("signature", "name", "date")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all sheets of a day: the language, the insurer, the forms.

    With ``sample`` the sheet is visibly marked as none to be handed in.
    """

    words: Words
    organisation: Organisation
    world: World
    sample: bool = False


def sheet(paper: Paper, setting: Setting) -> str:
    """Write an application for the template `application.typ`, as JSON.

    Answers to an older form are brought up to today's; raises KeyError if it is gone whole.
    """
    words, organisation = setting.words, setting.organisation
    application = paper.application
    form = setting.world.forms[application.form]
    answers = _answers(form, paper, setting)
    insurer = organisation.insurer.name[words.language]
    filed_on = application.moves[0].at.astimezone(setting.world.now.tzinfo).date()
    content = {
        "language": words.language,
        "number": application.number,
        "heading": words("printing.heading"),
        "title": form_title(words, form.id),
        "receipt": _receipt(application.number, filed_on, words),
        "insurer": insurer,
        "parties": [
            [words("printing.to"), insurer],
            [words("printing.from"), _signer(answers)],
        ],
        "rows": [[caption, answer] for caption, answer in answers.values()],
        "confirmation": words("printing.confirmation"),
        "signing": [words(f"printing.{place}") for place in _PLACES],
        "office": words("printing.office"),
        "note": words("printing.note", phone=organisation.phones["main"]),
        "sample": words("printing.sample") if setting.sample else "",
    }
    return json.dumps(content, ensure_ascii=False)


def _answers(form: Form, paper: Paper, setting: Setting) -> Mapping[str, tuple[str, str]]:
    """Write each answer under its title, by the id of its step."""
    fitting = paper.answers
    if paper.version != form.version:
        fitting, _ = fit(form, paper.version, paper.answers)
    draft = Draft(form.id, form.version, 0, fitting)
    words = setting.words
    return {
        step.id: (
            _title(form, step, words),
            shown(words, form, step, draft, setting.world),
        )
        for step in path(form, fitting)
        if step.id in fitting
    }


def _title(form: Form, step: Step, words: Words) -> str:
    """Name a step for the office; what is asked of «you» in the chat is said of the applicant."""
    own = f"printing.step.{step.id}"
    return words(own) if words.has(own) else title(words, form, step)


def _signer(answers: Mapping[str, tuple[str, str]]) -> str:
    return next((answers[step][1] for step in _SIGNERS if step in answers), "")


def _receipt(number: str, filed_on: date, words: Words) -> str:
    return words("printing.receipt", number=number, day=words.day(filed_on))
