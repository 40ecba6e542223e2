"""The desk's side of a talk: each deed moves it, and says what the core is to be told."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.letters import Refused
from bot.takeover import deeds
from bot.takeover.course import Course
from bot.takeover.deeds import CLOCK, CitizenWrote, Deed, Elsewhere, Representative
from dialogs.form import fit
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.talk import LED, OUTCOMES
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
    SetAside,
)
from storage.talks import Talk


def do(course: Course, deed: Deed) -> Incoming:
    """Do what a representative or the clock wants; raises `Refused`."""
    if course.talk is None or course.talk.id != deed.talk:
        raise Elsewhere("closed")
    course.by = deed.by if deed.by != CLOCK else _leader(course.talk)
    match deed.wish:
        case deeds.Claim(key):
            return _claim(course, course.talk, deed.by, key)
        case deeds.Lapse():
            return _lapse(course, course.talk)
        case deeds.Wake():
            return _wake(course, course.talk)
    if course.talk.representative != deed.by.login or course.talk.state not in LED:
        raise Elsewhere(course.talk.state, course.talk.representative_name)
    match deed.wish:
        case deeds.Reply():
            return _reply(course, course.talk, deed.wish)
        case deeds.Park(until):
            return _park(course, course.talk, until)
        case deeds.TakeUp():
            return _take_up(course, course.talk)
        case deeds.PassOn():
            return _pass_on(course, course.talk, deed.wish)
        case deeds.GiveBack():
            course.tell("event.given_back", name=course.talk.representative_name)
            course.close("given_back", "given_back")
            return RepresentativeLeft("back")
        case deeds.HandInto():
            return _hand_into(course, course.talk, deed.wish)
        case deeds.Close(outcome):
            return _end(course, course.talk, outcome)
        case _:
            assert_never(deed.wish)


def _claim(course: Course, talk: Talk, by: Representative, key: str) -> Incoming:
    if talk.state != "queued":
        raise Elsewhere(talk.state, talk.representative_name)
    claimed = replace(talk, claimed_at=talk.claimed_at or course.now, unread=0)
    course.give(claimed, "claimed", by, key=key)
    course.takes_over = True
    course.tell("event.claimed", name=by.name)
    return RepresentativeJoined(by.name)


def _lapse(course: Course, talk: Talk) -> Incoming:
    if talk.state != "led" or talk.due_at is None or talk.due_at > course.now:
        raise Elsewhere(talk.state, talk.representative_name)
    course.tell("event.lapsed", name=talk.representative_name)
    course.queue(replace(talk, returned=True), "lapsed")
    return RepresentativeLeft("lapsed")


def _wake(course: Course, talk: Talk) -> Incoming:
    if talk.state != "parked" or talk.due_at is None or talk.due_at > course.now:
        raise Elsewhere(talk.state, talk.representative_name)
    course.lead(talk, "woke")
    course.tell("event.woke", name=talk.representative_name)
    return SetAside()


def _reply(course: Course, talk: Talk, reply: deeds.Reply) -> Incoming:
    if talk.state == "filling":
        raise Elsewhere(talk.state, talk.representative_name)
    if talk.heard_seq > reply.seen:
        raise CitizenWrote(talk.heard_seq)
    if not reply.text.strip() and not reply.documents:
        raise Refused("there is nothing to say")
    begun_at = talk.begun_at or course.now
    course.talk = replace(talk, state="awaiting", due_at=None, unread=0, begun_at=begun_at)
    return RepresentativeSaid(talk.representative_name, reply.text, reply.documents)


def _park(course: Course, talk: Talk, until: datetime) -> Incoming:
    if talk.state == "filling":
        raise Elsewhere(talk.state, talk.representative_name)
    if until <= course.now:
        raise Refused("that moment is past")
    course.move("parked", replace(talk, state="parked", due_at=until))
    here = until.astimezone(course.world.now.tzinfo)
    course.tell("event.parked", name=talk.representative_name, until=f"{here:%d.%m.%Y %H:%M}")
    return SetAside()


def _take_up(course: Course, talk: Talk) -> Incoming:
    course.lead(talk, "took_up")
    course.tell("event.took_up", name=talk.representative_name)
    if talk.state == "filling":
        return RepresentativeJoined(talk.representative_name, again=True)
    return SetAside()


def _pass_on(course: Course, talk: Talk, wish: deeds.PassOn) -> Incoming:
    name = talk.representative_name
    if wish.to is None:
        course.tell("event.passed", name=name)
        course.queue(talk, "passed", wish.note)
        return RepresentativeLeft("passed")
    course.tell("event.passed_on", name=name, to=wish.to.name)
    course.give(talk, "passed", wish.to, wish.note)
    return PassedOn(wish.to.name)


def _hand_into(course: Course, talk: Talk, wish: deeds.HandInto) -> Incoming:
    form = course.world.forms.get(wish.form)
    if form is None or (wish.step and form.step(wish.step) is None):
        raise Refused("there is no such question")
    answers: dict[str, Json] = dict(wish.answers)
    if fit(form, form.version, answers)[1]:
        raise Refused("an answer does not fit its question")
    name = talk.representative_name
    course.move("handed_in", replace(talk, state="filling", due_at=None))
    course.tell("event.handed_in", name=name, form=wish.form)
    return HandedIn(name, wish.form, wish.step, answers)


def _end(course: Course, talk: Talk, outcome: str) -> Incoming:
    if outcome not in OUTCOMES:
        raise Refused("a talk ends with an outcome")
    course.tell("event.closed", name=talk.representative_name, outcome=outcome)
    course.close("closed", outcome)
    return RepresentativeLeft("closed", talk.id)


def _leader(talk: Talk) -> Representative:
    return Representative(talk.representative, talk.representative_name)
