"""What people say to notices: an answer, «стоп», and yes to one kind of them."""

from collections.abc import Mapping
from typing import Final, assert_never

from dialogs.effects import Button, Effect, Say
from dialogs.meanings import ToMenu
from dialogs.notices.content import KINDS, Kind
from dialogs.notices.meanings import (
    AnswerNotice,
    ChooseNotices,
    OnNotices,
    StopNotices,
    ToNotices,
)
from dialogs.notices.wishes import ChoicesWanted, NoticeAnswered, NoticesChosen
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

CONSENT: Final = "2026-11-26"
"""The version of the texts by which people agree or refuse; it changes with their words.

Advertising needs prior consent, and stops at once on request (38-FZ article 18).
"""

STOPPED_BY_A_WORD: Final[tuple[Kind, ...]] = ("service", "advertising")
"""What «стоп» stops; reminders of what the law asks for are stopped on their own."""


def press(session: Session, meaning: OnNotices, world: World) -> Turn:
    """Do what somebody said to a notice."""
    words = world.words[session.language]
    match meaning:
        case AnswerNotice(notice, place):
            told = say(words, "notice.answered", _menu(words))
            return Turn(session, (NoticeAnswered(notice, place), told))
        case StopNotices():
            stopped = tuple(_chosen(kind, agrees=False) for kind in STOPPED_BY_A_WORD)
            return Turn(session, (*stopped, _stopped(words)))
        case ChooseNotices(kind, agrees):
            told = _told(words, kind, agrees=agrees)
            return Turn(session, (_chosen(kind, agrees=agrees), told))
        case ToNotices():
            if world.chosen is None:
                return Turn(session, (ChoicesWanted(),))
            return Turn(session, (_kinds(session, words, world, world.chosen),))
        case _:
            assert_never(meaning)


def _chosen(kind: Kind, *, agrees: bool) -> Effect:
    return NoticesChosen(kind, agrees, CONSENT)


def _told(words: Words, kind: Kind, *, agrees: bool) -> Say:
    """Confirm a choice, to be taken back; to advertising one agrees under its words alone."""
    key = f"notice.wanted.{kind}" if agrees else f"notice.stopped.{kind}"
    if kind == "advertising" and not agrees:
        return say(words, key, _menu(words))
    return say(words, key, _choice(words, kind, agrees=not agrees), _menu(words))


def _stopped(words: Words) -> Say:
    return say(
        words,
        "notice.stopped",
        _choice(words, "service", agrees=True),
        button(ChooseNotices("duty", agrees=False), words("notice.button.nor_duty")),
        _menu(words),
    )


def _kinds(session: Session, words: Words, world: World, chosen: Mapping[Kind, bool]) -> Say:
    """Tell of each kind whether it comes, and let each be stopped, or be had back, by itself."""
    comes = {kind: chosen.get(kind, kind != "advertising") for kind in KINDS}
    told = {kind: words("notice.comes" if comes[kind] else "notice.comes_not") for kind in KINDS}
    text = words("notice.kinds", **told)
    if not comes["advertising"]:
        insurer = world.values[session.language]["insurer"]
        text = f"{text}\n\n{words('notice.kinds.consent', insurer=insurer)}"
    choices = (_choice(words, kind, agrees=not comes[kind]) for kind in KINDS)
    return Say(text, (*choices, _menu(words)))


def _choice(words: Words, kind: Kind, *, agrees: bool) -> Button:
    key = f"notice.button.{kind}" if agrees else f"notice.button.not_{kind}"
    return button(ChooseNotices(kind, agrees=agrees), words(key))


def _menu(words: Words) -> Button:
    return button(ToMenu(), words("button.menu"))
