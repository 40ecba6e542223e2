"""Unanswered questions for editors: like ones together, sorted by one click."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, get_args

from aiohttp import web

from bot.desk.dispatch import Refused
from bot.desk.reading import number
from bot.desk.route import Route
from bot.desk.visit import Visit
from dialogs.faq.likeness import Asked, grouped
from storage.wondered import Question, Sorted

VIEWS: Final[tuple[Sorted, ...]] = get_args(Sorted)

_READ: Final = 4000  # the newest questions; grouping them takes about a second once
_SHOWN: Final = 60  # groups
_EXAMPLES: Final = 4
_GUESSES: Final = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same, the newest first.

    ``sorted_as`` is what an editor said of the newest of them that was sorted; ``fresh`` counts
    those that came after it, or all.
    """

    questions: Sequence[Question] = field(repr=False)
    sorted_as: Sorted
    fresh: int

    @property
    def number(self) -> int:
        """The number of its newest question, by which a form names the group."""
        return self.questions[0].id

    @property
    def count(self) -> int:
        """Tell how often it was asked."""
        return len(self.questions)

    @property
    def last_at(self) -> datetime:
        """Tell when it was asked last."""
        return self.questions[0].at

    @property
    def examples(self) -> list[str]:
        """Give the newest wordings that differ."""
        return list(dict.fromkeys(one.text for one in self.questions))[:_EXAMPLES]

    @property
    def guesses(self) -> list[str]:
        """Name the topics that the assistant thought of, the most frequent first."""
        counted = Counter(topic for one in self.questions for topic in one.guesses)
        return [topic for topic, _ in counted.most_common(_GUESSES)]

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """Count what became of them."""
        return Counter(one.outcome for one in self.questions).most_common()


def groups_of(questions: Sequence[Question]) -> list[Group]:
    """Put like questions together, the most frequent groups first."""
    known = {one.id: one for one in questions}
    asked = [Asked(one.id, one.language, one.text) for one in questions]
    groups = [_group([known[number] for number in numbers]) for numbers in grouped(asked)]
    return sorted(groups, key=lambda one: (one.count, one.number), reverse=True)


def _group(questions: Sequence[Question]) -> Group:
    for place, one in enumerate(questions):
        if one.sorted_as != "new":
            return Group(questions, one.sorted_as, place)
    return Group(questions, "new", len(questions))


async def show(visit: Visit) -> web.StreamResponse:
    """Show the groups of one view."""
    view = _view(visit.query.get("view", "new"))
    groups = await _groups(visit)
    topics = visit.desk.assistant.knowledge.library.topics[visit.words.language]
    chosen = [one for one in groups if one.sorted_as == view]
    return visit.page(
        "questions.html.j2",
        view=view,
        views=VIEWS,
        counts=Counter(one.sorted_as for one in groups),
        groups=chosen[:_SHOWN],
        rest=max(0, len(chosen) - _SHOWN),
        title=lambda name: topics[name].title if name in topics else name,
        read=sum(one.count for one in groups),
    )


async def sort(visit: Visit) -> web.StreamResponse:
    """Say of a whole group what it is."""
    made, view = _view(visit.form.get("as", "")), _view(visit.form.get("view", "new"))
    named = number(visit.form.get("group", ""))
    if named is None:
        raise Refused(400, "malformed")
    groups = await _groups(visit)
    # By any of its questions: a newer one may have joined it since the page was read.
    found = next((one for one in groups if any(named == each.id for each in one.questions)), None)
    if found is None:
        raise Refused(404, "missing")
    async with visit.desk.store.work() as work:
        await work.sort_questions([one.id for one in found.questions], made)
        await visit.journal(work, "questions_sorted", f"question:{named}", made)
    return visit.back(f"/desk/questions?view={view}", done=f"questions_{made}")


async def _groups(visit: Visit) -> list[Group]:
    async with visit.desk.store.look() as look:
        questions = await look.unanswered(_READ)
    return await asyncio.to_thread(groups_of, questions)


def _view(name: str) -> Sorted:
    for known in VIEWS:
        if name == known:
            return known
    raise Refused(400, "malformed")


ROUTES: Final = (
    Route("GET", "/desk/questions", "question.sort", show),
    Route("POST", "/desk/questions", "question.sort", sort),
)
