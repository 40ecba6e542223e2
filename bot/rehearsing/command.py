"""The rehearsal as a command: every message it would send, to whom, when, and why."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.assistant import Knowledge
from bot.rehearsing.rehearsal import Woken, rehearsing
from bot.settings import BadSettings, Settings


async def run(settings: Settings, first: date, last: date, person: str) -> int:
    """Print what will be said from the first day to the end of the last one; nothing is sent.

    Returns the exit code: 1 when ``person`` was named and nobody is found.
    """
    if last < first:
        raise BadSettings("--to is before --from")
    knowledge = Knowledge.read(settings.organisation_file)
    zone = knowledge.organisation.zone
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    messages = silent = 0
    async with rehearsing(settings.database_url, knowledge, begins, person) as rehearsal:
        if person and not rehearsal.chats:
            sys.stdout.write("nobody is found: --person takes channel:address or an ЕНП\n")
            return 1
        async for woken in rehearsal.until(ends - timedelta(microseconds=1)):
            messages += len(woken.said)
            silent += not woken.said
            sys.stdout.write("\n".join(report(woken, zone)) + "\n")
        sys.stdout.write(
            f"{messages} messages in {rehearsal.chats} conversations that wait, "
            f"{silent} times nothing to say; nothing was sent\n"
        )
    return 0


def report(woken: Woken, zone: ZoneInfo) -> Iterator[str]:
    """Write one reminder: the time where the person is, the chat, the reason, the words."""
    here = ZoneInfo(woken.zone) if woken.zone else zone
    due = woken.due
    moment = f"{woken.at.astimezone(here):%Y-%m-%d %a %H:%M %z}"
    late = ""
    if due.due_at < woken.at:
        late = f", was due {due.due_at.astimezone(here):%Y-%m-%d %H:%M}"
    yield f"{moment}  {due.channel}:{due.address}  because of {due.name}{late}"
    if not woken.said:
        yield "    (nothing is said)"
    for message in woken.said:
        for line in message.text.splitlines():
            yield f"    {line}".rstrip()
        if message.buttons:
            yield "    " + " ".join(f"[{button.label}]" for button in message.buttons)
