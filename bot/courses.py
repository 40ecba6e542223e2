"""Where people stand in forms, for the statistics: begun, one question on, filed or dropped."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from dialogs.filling import CONSENT
from dialogs.session import Draft, Session
from storage.facts import Filling, Step

REVIEW: Final = "review"
AGREEMENT: Final = "consent"
"""Places in a form that are no question of its own; no step may be called so."""


def fillings(
    chat_id: int, before: Session, after: Session, filed: Collection[str], now: datetime
) -> tuple[Filling, ...]:
    """Tell which drafts have moved in a turn; those that complete what was filed are left out.

    ``filed`` names the forms of which an application was filed in the turn.
    """
    was, here = _drafts(before), _drafts(after)
    if was == here and before.consent == after.consent:
        return ()
    told = []
    for number, draft in here.items():
        step, old = _place(draft, after), was.get(number)
        if old is None:
            told.append(Filling(chat_id, number, draft.form, step, "begun", now))
        elif _place(old, before) != step:
            told.append(Filling(chat_id, number, draft.form, step, "moved", now))
    for number, draft in was.items():
        if number not in here:
            move: Step = "filed" if draft.form in filed else "dropped"
            told.append(Filling(chat_id, number, draft.form, _place(draft, before), move, now))
    return tuple(told)


def _drafts(session: Session) -> dict[int, Draft]:
    return {one.number: one for one in session.drafts() if not one.amends}


def _place(draft: Draft, session: Session) -> str:
    if session.consent != CONSENT:
        return AGREEMENT
    return draft.asked or REVIEW
