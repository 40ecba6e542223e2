"""What the journal of the desk speaks of; the names are stored, so they never change."""

from typing import Final, Literal, TypeAlias, get_args

Deed: TypeAlias = Literal[
    "signed_in",
    "signed_out",
    "sign_in_refused",
    "code_refused",
    "recovery_used",
    "password_changed",
    "factor_enrolled",
    "recovery_renewed",
    "session_ended",
    "staff_added",
    "staff_changed",
    "staff_reset",
    "staff_disabled",
    "staff_enabled",
    "journal_exported",
    "journal_verified",
    "personal_revealed",
    "dialog_viewed",
    "dialog_claimed",
    "dialog_moved",
    "file_viewed",
    "application_viewed",
    "application_moved",
    "application_taken_over",
    "application_printed",
    "applications_exported",
    "reply_kept",
    "reply_dropped",
    "person_sought",
    "texts_sought",
    "person_viewed",
    "person_linked",
    "person_unlinked",
    "extract_withdrawn",
    "message_sent_again",
    "notice_written",
    "notice_moved",
    "notice_tried",
    "notice_exported",
    "questions_sorted",
    "fault_retried",
    "fault_dropped",
]
"""A deed of your own is one more line here and one text ``desk.deed.<name>`` a language."""

DEEDS: Final[tuple[Deed, ...]] = get_args(Deed)


def deed_key(deed: str) -> str:
    """Return the key of a deed's words."""
    return f"desk.deed.{deed}"
