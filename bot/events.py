"""Events as plain JSON and back: so that a parked one can be tried again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from dialogs.incoming import (
    Attached,
    Busy,
    ClaimChecked,
    ClaimTaken,
    CodeChecked,
    CodeSent,
    Filed,
    FileSent,
    Incoming,
    Issued,
    Moved,
    NotIssued,
    Opened,
    Outdated,
    Paused,
    Pressed,
    Refusal,
    Returned,
    Said,
    Scanned,
    Stopped,
    Unreadable,
    Vouched,
    Woke,
)
from dialogs.json import Json
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
)
from dialogs.paper import PaperPolicy
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    Queued,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
    SetAside,
)

# Kept in the database, so a published format: a class may be renamed, its name here may not.
_KINDS: Mapping[str, type[Incoming]] = {
    "opened": Opened,
    "said": Said,
    "pressed": Pressed,
    "attached": Attached,
    "unreadable": Unreadable,
    "filed": Filed,
    "moved": Moved,
    "woke": Woke,
    "joined": RepresentativeJoined,
    "left": RepresentativeLeft,
    "queued": Queued,
    "replied": RepresentativeSaid,
    "passed_on": PassedOn,
    "handed_in": HandedIn,
    "set_aside": SetAside,
    "stopped": Stopped,
    "returned": Returned,
    "outdated": Outdated,
    "code_sent": CodeSent,
    "paused": Paused,
    "code_checked": CodeChecked,
    "vouched": Vouched,
    "claim_taken": ClaimTaken,
    "claim_checked": ClaimChecked,
    "scanned": Scanned,
    "link_decided": LinkDecided,
    "extract_withdrawn": ExtractWithdrawn,
    "busy": Busy,
    "issued": Issued,
    "not_issued": NotIssued,
    "move_code": MoveCode,
    "draft_sought": DraftSought,
    "draft_wanted": DraftWanted,
    "code_typed": CodeTyped,
    "draft_handed": DraftHanded,
    "all_handed": AllHanded,
}
# By the name of the field, after that of the event where the name alone does not tell.
_PARTS: Mapping[str, Any] = {
    "attached.files": tuple[FileSent, ...],
    "scanned.files": tuple[str, ...],
    "policy": PaperPolicy | None,
    "refused": tuple[Refusal, ...],
    "steps": tuple[str, ...],
    "documents": tuple[str, ...],
    "due_on": date | None,
    "until": datetime,
    "due_at": datetime | None,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def kind_of(incoming: Incoming) -> str:
    """Name what happened, without a word of what was said."""
    return _NAMES[type(incoming)]


def write(incoming: Incoming) -> dict[str, Json]:
    """Write an event down whole."""
    return {"event": kind_of(incoming), **msgspec.to_builtins(incoming)}


def read(event: Mapping[str, Any]) -> Incoming:
    """Read an event back; raises ValueError for what is none."""
    kind = event.get("event")
    fields = {}
    for name, value in event.items():
        part = _PARTS.get(f"{kind}.{name}") or _PARTS.get(name)
        fields[name] = msgspec.convert(value, part) if part else value
    try:
        return _KINDS[fields.pop("event")](**fields)
    except (KeyError, TypeError) as error:
        raise ValueError("no such event") from error
