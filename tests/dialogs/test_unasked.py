"""What may come unasked carries a template, for messengers that let nothing else through."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demonstration import invented
from dialogs.buttons import encode
from dialogs.effects import Say
from dialogs.incoming import Moved, Pressed, Said, Woke
from dialogs.insured import Linked
from dialogs.lateness import USEFUL
from dialogs.lifecycle import MOVES, Application
from dialogs.meanings import Begin
from dialogs.respond import respond
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from dialogs.session import Session
from dialogs.talk_events import Queued, RepresentativeJoined
from tests.dialogs.walks import events
from tests.forms import FORMS
from tests.worlds import NOON, knowledge, world

RECEIPT = "4821-7390-5"
OVERDUE = Application(RECEIPT, "reimbursement", "submitted", (), due_on=NOON.date())
ANNA = replace(invented(NOON.date(), "00000")[0], id=1)
WORLD = replace(
    world(applications=[OVERDUE]),
    people=(Linked(ANNA, "self"),),
    desk=knowledge().organisation.desk,
)


def documented():
    """Read from the manual which templates there are, and how many values each has."""
    page = Path("docs/channels.md").read_text(encoding="utf-8")
    table = page.partition("## What is said unasked")[2].partition("\n## ")[0]
    known = {}
    for names, values in re.findall(r"^\| (`.*?) \| (.*?) \|", table, re.MULTILINE):
        for name in re.findall(r"`(.+?)`", names):
            known[name] = 0 if values == "none" else values.count(",") + 1
    return known


KNOWN = documented()
BEGUN = [Pressed(encode(Begin("table"))), Said("да")]
REPORTED = [Said("вчера сменила фамилию"), Said("я")]


def assert_let_through(effects):
    """Look at the first thing said; the open question may follow it. Return its template."""
    said = [effect for effect in effects if isinstance(effect, Say)]
    for template in [one.template for one in said[:1]]:
        assert template is not None
        name = re.sub("^application_.*", "application_<state>", template.name)
        assert KNOWN[name] == len(template.values)
    return [one.template.name for one in said[:1]]


def after(happened):
    """Live through events; return the session."""
    session = Session()
    for event in happened:
        session = respond(session, event, WORLD).session
    return session


def unasked():
    """Draw what happens without a word of the person."""
    day = st.just(NOON.date())
    return st.one_of(
        st.builds(Woke, st.sampled_from(["draft:1", "draft:2", "duty:1", "duty:2", "window"])),
        st.builds(
            Moved,
            st.just(RECEIPT),
            st.just("reimbursement"),
            st.sampled_from(list(MOVES)),
            st.just(""),
            day,
        ),
        st.builds(RepresentativeJoined, st.just("Анна"), st.booleans()),
        st.builds(LinkDecided, st.just(1), st.just("Анна"), st.booleans(), st.just("решено")),
        st.builds(ExtractWithdrawn, st.just("K7QM-AAAA-AAAA-AAAA"), st.just("ошибка")),
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(events(FORMS), max_size=20), unasked(), st.integers(0, 400))
def test_whatever_comes_unasked_carries_a_template_of_the_manual(walk, event, days):
    turn = respond(after(walk), event, replace(WORLD, now=NOON + timedelta(days=days)))
    assert_let_through(turn.effects)


@pytest.mark.parametrize(
    ("before", "event", "days", "template"),
    [
        (BEGUN, Woke("draft:1"), 1, "draft_unfinished"),
        ([], Woke(f"promise:{RECEIPT}"), 1, "promise_late"),
        ([], Woke("window"), 1, "window_open"),
        (REPORTED, Woke("duty:1"), 7, "duty_week"),
        (REPORTED, Woke("duty:1"), 22, "duty_soon"),
        (REPORTED, Woke("duty:1"), 28, "duty_eve"),
        (REPORTED, Woke("duty:1"), 29, "duty_last"),
        (REPORTED, Woke("duty:1"), 31, "duty_after"),
        ([Said("оператор"), Queued("live", 2)], Queued("live", 2), 0, "still_waiting"),
    ],
)
def test_every_kind_of_reminder_has_its_template(before, event, days, template):
    turn = respond(after(before), event, replace(WORLD, now=NOON + timedelta(days=days)))
    assert assert_let_through(turn.effects) == [template]


def test_no_kind_of_reminder_is_forgotten_here():
    """Whoever adds a kind adds its template: these are all there are."""
    assert set(USEFUL) == {"draft", "promise", "clarify", "window", "duty"}
