"""The pace of sending, under a clock that a test moves."""

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.pace import Pace
from bot.sending.governor import Budget, Governor

TELEGRAM = Pace(per_second=30, chat_per_second=1, chat_burst=3)
WHATSAPP = Pace(per_second=80, chat_per_second=1 / 6, chat_burst=45)
SLOW = Pace(per_second=0.5, chat_per_second=0.5, chat_burst=1)
PAID = Pace(per_second=30, chat_per_second=1, chat_burst=3, paid_per_second=100)
TURNS = st.sampled_from(["aside", "dialog", "notice"])
WANTED = st.lists(st.tuples(st.integers(1, 6), TURNS, st.floats(0, 0.2)), min_size=1, max_size=150)


def sent(pace, wanted):
    """Call as is wanted, one after another and each as soon as it may go."""
    budget, now, calls = Budget(pace), 1000.0, []
    for chat, turn, pause in wanted:
        now += pause
        if turn != "aside":
            now += budget.wait_for(chat, now)
        now += budget.wait(turn, now)
        if turn == "aside":
            budget.spend_aside(now)
        else:
            budget.spend(chat, turn, now)
        calls.append((now, chat, turn))
    return calls


@settings(deadline=None)
@given(WANTED, st.sampled_from([TELEGRAM, WHATSAPP, SLOW]))
def test_no_second_has_more_calls_than_the_messenger_allows(wanted, pace):
    """Those beside messages are calls, too."""
    moments = [moment for moment, _, _ in sent(pace, wanted)]
    most, span = max(1, int(pace.per_second)), max(1.0, 1 / pace.per_second)
    for first, beyond in zip(moments, moments[most:], strict=False):
        assert beyond - first >= span


