"""The texts of forms: found by path, a form's own first, else those that forms share."""

from datetime import date

from dialogs.effects import Button, Say
from dialogs.fields import Asking, Problem
from dialogs.form import Form, Step, path, relevant
from dialogs.json import Json
from dialogs.meanings import Change, Choose, Edit, GoOn, Keep, Skip, Submit, Why
from dialogs.session import Draft
from dialogs.turn import button
from dialogs.words import Words
from dialogs.world import World

_PAGE = 8  # answers; with two buttons below them the longest list a messenger takes


class FormWords:
    """Words that look for `<form>.<step>…` first and then for the shared `step.<step>…`."""

    def __init__(self, words: Words, form: str) -> None:
        self.language = words.language
        self._words = words
        self._own = f"{form}."

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text with its placeholders filled."""
        return self._words(self._found(key), **values)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text, own or shared."""
        return self._words.has(self._found(key))

    def options(self, key: str) -> tuple[str, ...]:
        """Return the lines of a text, own or shared."""
        return self._words.options(self._found(key))

    def day(self, day: date) -> str:
        """Write a date."""
        return self._words.day(day)

    def _found(self, key: str) -> str:
        if key.startswith(self._own) and not self._words.has(key):
            return f"step.{key.removeprefix(self._own)}"
        return key


def asking(words: Words, form: Form, step: Step, draft: Draft, world: World) -> Asking:
    """Gather what a field may know of its step."""
    before: dict[str, Json] = {}
    for known in path(form, draft.answers):
        if known.id == step.id:
            break
        if known.id in draft.answers:
            before[known.id] = draft.answers[known.id]
    scoped = FormWords(words, form.id)
    return Asking(f"{form.id}.{step.id}", scoped, world.now, draft.parts.get(step.id), before)


def question(words: Words, form: Form, step: Step, draft: Draft, world: World) -> str:
    """Write the question of a step: for whom, when not for oneself, and what was answered."""
    steps = [known.id for known in path(form, draft.answers)]
    asked = _variant(FormWords(words, form.id), form, step, draft)
    place = {"step": steps.index(step.id) + 1, "steps": len(steps), "question": asked}
    about = form.about(draft.answers)
    text = words(_question_key(draft, about), about=about, **place)
    if step.id not in draft.answers:
        return text
    return f"{text}\n{words('form.answered', answer=shown(words, form, step, draft, world))}"


def _question_key(draft: Draft, about: str) -> str:
    if draft.amends:
        return "form.amending.about" if about else "form.amending"
    return "form.step.about" if about else "form.step"


def choices(words: Words, form: Form, step: Step, draft: Draft) -> tuple[Button, ...]:
    """Make the buttons of a question; a collection ends, or is skipped before it has begun."""
    scoped = FormWords(words, form.id)
    key = f"{form.id}.{step.id}"
    here = (form.id, draft.number, step.id)
    is_collecting = step.id in draft.parts
    values = step.field.choices() if is_collecting or not step.field.collects else ()
    buttons = [button(Choose(*here, one), scoped(f"{key}.choice.{one}")) for one in values]
    if step.id in draft.answers and not is_collecting:
        buttons.append(button(Keep(*here), words("button.leave")))
    if step.optional and not is_collecting and draft.answers.get(step.id, "") is not None:
        buttons.append(button(Skip(*here), words("button.skip")))
    if scoped.has(f"{key}.why"):
        buttons.append(button(Why(*here), words("button.why")))
    return tuple(buttons)


def doubt(words: Words, form: Form, step: Step, draft: Draft, about: str) -> Say:
    """Say what looks wrong with an answer that can be kept."""
    here = (form.id, draft.number, step.id)
    return Say(
        words(f"doubt.{about}"),
        (
            button(Keep(*here), words("button.keep")),
            button(Edit(*here), words("button.anew")),
        ),
        data="personal" if step.field.personal else "general",
    )


def review(words: Words, form: Form, draft: Draft, world: World) -> tuple[str, tuple[Button, ...]]:
    """Write all answers for a last look."""
    lines = [words("form.review")]
    for step in path(form, draft.answers):
        answer = shown(words, form, step, draft, world)
        lines.append(f"• {title(words, form, step)}: {answer}")
    submit = button(Submit(form.id, draft.number), words("button.submit"))
    change = button(Change(form.id, draft.number, 1), words("button.change"))
    return "\n".join(lines), (submit, change)


def changes(words: Words, form: Form, draft: Draft, page: int) -> Say:
    """List a page of the answers, each of which may be given anew."""
    steps = [step for step in path(form, draft.answers) if step.id in draft.answers]
    pages = max(1, -(-len(steps) // _PAGE))
    page = page if 1 <= page <= pages else 1
    edits = [
        button(Edit(form.id, draft.number, step.id), title(words, form, step))
        for step in steps[(page - 1) * _PAGE : page * _PAGE]
    ]
    if pages > 1:
        following = Change(form.id, draft.number, page % pages + 1)
        edits.append(button(following, words("button.more")))
    return Say(words("form.change"), (*edits, button(GoOn(), words("button.to_review"))))


def _variant(scoped: FormWords, form: Form, step: Step, draft: Draft) -> str:
    """Ask as it fits an earlier choice: `<step>.<choice>.<value>`, if there is such a text."""
    key = f"{form.id}.{step.id}"
    for name, value in relevant(form, draft.answers).items():
        if isinstance(value, str) and scoped.has(f"{key}.{name}.{value}"):
            return scoped(f"{key}.{name}.{value}")
    return scoped(key)


def problem(words: Words, form: Form, step: Step, refusal: Problem, world: World) -> str:
    """Say why an answer was refused: as the step itself puts it, else as all forms do."""
    scoped = FormWords(words, form.id)
    own = f"{form.id}.{step.id}.problem.{refusal.id}"
    key = own if scoped.has(own) else f"problem.{refusal.id}"
    return scoped(key, year=world.now.year, next_year=world.now.year + 1)


def title(words: Words, form: Form, step: Step) -> str:
    """Return the short name of a step."""
    return FormWords(words, form.id)(f"{form.id}.{step.id}.title")


def shown(words: Words, form: Form, step: Step, draft: Draft, world: World) -> str:
    """Write the answer of a step as people read it."""
    value = draft.answers[step.id]
    if value is None:
        return words("form.skipped")
    return step.field.show(value, asking(words, form, step, draft, world))


def form_title(words: Words, form: str) -> str:
    """Return what the application is called."""
    return words(f"{form}.title")
