"""The pace of sending, under a clock that a test moves."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.base import Pace
from bot.sending.governor import Budget

TELEGRAM = Pace(per_second=30, chat_per_second=1, chat_burst=3)
WHATSAPP = Pace(per_second=80, chat_per_second=1 / 6, chat_burst=45)
SLOW = Pace(per_second=0.5, chat_per_second=0.5, chat_burst=1)
LANES = st.sampled_from(["dialog", "notice"])
WANTED = st.lists(st.tuples(st.integers(1, 6), LANES, st.floats(0, 0.2)), min_size=1, max_size=150)


def sent(pace, wanted):
    """Send what is wanted, one after another and each as soon as it may go."""
    budget, now, calls = Budget(pace), 1000.0, []
    for chat, lane, pause in wanted:
        now += pause
        now += budget.wait_for(chat, now)
        now += budget.wait(lane, now)
        budget.spend(chat, lane, now)
        calls.append((now, chat, lane))
    return calls


@settings(deadline=None)
@given(WANTED, st.sampled_from([TELEGRAM, WHATSAPP, SLOW]))
def test_no_second_has_more_calls_than_the_messenger_allows(wanted, pace):
    moments = [moment for moment, _, _ in sent(pace, wanted)]
    most, span = max(1, int(pace.per_second)), max(1.0, 1 / pace.per_second)
    for first, beyond in zip(moments, moments[most:], strict=False):
        assert beyond - first >= span


@settings(deadline=None)
@given(WANTED, st.sampled_from([TELEGRAM, WHATSAPP, SLOW]))
def test_no_chat_gets_more_than_a_burst_and_then_its_own_pace(wanted, pace):
    by_chat = {}
    for moment, chat, _ in sent(pace, wanted):
        by_chat.setdefault(chat, []).append(moment)
    for moments in by_chat.values():
        for first in range(len(moments)):
            for last in range(first, len(moments)):
                allowed = pace.chat_burst + (moments[last] - moments[first]) * pace.chat_per_second
                assert last - first + 1 <= allowed + 1e-6


def test_notices_leave_a_third_for_dialogs_and_take_the_rest():
    """However many notices wait, in every second ten of thirty calls are free for dialogs."""
    budget, now = Budget(TELEGRAM), 1000.0
    seconds = Counter()
    for chat in range(400):
        now += budget.wait("notice", now)
        budget.spend(chat, "notice", now)
        seconds[int(now)] += 1
        assert not budget.wait("dialog", now) or len(seconds) == 0
    assert max(seconds.values()) <= 20
    assert 400 / (now - 1000) > 19


def test_the_full_rate_is_used():
    now, budget = 1000.0, Budget(TELEGRAM)
    for chat in range(3000):
        now += budget.wait("dialog", now)
        budget.spend(chat, "dialog", now)
    assert 0.97 < 3000 / (now - 1000) / 30 <= 1.0


def test_silence_is_for_everybody():
    budget = Budget(TELEGRAM)
    budget.silence(1030.0)
    assert budget.wait("dialog", 1000.0) == budget.wait("notice", 1000.0) == 30.0
    assert budget.wait("dialog", 1030.0) == 0.0


def test_memory_is_bounded_by_forgetting_who_has_rested():
    budget = Budget(Pace(per_second=1e6, chat_per_second=1, chat_burst=1))
    for chat in range(50_000):
        budget.spend(chat, "dialog", 1000.0 + chat)
    assert len(budget._paid) <= 20_000  # noqa: SLF001 — memory shows nowhere else