@settings(deadline=None)
@given(WANTED, st.sampled_from([TELEGRAM, WHATSAPP, SLOW]))
def test_no_chat_gets_more_than_a_burst_and_then_its_own_pace(wanted, pace):
    by_chat = {}
    for moment, chat, turn in sent(pace, wanted):
        if turn != "aside":
            by_chat.setdefault(chat, []).append(moment)
    for moments in by_chat.values():
        for first in range(len(moments)):
            for last in range(first, len(moments)):
                allowed = pace.chat_burst + (moments[last] - moments[first]) * pace.chat_per_second
                assert last - first + 1 <= allowed + 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_whoever_waits_for_an_answer_does_not_wait_for_a_crowd_of_notices(seed):
    """Three answers a second come while notices take the rest: none waits for a second's worth."""
    chance, budget, now, chat = random.Random(seed), Budget(TELEGRAM), 1000.0, 0
    asked, waits = 1000.0, []
    while len(waits) < 600:
        asked = max(asked, now) + chance.expovariate(3)
        while (due := now + budget.wait("notice", now)) < asked:
            now, chat = due, chat + 1
            budget.spend(chat, "notice", now)
        now, chat = asked, chat + 1
        waits.append(budget.wait("dialog", now))
        now += waits[-1]
        budget.spend(chat, "dialog", now)
    waits.sort()
    assert waits[len(waits) * 95 // 100] <= 0.1
    assert waits[-1] <= 0.25


def test_a_stall_of_notices_does_not_come_back_each_second_to_those_who_ask():
    """What was late is not made up for in a bunch while people are answered: five a second ask."""
    budget, now, chat, waits, calls = Budget(TELEGRAM), 1000.0, 0, [], 0
    for _ in range(90):  # the loop stood still for a quarter of a second once, a while ago
        now, chat = now + budget.wait("notice", now), chat + 1
        budget.spend(chat, "notice", now)
    now += 0.25
    began = now
    for place in range(200):
        asked = max(began + place * 0.2, now)
        while (due := now + budget.wait("notice", now)) < asked:
            now, chat, calls = due, chat + 1, calls + 1
            budget.spend(chat, "notice", now)
        waits.append(budget.wait("dialog", asked))
        now, chat, calls = asked + waits[-1], chat + 1, calls + 1
        budget.spend(chat, "dialog", now)
    later = sorted(waits[10:])
    assert later[len(later) * 95 // 100] <= 0.025
    assert later[-1] <= 0.07
    assert calls / (now - began) / 30 > 0.96


@pytest.mark.parametrize("pace", [TELEGRAM, WHATSAPP])
def test_notices_take_all_that_dialogs_leave(pace):
    now, budget, calls = 1000.0, Budget(pace), 4000
    for chat in range(calls):
        now += budget.wait("notice", now)
        budget.spend(chat, "notice", now)
    assert 0.97 < calls / (now - 1000) / pace.per_second <= 1.0


@pytest.mark.parametrize(("seldom", "share"), [(0.0, 0.97), (0.1, 0.95), (0.2, 0.93)])
def test_notices_stay_as_fast_though_nobody_wakes_them_to_the_point(seldom, share):
    """The event loop comes a few milliseconds late, each time, and far too late now and then."""
    now, budget = 1000.0, Budget(TELEGRAM)
    for chat in range(3000):
        now += budget.wait("notice", now) + (0.004 if chat % 40 else seldom)
        budget.spend(chat, "notice", now)
    assert share < 3000 / (now - 1000) / 30 <= 1.0


@given(st.sampled_from([TELEGRAM, WHATSAPP]), st.floats(0, 5))
def test_a_crowd_of_answers_leaves_room_for_what_comes_in_meanwhile(pace, idle):
    """It counts as well where it counts, and is known only when it has been read."""
    budget, now, calls = Budget(pace), 1000.0, 0
    budget.spend(0, "notice", now)
    now += idle
    while not budget.wait("dialog", now):
        calls += 1
        budget.spend(calls, "dialog", now)
    assert calls <= pace.per_second / 2 + 1


@given(st.floats(0, 5))
def test_a_crowd_that_asks_at_once_is_answered_at_once_after_a_rest(idle):
    """Half a second's worth goes without waiting, however lately somebody else was answered."""
    budget, now = Budget(TELEGRAM), 1000.0
    budget.spend(0, "dialog", now)
    now += 1 + idle
    for chat in range(1, 16):
        assert budget.wait("dialog", now) == 0.0
        budget.spend(chat, "dialog", now)


def test_the_full_rate_is_used():
    now, budget = 1000.0, Budget(TELEGRAM)
    for chat in range(3000):
        now += budget.wait("dialog", now)
        budget.spend(chat, "dialog", now)
    assert 0.97 < 3000 / (now - 1000) / 30 <= 1.0


def test_paid_notices_go_at_their_own_rate_and_leave_dialogs_theirs():
    now, budget, calls = 1000.0, Budget(PAID), 4000
    for chat in range(calls):
        now += budget.wait("notice", now)
        budget.spend(chat, "notice", now)
        if chat % 10 == 0:
            assert budget.wait("dialog", now) == 0.0
            budget.spend(-chat, "dialog", now)
    assert 0.97 < calls / (now - 1000) / PAID.paid_per_second <= 1.0


@pytest.mark.parametrize("aside", [3, 9])
def test_notices_go_slower_by_just_what_goes_beside_them(aside):
    now, budget, calls, beside = 1000.0, Budget(TELEGRAM), 3000, 0
    for chat in range(calls):
        while 1000 + beside / aside < now:
            beside += 1
            budget.spend_aside(now)
        now += budget.wait("notice", now)
        budget.spend(chat, "notice", now)
    assert 0.97 < (calls + beside) / (now - 1000) / TELEGRAM.per_second <= 1.0


async def test_calls_beside_messages_go_first_then_dialogs_then_notices():
    """All three wait for the same moment, which a full second has left them."""
    now, gone = [1000.0], []
    governor = Governor(Pace(per_second=2, chat_per_second=9, chat_burst=9), lambda: now[0])
    governor.count(2)

    async def go(name, turn):
        await turn
        gone.append(name)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(go("notice", governor.admit(1, "notice")))
        tasks.create_task(go("dialog", governor.admit(2, "dialog")))
        tasks.create_task(go("aside", governor.admit_aside()))
        while len(gone) < 3:
            await asyncio.sleep(0)
            now[0] += 0.0001
    assert gone == ["aside", "dialog", "notice"]


def test_silence_is_for_everybody():
    budget = Budget(TELEGRAM)
    budget.silence(1030.0, asked=True)
    assert budget.wait("dialog", 1000.0) == budget.wait("notice", 1000.0) == 30.0
    assert budget.wait("aside", 1000.0) == 30.0
    assert budget.wait("dialog", 1030.0) == 0.0


def test_a_silence_of_our_own_is_not_for_what_goes_beside_messages():
    """A press turns until it is answered, and its answer may do where a message has failed."""
    budget = Budget(TELEGRAM)
    budget.silence(1030.0, asked=False)
    assert budget.wait("dialog", 1000.0) == budget.wait("notice", 1000.0) == 30.0
    assert budget.wait("aside", 1000.0) == 0.0


def test_memory_is_bounded_by_forgetting_who_has_rested():
    budget = Budget(Pace(per_second=1e6, chat_per_second=1, chat_burst=1))
    for chat in range(50_000):
        budget.spend(chat, "dialog", 1000.0 + chat)
    assert len(budget._chats) <= 4_000  # noqa: SLF001 — memory shows nowhere else
