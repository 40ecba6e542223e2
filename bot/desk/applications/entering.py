"""The whole of an application's data, in the order in which it is entered somewhere by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.desk.applications.arguments import Found, found, region_of
from bot.desk.applications.showing import Fact, facts, name_of_form
from bot.desk.purposes import PURPOSES
from bot.desk.reading import new_key
from bot.desk.route import Route
from bot.desk.visit import Visit
from dialogs.json import Json
from dialogs.names import Name

GROUPED: Final = frozenset({"smo_change", "data_update", "newborn", "relocation"})
"""Applications that end with what a representative enters into the register of the insured."""

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "ground": ("ground", "what", "changed_on", "moved_on", "insurer", "insurer_there"),
    "person": ("name", "old_name", "sex", "born_on", "born_in"),
    "document": (
        "document_kind",
        "document",
        "certificate",
        "certificate_on",
        "issued_on",
        "issuer",
        "stay_until",
    ),
    "abode": ("abode", "address"),
    "numbers": ("snils", "enp"),
    "contacts": ("phone", "email"),
    "representative": (
        "who",
        "filer_role",
        "filer_name",
        "filer_document_kind",
        "filer_document",
    ),
}
"""The parts of an insurer's application form, and which of our questions belong to each."""

PARTS: Final = (*_GROUPS, "rest")
"""All parts by name: texts ``desk.application.group.<part>``."""

_MARK: Final = " № "  # between series and number of a document
_OTHER: Final = "other"
_LONGEST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be entered: what it is called, and the text to copy."""

    title: str
    text: str = field(repr=False)


async def ask(visit: Visit) -> web.StreamResponse:
    """Ask what for."""
    return await _page(visit, await found(visit))


async def show(visit: Visit) -> web.StreamResponse:
    """Write the look down, then show everything in clear."""
    one = await found(visit)
    purpose = visit.form.get("purpose", "")
    words = visit.form.get("words", "").strip()[:_LONGEST_WORDS]
    if purpose not in PURPOSES or (purpose == _OTHER and not words):
        problem = visit.words("desk.reveal.problem")
        return await _page(visit, one, problem=problem)
    async with visit.desk.store.work() as work:
        told = f"{purpose}: {words}" if words else purpose
        about = f"application:{one.entry.number}:all"
        await visit.journal(work, "personal_revealed", about, told)
    return await _page(visit, one, groups=groups(visit, one))


def groups(visit: Visit, one: Found) -> list[tuple[str, Sequence[Line]]]:
    """Gather what was answered by the parts of the form; what belongs to none comes last."""
    answered = {fact.step: fact for fact in facts(visit, one.paper) if not fact.photos}
    known = {step for steps in _GROUPS.values() for step in steps}
    parts = {**_GROUPS, "rest": tuple(step for step in answered if step not in known)}
    gathered = (
        (
            name,
            [
                line
                for step in steps
                if step in answered
                for line in _lines(visit, one, answered[step])
            ],
        )
        for name, steps in parts.items()
    )
    return [(name, lines) for name, lines in gathered if lines]


def _lines(visit: Visit, one: Found, fact: Fact) -> Iterator[Line]:
    """Write an answer as it is entered: names and numbers of documents part by part."""
    value: Json = one.paper.answers.get(fact.step)
    if value is None:
        return
    if isinstance(value, dict) and set(value) == set(Name._fields):
        for part in Name._fields:
            if value[part]:
                called = visit.words(f"desk.application.part.{part}", title=fact.title)
                yield Line(called, str(value[part]))
        return
    series, mark, number = fact.text.partition(_MARK)
    if mark and fact.step in _GROUPS["document"]:
        for part, text in (("series", series), ("number", number)):
            yield Line(visit.words(f"desk.application.part.{part}", title=fact.title), text)
        return
    yield Line(fact.title, fact.text)


async def _page(
    visit: Visit,
    one: Found,
    *,
    groups: Sequence[tuple[str, Sequence[Line]]] = (),
    problem: str = "",
) -> web.Response:
    return visit.page(
        "application_data.html.j2",
        status=400 if problem else 200,
        entry=one.entry,
        form=name_of_form(visit.words, one.entry.form),
        groups=groups,
        enters=one.entry.form in GROUPED,
        may_complete=one.entry.state == "approved"
        and one.entry.is_free_for(visit.staff.login)
        and visit.may("application.decide"),
        problem=problem,
        key=new_key(),
    )


_AT: Final = "/desk/applications/{number:[0-9-]+}/data"

ROUTES: Final = (
    Route("GET", _AT, "personal.reveal", ask, region=region_of),
    Route("POST", _AT, "personal.reveal", show, region=region_of),
)
