"""Going on in another messenger: a code from here, typed there, and a yes on both sides.

The person chooses what moves: one unfinished application, whose photos stay behind, or the whole
conversation (`dialogs.carrying`). Nothing is merged unasked.
"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final, assert_never

from dialogs import carrying, filling
from dialogs.effects import Button, Say
from dialogs.form import fit
from dialogs.meanings import ToMenu
from dialogs.menu import menu
from dialogs.move_effects import ClaimDraft, HandDraft, OfferDraft
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
    OnTheMove,
)
from dialogs.move_meanings import MoveAct, MoveOn
from dialogs.reading import fold, is_one_of
from dialogs.session import Draft, Moving, Session
from dialogs.turn import Turn, button, say
from dialogs.wording import form_title
from dialogs.world import World

LIFE: Final = timedelta(minutes=10)
"""How long a code may be typed, and how long its asker may be answered."""

_CODE: Final = re.compile(r"(?P<word>\D*?)\s*(?P<code>\d{3}\s?\d{3})")


def begin(session: Session, world: World) -> Turn:
    """Offer to move what there is: the application that is unfinished, or everything."""
    words = world.words[session.language]
    draft, parts = _movable(session), carrying.belongings(session, world)
    to_menu = button(ToMenu(), words("button.menu"))
    if not parts:
        return Turn(session, (menu(session, world, "move.nothing"),))
    one = button(MoveOn("offer"), words("button.move.offer"))
    whole = button(MoveOn("whole"), words("button.move.whole"))
    title = form_title(words, draft.form) if draft else ""
    if carrying.is_busy(session):
        told = words("move.busy")
        if draft is None:
            return Turn(session, (Say(told, (to_menu,)),))
        told = f"{words('move.offer', title=title)}\n\n{told}"
        return Turn(session, (Say(told, (one, to_menu)),))
    if draft is None:
        return Turn(session, (say(words, "move.offer.whole", whole, to_menu, parts=parts),))
    both = say(words, "move.offer.both", one, whole, to_menu, title=title, parts=parts)
    return Turn(session, (both,))


def typed(session: Session, text: str, world: World) -> str:
    """Read a code of another messenger, empty when the text is none.

    Six digits alone are one where nothing is asked; else a word has to say so.
    """
    found = _CODE.fullmatch(text.strip().rstrip("."))
    if found is None or session.proving:  # six digits are another code there
        return ""
    is_free = not (session.is_asking or session.aside)
    says_so = is_one_of(found["word"], "move.words", world.words)
    is_alone = is_free and not fold(found["word"])
    return re.sub(r"\s", "", found["code"]) if says_so or is_alone else ""


def heard(session: Session, code: str, world: World) -> Turn:
    """Ask whether what was left elsewhere is to come here, beside what there is."""
    words = world.words[session.language]
    own = carrying.belongings(session, world)
    asked = say(words, "move.sure", *_choices(session, world, "take"))
    if own:
        asked = replace(asked, text=f"{asked.text}\n\n{words('move.sure.beside', parts=own)}")
    until = world.now + LIFE
    return Turn(replace(session, moving=Moving(until, code=code)), (asked,))


def press(session: Session, meaning: MoveOn, world: World) -> Turn | None:
    """Do what a button of a move means; None when nothing of the kind is asked any more."""
    moving = session.moving if session.moving and world.now < session.moving.until else None
    done = replace(session, moving=None)
    match meaning.act:
        case "begin":
            return begin(session, world)
        case "offer":
            draft = _movable(session)
            return Turn(session, (OfferDraft(draft.number),)) if draft else None
        case "whole":
            if carrying.is_busy(session) or not carrying.belongings(session, world):
                return begin(session, world)
            return Turn(session, (OfferDraft(carrying.WHOLE),))
        case "take" if moving and moving.code:
            return Turn(done, (ClaimDraft(moving.code),))
        case "let" if moving and moving.to and moving.draft != carrying.WHOLE:
            return _hand(done, moving, world)
        case "let" if moving and moving.to:
            if carrying.is_busy(session):
                return _rest(done, "move.busy", world)
            if not carrying.belongings(session, world):
                return Turn(done, (menu(done, world, "move.nothing"),))
            return carrying.hand(done, moving, world)
        case "refuse" if moving:
            return _rest(done, "move.refused", world)
        case "take" | "let" | "refuse":
            return None
        case _:
            assert_never(meaning.act)


def told(session: Session, event: OnTheMove, world: World) -> Turn:
    """Tell what became of a move."""
    words = world.words[session.language]
    match event:
        case MoveCode(code):
            spaced = f"{code[:3]} {code[3:]}"
            to_menu = button(ToMenu(), words("button.menu"))
            return Turn(session, (say(words, "move.code", to_menu, code=spaced),))
        case DraftSought(outcome):
            return _rest(session, f"move.{outcome}", world)
        case DraftWanted():
            return _wanted(session, event, world)
        case CodeTyped():
            return _typed_elsewhere(session, "move.wanted.other", event.channel, world)
        case DraftHanded():
            return _arrived(session, event, world)
        case AllHanded():
            return carrying.arrived(session, event, world)
        case _:
            assert_never(event)


def _wanted(session: Session, event: DraftWanted, world: World) -> Turn:
    """Ask whether it is the person who has typed our code elsewhere, and say what would go."""
    words, named = world.words[session.language], {}
    named["channel"] = words(f"move.channel.{event.channel}")
    key = "move.wanted"
    if event.draft == carrying.WHOLE:
        if carrying.is_busy(session):
            return Turn(session, (say(words, "move.wanted.busy", **named),))
        key, named["parts"] = "move.wanted.whole", carrying.belongings(session, world)
        is_there = bool(named["parts"])
    else:
        is_there = any(one.number == event.draft for one in session.drafts())
    if not is_there:  # filed or given up meanwhile
        return _typed_elsewhere(session, "move.wanted.nothing", event.channel, world)
    until = world.now + LIFE
    moving = Moving(until, to=event.to, channel=event.channel, draft=event.draft)
    asked = say(words, key, *_choices(session, world, "let"), **named)
    return Turn(replace(session, moving=moving), (asked,))


def _typed_elsewhere(session: Session, key: str, channel: str, world: World) -> Turn:
    """Say that our code was typed in a channel and moves nothing."""
    words = world.words[session.language]
    told_now = say(words, key, channel=words(f"move.channel.{channel}"))
    if session.led_by:
        return Turn(session, (told_now,))
    return _before_question(session, told_now, world)


def _hand(session: Session, moving: Moving, world: World) -> Turn | None:
    draft = next((one for one in session.drafts() if one.number == moving.draft), None)
    if draft is None:
        return None
    words = world.words[session.language]
    collected = {step.id for step in world.forms[draft.form].steps if step.field.collects}
    answers = {name: one for name, one in draft.answers.items() if name not in collected}
    handed = HandDraft(moving.to, draft.form, draft.version, answers, dict(draft.sources))
    left = session.without(draft.number)
    gone = say(
        words,
        "move.gone",
        title=form_title(words, draft.form),
        channel=words(f"move.channel.{moving.channel}"),
    )
    return Turn(left, (handed, Say(gone.text, menu(left, world).buttons)))


def _arrived(session: Session, event: DraftHanded, world: World) -> Turn:
    words = world.words[session.language]
    form = world.forms.get(event.form)
    if form is None:
        return Turn(session, (say(words, "outdated.form"),))
    answers, _ = fit(form, event.version, event.answers)
    sources = {name: one for name, one in event.sources.items() if name in answers}
    number = session.begun + 1
    draft = Draft(form.id, form.version, number, answers, sources=sources)
    had = any(one.form == form.id for one in session.drafts())
    opened = replace(session.with_draft(draft), begun=number)
    key = "move.arrived.beside" if had else "move.arrived"
    came = say(words, key, title=form_title(words, form.id))
    if session.led_by:  # asked once the representative has left
        return Turn(opened, (came,))
    return filling.ask(opened, world).after(came)


def _movable(session: Session) -> Draft | None:
    """Find the application that is open, or else was last; what staff have asked for stays."""
    return next((one for one in session.drafts() if not one.amends), None)


def _choices(session: Session, world: World, act: MoveAct) -> tuple[Button, ...]:
    words = world.words[session.language]
    yes = button(MoveOn(act), words(f"button.move.{act}"))
    return (yes, button(MoveOn("refuse"), words("button.move.refuse")))


def _rest(session: Session, key: str, world: World) -> Turn:
    """Say something, and repeat the question that is open or show the menu."""
    return _before_question(session, say(world.words[session.language], key), world)


def _before_question(session: Session, told_now: Say, world: World) -> Turn:
    if session.is_asking:
        return Turn(session, (told_now, filling.open_question(session, world)))
    return Turn(session, (Say(told_now.text, menu(session, world).buttons),))
