"""What people say to notices: an answer, «стоп», and yes to one kind of them."""

from typing import Final, assert_never

from dialogs.effects import Button, Effect, Say
from dialogs.meanings import ToMenu
from dialogs.notices.content import Kind
from dialogs.notices.meanings import (
    AnswerNotice,
    ChooseNotices,
    OnNotices,
    StopNotices,
    ToNotices,
)
from dialogs.notices.wishes import NoticeAnswered, NoticesChosen
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
        case ChooseNotices("duty", False):
            told = say(words, "notice.stopped.duty", _wanted("duty", words), _menu(words))
            return Turn(session, (_chosen("duty", agrees=False), told))
        case ChooseNotices(kind, agrees):
            wanted = say(words, f"notice.wanted.{kind}", _menu(words))
            told = wanted if agrees else _stopped(words)
            return Turn(session, (_chosen(kind, agrees=agrees), told))
        case ToNotices():
            return Turn(session, (_kinds(session, words, world),))
        case _:
            assert_never(meaning)


def _chosen(kind: Kind, *, agrees: bool) -> Effect:
    return NoticesChosen(kind, agrees, CONSENT)


def _stopped(words: Words) -> Say:
    return say(
        words,
        "notice.stopped",
        button(ChooseNotices("service", agrees=True), words("notice.button.news")),
        button(ChooseNotices("duty", agrees=False), words("notice.button.not_duty")),
        _menu(words),
    )


def _kinds(session: Session, words: Words, world: World) -> Say:
    return say(
        words,
        "notice.kinds",
        button(ChooseNotices("advertising", agrees=True), words("notice.button.advertising")),
        button(StopNotices(), words("notice.button.stop")),
        _menu(words),
        insurer=world.values[session.language]["insurer"],
    )


def _wanted(kind: Kind, words: Words) -> Button:
    return button(ChooseNotices(kind, agrees=True), words(f"notice.button.{kind}"))


def _menu(words: Words) -> Button:
    return button(ToMenu(), words("button.menu"))
