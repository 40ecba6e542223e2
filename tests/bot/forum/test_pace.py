"""Many dialogs at once come into the forum at the pace of a group, the longest wait first."""

from bot.assistant import assemble, utc_now
from bot.forum.mirror import RATE
from bot.http import Rate
from tests.bot.forum.conftest import GROUP, Clock, opened
from tests.kit.telegram import TelegramServer
from tests.worlds import knowledge

PEOPLE = 30
FASTER = 40.0  # so that minutes pass in seconds, on both sides


async def test_thirty_people_at_once_earn_no_429(store):
    """Sixty calls for thirty topics, where twenty a minute are let in: none is one too many."""
    clock = Clock()
    assistant = assemble(knowledge(), store, clock, calls=True)
    async with TelegramServer(faster=FASTER) as server:
        server.forum(GROUP)
        rate = Rate(RATE.burst, RATE.per_second * FASTER)
        async with opened(assistant, server, rate) as room:
            room.forum._mirror._pace._clock = utc_now  # noqa: SLF001 — pace is of real time
            for number in range(PEOPLE):
                await room.says(f"c{number}", "позовите человека")
            assert await room.catch_up() == 0
            assert len(room.group.topics) == PEOPLE
            names = [topic.name for topic in room.group.topics.values()]
            assert names == sorted(names, key=lambda one: int(one.split()[1]))
        assert server.violations == []
