"""Applications live by the table of moves, and each move is told where it was filed."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.codes import Codes
from bot.conversing import Conversing
from bot.deciding import Deciding, HasIt, NotAllowed, Refused
from bot.ledger import Ledger
from bot.letters import Decision
from bot.metrics import Metrics
from bot.reminding import wake_due
from bot.turns import Turns
from dialogs import effects
from dialogs.buttons import encode
from dialogs.incoming import Filed, Moved, Pressed, Said
from dialogs.lifecycle import MOVES, may_move
from dialogs.meanings import Choose, Submit, ToApplication, Withdraw
from storage.applications import Paper
from storage.schema import application, application_move
from tests.bot.citizens import Citizen
from tests.bot.turning import FORMS, running, turns_on
from tests.worlds import NOON, world

NAME = "Ольга"


@pytest.fixture
async def turns(store, clock):
    """Run turns for the length of a test."""
    async with running(turns_on(store, clock)) as turns:
        yield turns


@pytest.fixture
def anna(turns, store, clock):
    """Give a citizen."""
    return Citizen(turns, store, clock)


@pytest.fixture
def desk(turns, store, clock):
    """Give what representatives decide with."""
    return Deciding(turns, store, clock)


async def lives(store, number):
    """Read an application as it is kept."""
    async with store.look() as look:
        return await look.application(number)


async def test_a_filed_application_has_a_number_a_state_and_a_promise(anna, store, clock):
    number = await anna.files("four")
    paper = await lives(store, number)
    assert paper.answers == {"seats": "four"}
    assert (paper.application.state, paper.application.form) == ("submitted", "table")
    assert paper.application.due_on == date(2026, 11, 25)
    assert [(one.state, one.actor, one.at) for one in paper.application.moves] == [
        ("submitted", "citizen", clock())
    ]


async def test_two_presses_each_delivered_twice_make_one_application(anna, store):
    """All four at once; the number is told once."""
    await anna.fill()
    code = await anna.shown(Submit)
    letters = [anna.letter(Pressed(code)), anna.letter(Pressed(code))] * 2
    await asyncio.gather(*(anna.turns.take(one) for one in letters))
    number = (await anna.application()).number
    told = [one for one in await anna.history() if number in one.text]
    assert len(told) == 1


async def test_two_processes_given_the_same_presses_make_one_application(anna, store, clock):
    await anna.fill()
    code = await anna.shown(Submit)
    letters = [anna.letter(Pressed(code)), anna.letter(Pressed(code))]
    async with running(turns_on(store, clock)) as others:
        await asyncio.gather(*(by.take(one) for by in (anna.turns, others) for one in letters))
    assert len(await anna.applications()) == 1


async def test_a_life_from_filing_to_completion_is_told_step_by_step(anna, desk):
    number = await anna.files()
    for move, state in [
        (desk.take, "in_review"),
        (desk.release, "submitted"),
        (desk.take, "in_review"),
        (desk.approve, "approved"),
        (desk.complete, "completed"),
    ]:
        before = len(await anna.history())
        await move(number, NAME, key=f"{before}")
        assert (await anna.application()).state == state
        told = (await anna.history())[before:]
        assert told, state
        assert number in " ".join(one.text for one in told)


async def test_a_move_records_who_when_and_why(anna, desk, store, clock):
    number = await anna.files()
    await desk.take(number, NAME, key="1")
    clock.wait(hours=1)
    await desk.reject(number, NAME, "Нет подписи", key="2")
    *_, last = (await lives(store, number)).application.moves
    assert (last.state, last.at, last.actor, last.reason) == (
        "rejected",
        clock(),
        "representative",
        "Нет подписи",
    )
    assert "Нет подписи" in " ".join(one.text for one in await anna.history())


async def test_a_clarification_reopens_what_is_asked_and_goes_back_into_review(anna, desk, store):
    number = await anna.files("two")
    await desk.take(number, NAME, key="1")
    await desk.clarify(number, NAME, ["seats"], "Стол на двоих занят", key="2")
    waiting = await anna.application()
    assert (waiting.state, waiting.due_on) == ("needs_clarification", date(2026, 12, 4))
    await anna.press(Choose, value="four")
    await anna.press(Submit)
    paper = await lives(store, number)
    assert paper.answers == {"seats": "four"}
    assert [(one.state, one.actor) for one in paper.application.moves[-2:]] == [
        ("needs_clarification", "representative"),
        ("in_review", "citizen"),
    ]
    assert len(await anna.applications()) == 1


async def test_a_clarification_that_passes_its_term_is_suspended_by_the_clock(
    anna, desk, store, clock
):
    number = await anna.files()
    await desk.take(number, NAME, key="1")
    await desk.clarify(number, NAME, ["seats"], "На сколько?", key="2")
    clock.wait(days=11)
    await wake_due(store, anna.turns, clock())
    assert (await anna.application()).state == "needs_clarification"
    clock.wait(days=2)
    await wake_due(store, anna.turns, clock())
    suspended = await anna.application()
    assert (suspended.state, suspended.moves[-1].actor) == ("suspended", "clock")
    await desk.take(number, NAME, key="3")
    assert (await anna.application()).due_on == date(2026, 12, 9)


async def test_an_answer_that_comes_too_late_changes_nothing(anna, desk, store):
    """The representative rejected it while the citizen was answering."""
    number = await anna.files("two")
    await desk.take(number, NAME, key="1")
    await desk.clarify(number, NAME, ["seats"], "На сколько?", key="2")
    await anna.press(Choose, value="four")
    submit = await anna.shown(Submit)
    await desk.take(number, NAME, key="3")
    await desk.reject(number, NAME, "Поздно", key="4")
    await anna.does(Pressed(submit))
    paper = await lives(store, number)
    assert (paper.application.state, paper.answers) == ("rejected", {"seats": "two"})
    assert len(await anna.applications()) == 1


async def test_the_citizen_may_take_an_application_back(anna, desk):
    number = await anna.files()
    await anna.press(ToApplication, number=number)
    await anna.press(Withdraw, sure=False)
    await anna.press(Withdraw, sure=True)
    assert (await anna.application()).state == "withdrawn"
    with pytest.raises(NotAllowed):
        await desk.take(number, NAME, key="1")


async def test_a_decision_handed_in_twice_is_made_and_told_once(anna, desk):
    number = await anna.files()
    await desk.take(number, NAME, key="1")
    before = await anna.history()
    await asyncio.gather(*(desk.take(number, NAME, key="1") for _ in range(3)))
    assert await anna.history() == before
    assert len((await anna.application()).moves) == 2


async def test_of_two_who_take_an_application_one_is_refused(anna, desk):
    number = await anna.files()
    results = await asyncio.gather(
        desk.take(number, NAME, key="1"),
        desk.take(number, "Пётр", key="2"),
        return_exceptions=True,
    )
    refused = [one for one in results if one is not None]
    assert [type(one) for one in refused] == [NotAllowed]
    assert (refused[0].here, refused[0].there) == ("in_review", "in_review")


async def test_a_refused_decision_changes_nothing_and_may_be_tried_again(anna, desk, store):
    number = await anna.files()
    before = await anna.history(), await lives(store, number)
    with pytest.raises(NotAllowed) as refused:
        await desk.approve(number, NAME, key="1")
    assert (refused.value.here, refused.value.there) == ("submitted", "approved")
    assert (await anna.history(), await lives(store, number)) == before
    await desk.take(number, NAME, key="2")
    await desk.approve(number, NAME, key="1")
    assert (await anna.application()).state == "approved"


@pytest.mark.parametrize(
    ("decide", "more"),
    [
        ("reject", [" \n"]),
        ("clarify", [["seats"], ""]),
        ("clarify", [[], "Что?"]),
        ("clarify", [["seats", "colour"], "Что?"]),
    ],
)
async def test_no_decision_is_made_without_what_the_citizen_must_know(anna, desk, decide, more):
    """A reason, and questions that were asked."""
    number = await anna.files()
    await desk.take(number, NAME, key="1")
    with pytest.raises(Refused):
        await getattr(desk, decide)(number, NAME, *more, key="2")
    assert (await anna.application()).state == "in_review"


async def test_nothing_is_decided_of_a_number_that_was_never_given(desk):
    with pytest.raises(Refused):
        await desk.take("0000-0000-0", NAME, key="1")


async def test_refusals_keep_nobody_else_from_going_on(anna, desk, store, clock):
    """Many refused decisions and one citizen in the same batch."""
    people = [Citizen(anna.turns, store, clock, f"p{number}") for number in range(5)]
    numbers = [await one.files() for one in people]
    results = await asyncio.gather(
        *(desk.approve(number, NAME, key=number) for number in numbers),
        anna.does(Said("привет")),
        return_exceptions=True,
    )
    assert [type(one) for one in results] == [NotAllowed] * 5 + [type(None)]
    assert len(await anna.history()) > 1


async def test_a_decision_that_cannot_be_told_is_not_made(store, clock):
    """The core raises because a text is missing; whoever decided hears of it."""

    def speechless(now):
        real = replace(world(now.astimezone(NOON.tzinfo), FORMS), now=now.astimezone(NOON.tzinfo))
        texts = {
            key: text
            for key, text in real.words["ru"].texts.items()
            if key != "application.in_review"
        }
        words = real.words["ru"]
        return replace(real, words={"ru": type(words)("ru", texts, words._plural)})  # noqa: SLF001

    conversing = Conversing(speechless, lambda: "0000-0001-0", Codes("secret"))
    async with running(Turns(store, conversing, Metrics(), clock)) as turns:
        anna = Citizen(turns, store, clock)
        number = await anna.files()
        before = await anna.history(), await anna.application()
        with pytest.raises(KeyError):
            await Deciding(turns, store, clock).take(number, NAME, key="1")
        assert (await anna.history(), await anna.application()) == before


async def test_someone_who_has_left_is_not_thought_back_because_of_a_decision(anna, desk, store):
    number = await anna.files()
    async with store.work() as work:
        chats = await work.chats([("web", "anna")], NOON, {})
        await work.gone([chats["web", "anna"].id], NOON)
    await desk.take(number, NAME, key="1")
    async with store.look() as look:
        assert (await look.chat("web", "anna")).gone_at == NOON


async def test_no_chat_touches_the_applications_of_another(anna, store, clock):
    """A forged button with a foreign number."""
    number = await anna.files()
    bert = Citizen(anna.turns, store, clock, "bert")
    await bert.does(Said("привет"))
    await bert.does(Pressed(encode(Withdraw(number, sure=True))))
    await bert.does(Pressed(encode(ToApplication(number))))
    assert (await anna.application()).state == "submitted"
    assert not any(number in one.text for one in await bert.history())


# The law of the table, tried at random.

ACTORS = ("citizen", "representative", "clock")
MOMENT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WISHES = st.lists(
    st.tuples(
        st.sampled_from(sorted(MOVES)), st.sampled_from([*ACTORS, "amends"]), st.integers(0, 1)
    ),
    max_size=30,
)


def wish(ledger, number, state, actor):
    """Ask for one move; tell whether it was made."""
    here = next(one for one in ledger.applications if one.number == number)
    if actor == "amends":
        answer = ledger.file(effects.File("table", 1, {"seats": "four"}, amends=number))
        assert isinstance(answer, Filed) == may_move(here.state, "in_review", "citizen")
        return isinstance(answer, Filed)
    if actor != "representative":
        answer = ledger.move(effects.Move(number, state, actor))
        assert isinstance(answer, Moved)
        return answer.state == state != here.state
    steps = ("seats",) if state == "needs_clarification" else ()
    wanted = Moved(number, "table", state, "Потому что", steps=steps)
    letter = Decision(channel="web", chat="x", key="1", incoming=wanted, sent_at=MOMENT, name=NAME)
    paper = Paper("web", "x", here, 1, {"seats": "two"})
    if not may_move(here.state, state, "representative"):
        with pytest.raises(NotAllowed) as refused:
            ledger.decide(letter, paper)
        assert (refused.value.here, refused.value.there) == (here.state, state)
        return False
    answer = ledger.decide(letter, paper)
    assert bool(answer.answers) == (state == "needs_clarification")
    return True


@given(WISHES)
def test_no_sequence_of_wishes_leaves_the_table_of_moves(wishes):
    """History replays to the state, each step is allowed to its actor, each term is counted."""
    numbers = (f"{number}" for number in count())
    ledger = Ledger(1, (), world(MOMENT), MOMENT, lambda: next(numbers))
    for _ in range(2):
        ledger.file(effects.File("table", 1, {"seats": "two"}))
    for state, actor, which in wishes:
        before = ledger.applications, len(ledger.movings)
        if not wish(ledger, f"{which}", state, actor):
            assert (ledger.applications, len(ledger.movings)) == before
    for one in ledger.applications:
        assert one.state == one.moves[-1].state
        assert one.moves[0].state == "submitted"
        for earlier, later in zip(one.moves, one.moves[1:], strict=False):
            assert later.actor in MOVES[earlier.state][later.state]
        awaited = one.state in {"submitted", "in_review", "needs_clarification"}
        assert (one.due_on is not None) == awaited
        mine = [move for move in ledger.movings if move.number == one.number]
        assert [move.place for move in mine] == list(range(1, len(one.moves)))
        assert tuple(move.move for move in mine) == one.moves[1:]


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_kept_is_what_was_decided(anna, desk, store, clock, seed):
    """A random life through the database: refused moves leave no trace, others each one."""
    dice = random.Random(seed)
    number = await anna.files()
    states = ["submitted"]
    for key in range(25):
        decide, there, more = dice.choice(
            [
                (desk.take, "in_review", []),
                (desk.release, "submitted", []),
                (desk.clarify, "needs_clarification", [["seats"], "На сколько?"]),
                (desk.approve, "approved", []),
                (desk.reject, "rejected", ["Нет мест"]),
                (desk.complete, "completed", []),
            ]
        )
        clock.wait(minutes=1)
        try:
            await decide(number, NAME, *more, key=f"{key}")
        except NotAllowed:
            assert not may_move(states[-1], there, "representative")
        else:
            assert may_move(states[-1], there, "representative")
            states.append(there)
        kept = await anna.application()
        assert [one.state for one in kept.moves] == states
        assert kept.state == states[-1]


def test_a_promise_to_look_stands_while_the_application_goes_to_and_fro():
    ledger = Ledger(1, (), world(MOMENT), MOMENT, lambda: "1")
    ledger.file(effects.File("table", 1, {}))
    (first,) = ledger.applications
    later = MOMENT + timedelta(days=1)
    tomorrow = Ledger(1, ledger.applications, world(later), later, lambda: "2")
    for state in ("in_review", "submitted", "in_review"):
        assert wish(tomorrow, "1", state, "representative")
        assert tomorrow.applications[0].due_on == first.due_on


@pytest.mark.parametrize(("form", "brings"), [("extract", True), ("table", False)])
def test_only_the_approval_of_an_extract_brings_its_answers(form, brings):
    """The core issues by them; every other decision is told without what was answered."""
    ledger = Ledger(1, (), world(MOMENT), MOMENT, lambda: "1")
    ledger.file(effects.File(form, 1, {"enp": "9978940898005000"}))
    for state in ("in_review", "approved", "completed"):
        letter = Decision(
            channel="web",
            chat="x",
            key=state,
            incoming=Moved("1", form, state),
            sent_at=MOMENT,
            name=NAME,
        )
        paper = Paper("web", "x", ledger.applications[0], 1, {"enp": "9978940898005000"})
        told = ledger.decide(letter, paper)
        assert bool(told.answers) == (brings and state == "approved")


def test_the_tables_of_a_life_name_nobody_but_those_who_moved_it():
    """No column of theirs but the answers and whom it is about holds the citizen's words."""
    assert {column.name for column in application.columns} >= {"answers", "about"}
    assert "answers" not in {column.name for column in application_move.columns}


