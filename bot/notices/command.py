"""`python -m bot notice send FILE`: a notice from a script, sent by the program that serves."""

import argparse
import asyncio
import sys
from typing import Any

from bot.assistant import Assistant, Knowledge, assemble, utc_now
from bot.letters import Refused
from bot.messengers import pushed, withheld
from bot.notices.approval import Seen
from bot.notices.file import read_notice
from bot.notices.notices import PATIENCE, Author
from bot.notices.refusals import Fault, NeedsApproval, NotCounted
from bot.notices.showing import Progress
from bot.settings import Settings
from dialogs.notices.content import Content
from dialogs.notices.states import ENDED, REACHED
from storage.db import Store
from storage.notices import Notice

_BY = Author("command", "command line")
_LOOK = 1.0  # seconds
_WIDE = 30  # characters of the bar
_REFUSED = 1
_FIRST = 1  # revision of what nobody has changed yet


async def run(options: argparse.Namespace, settings: Settings, file: Any) -> int:
    """Do it; return 0 when somebody got it, or would, and 1 when nothing went out."""
    knowledge = Knowledge.read(settings.organisation_file)
    content = read_notice(file, knowledge.organisation.zone)
    store = await Store.open(settings.database_url)
    try:
        assistant = assemble(knowledge, store, pushed=pushed(settings), withheld=withheld(settings))
        now = utc_now()
        faults = assistant.notices.planning.faults(content, now)
        if faults:
            _tell(_sentence(one) for one in faults)
            return _REFUSED
        # Nothing is written down before somebody wants it sent.
        try:
            seen = await _dry_run(assistant, Notice(0, content, "draft", _FIRST, _BY.login, now))
        except NotCounted:
            _tell([f"not counted within {PATIENCE:.0f} s: the database has too much to do"])
            return _REFUSED
        return 0 if options.dry_run else await _send(assistant, content, seen)
    finally:
        await store.close()


async def _dry_run(assistant: Assistant, one: Notice) -> Seen:
    seen = await assistant.notices.previews.of(one, patience=PATIENCE)
    _tell([f"{seen.people} people get it"])
    _tell(f"  through {name}: {people}" for name, people in sorted(seen.by_channel.items()))
    if seen.last_at:
        zone = assistant.knowledge.organisation.zone
        _tell([f"  the last one at {seen.last_at.astimezone(zone):%Y-%m-%d %H:%M}, {zone.key}"])
    if seen.led:
        _tell([f"  of them after their dialog with a representative: {seen.led}"])
    _tell(f"left out, {why}: {people}" for why, people in sorted(seen.left_out.items()))
    for sample in await assistant.notices.showing.samples(one, utc_now()):
        said = sample.message
        _tell([f"--- {sample.channel}, {sample.language}", said.text])
        if said.buttons:
            _tell([" ".join(f"[{one.label}]" for one in said.buttons)])
        if said.note:
            _tell([said.note])
    return seen.seen


async def _send(assistant: Assistant, content: Content, seen: Seen) -> int:
    number = await assistant.notices.create(content, _BY)
    await assistant.notices.check(number, _BY)
    try:
        await assistant.notices.send(number, seen, _BY)
    except NeedsApproval:
        await assistant.notices.submit(number, _BY)
        most = assistant.notices.planning.approval_above
        _tell(
            [f"not sent yet: more than {most} people get it, so another person has to approve it"]
        )
        _tell([f"it waits for that at the desk as notice {number}, and is sent from there"])
        return _REFUSED
    except Refused as refusal:
        _tell([f"not sent: {type(refusal).__name__} {refusal}; it is draft {number} at the desk"])
        return _REFUSED
    while True:
        progress = await assistant.notices.showing.progress(number, utc_now())
        _draw(progress)
        if progress.state in {*ENDED, "paused", "held"}:
            break
        await asyncio.sleep(_LOOK)
    sys.stdout.write("\n")
    _tell(f"{name}: {count}" for name, count in progress.by_state.items())
    _tell(f"  {state}, {why}: {count}" for state, why, count in progress.errors)
    reached = sum(progress.by_state.get(state, 0) for state in REACHED)
    return 0 if progress.state == "finished" and reached else _REFUSED


def _draw(progress: Progress) -> None:
    bar = "#" * (progress.percent * _WIDE // 100)
    state = f"{progress.state} {progress.because}".strip()
    line = f"[{bar:<{_WIDE}}] {progress.settled} of {progress.total}, {state}"
    sys.stdout.write(f"\r{line:<79}" if sys.stdout.isatty() else f"{line}\n")
    sys.stdout.flush()


def _sentence(fault: Fault) -> str:
    return " ".join(filter(None, ("fault:", fault.key, fault.where, fault.value)))


def _tell(lines: Any) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
