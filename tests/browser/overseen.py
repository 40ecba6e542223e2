"""A desk with a year behind it and a hard hour now, for the pages of supervisors."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.forum.trouble import Trouble
from bot.summing import sum_up
from storage.talks import TalkChange
from tests.browser.desk import desk_at
from tests.storage.given import asking, met, posted
from tests.years import NOW, Year, fill

PAGES = {"statistics": "/desk/statistics?period=month", "now": "/desk/now"}
_MINUTE = timedelta(minutes=1)
_REASONS = {"whatsapp": "window (131047)", "telegram": "number unknown", "max": "bad request"}


@dataclass
class Heard:
    """A messenger at work, as far as the page asks."""

    name: str
    reception: str = ""


LINES = (Heard("telegram"), Heard("max"), Heard("whatsapp", "401 the token is refused"))
TROUBLE = Trouble("refused", NOW - 12 * _MINUTE)


@asynccontextmanager
async def overseen(folder: Path):
    """Serve the desk; yields (desk, address, secret of «boss»)."""
    async with desk_at(folder, lines=LINES, forum=lambda: TROUBLE) as (desk, address, secret):
        desk.clock.now = NOW
        async with asking(f"sqlite:///{folder / 'desk.db'}") as ask:
            await ask(fill, Year(chats=600, messages=4, open_talks=16, representatives=3))
        for _ in range(19):
            await sum_up(desk.store, desk.zone, NOW)
        await _lead(desk)
        async with desk.store.work() as work:
            await work.note_facts([("web", "unissued", "mismatch")], NOW)
            for line in LINES:
                await work.take_line(line.name, "me", NOW, 60 * _MINUTE)
            await work.hold_line("max", NOW + 4 * _MINUTE, "too many requests")
        for place, (channel, reason) in enumerate(_REASONS.items()):
            await _fail(desk, channel, reason, NOW - 3 * place * _MINUTE)
        yield desk, address, secret


async def _lead(desk):
    """Let one talk be near the end of its lease, and led by somebody who is known."""
    async with desk.store.look() as look:
        talk = (await look.talk(1)).talk
    near = replace(
        talk,
        state="led",
        representative="sokolova",
        representative_name="Мария Соколова",
        due_at=NOW + 2 * _MINUTE,
    )
    async with desk.store.work() as work:
        await work.change_talks([TalkChange(near, talk.moves)])


async def _fail(desk, channel, reason, at):
    (chat,) = await met(desk.store, "9000001", channel=channel)
    await posted(desk.store, chat, 1, at=at)
    async with desk.store.work() as work:
        (due,) = await work.claim(channel, at, _MINUTE, 1)
        await work.failed([(due.id, reason)], at)
