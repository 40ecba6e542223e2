"""A duty's last day as a file for the person's own calendar, with two alarms."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

from dialogs.duties.duty import Duty
from dialogs.duties.ladder import term_of
from dialogs.forms import FORMS
from dialogs.snapshot import load
from dialogs.words import Words
from storage.db import Store

NAME: Final = re.compile(r"calendar[-:](?P<number>[0-9]{1,9})(\.ics)?", re.ASCII)
_SPACE: Final = UUID("6a0e9f0e-3d0a-4c9a-9a3e-0f6f2f1c7d15")  # ours, so that no id is another's
_HOUR: Final = timedelta(hours=10)
_ALARMS: Final = (timedelta(days=-7) + _HOUR, timedelta(days=-1) + _HOUR)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Draws the calendar files of the chats that own them."""

    store: Store
    words: Mapping[str, Words]
    clock: Callable[[], datetime]

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a duty as a calendar file; None when this chat has none of that number."""
        named = NAME.fullmatch(name)
        if named is None:
            return None
        async with self.store.look() as look:
            found = await look.chat(channel, chat)
        if found is None or not isinstance(found.session, dict):
            return None
        session, _ = load(found.session, FORMS)
        duty = session.duty(int(named["number"]))
        if duty is None:
            return None
        owner = uuid5(_SPACE, f"{found.id}:{duty.number}")
        return drawn(duty, self.words[session.language], self.clock(), str(owner))


def drawn(duty: Duty, words: Words, now: datetime, uid: str) -> bytes | None:
    """Draw a duty; a person of the register is not named in a file that leaves us.

    ``uid`` stays the same when the date is corrected, so a calendar moves the event.
    """
    term = term_of(duty)
    if term is None:
        return None
    what = words(f"duty.what.{duty.kind}")
    if duty.about:
        what = words("duty.what_of", what=what, whose=words(f"duty.kin.{duty.about}"))
    title = words("duty.alarm", what=what)
    title = title[:1].upper() + title[1:]
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", term.last)
    event.add("dtend", term.last + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    for before in _ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", before)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Polis//duties//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