async def test_of_many_who_take_one_over_exactly_one_has_it(anna, turns, store, clock):
    """Ten rounds of four at once, in two processes; whoever lost is told who has it."""
    number = await anna.files()
    await Deciding(turns, store, clock, "olga").take(number, NAME, key="0")
    holder = "olga"
    async with running(turns_on(store, clock)) as others:
        for turn in range(10):
            takers = [
                Deciding(turns if place % 2 else others, store, clock, f"r{turn}-{place}")
                for place in range(4)
            ]
            taken = await asyncio.gather(
                *(one.take_over(number, "Вера", holder, key=f"{turn}") for one in takers),
                return_exceptions=True,
            )
            assert sum(one is None for one in taken) == 1
            assert sum(isinstance(one, HasIt) for one in taken) == 3
            before, holder = holder, (await lives(store, number)).taken_by
            assert holder == f"r{turn}-{taken.index(None)}"
            with pytest.raises(HasIt):
                await Deciding(turns, store, clock, before).approve(number, NAME, key=f"a{turn}")
    assert (await anna.application()).state == "in_review"


async def test_taking_over_tells_nobody_and_ends_with_the_application(anna, turns, store, clock):
    number = await anna.files()
    olga = Deciding(turns, store, clock, "olga")
    vera = Deciding(turns, store, clock, "vera")
    await olga.take(number, NAME, key="1")
    before = len(await anna.history())
    await vera.take_over(number, "Вера", "olga", key="2")
    assert len(await anna.history()) == before
    await vera.reject(number, "Вера", "Нет подписи", key="3")
    with pytest.raises(NotAllowed):
        await olga.take_over(number, NAME, "vera", key="4")
