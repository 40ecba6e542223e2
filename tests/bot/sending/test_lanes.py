"""The two lanes of a messenger: what holds the notices up is nothing to the dialogs."""

import asyncio

from bot.channels.base import Surroundings
from bot.channels.telegram import TelegramSettings, build
from bot.metrics import Metrics
from bot.sending.sender import Sender
from bot.texts import LANGUAGES, read_words
from dialogs.message import Message
from storage.outbox import Posting
from tests.bot.channels.telegram.table import Desk, Papers
from tests.kit import telegram as kit
from tests.storage.given import posted

POSTER = "photo:notice-1"


class SlowPapers(Papers):
    """Draws only once it ``may``."""

    def __init__(self):
        super().__init__()
        self.may, self.begun = asyncio.Event(), asyncio.Event()

    async def picture(self, channel, chat, name):
        """Draw a picture after a while."""
        self.begun.set()
        await self.may.wait()
        return await super().picture(channel, chat, name)


async def notify(store, chat, at):
    """Put a message with the poster of a notice into the lane of notices."""
    async with store.work() as work:
        await work.record([(chat.id, Message(1, "assistant", at, "Афиша", document=POSTER))])
        await work.post([Posting(chat.id, 1, chat.channel, at, lane="notice", owner_revision=None)])


async def arrived(store, server, names, at):
    """Let people be there; return their chats."""
    for name in names:
        server.start(name)
    places = [("telegram", str(server.person(name).id)) for name in names]
    async with store.work() as work:
        known = await work.chats(places, at, dict.fromkeys(places, "ru"))
    return [known[place] for place in places]


async def test_dialogs_go_on_while_a_crowd_waits_for_a_picture_that_is_given_once(store, clock):
    """Then the crowd follows, between the answers and no faster than the messenger allows."""
    papers, talkers = SlowPapers(), [f"talker {number}" for number in range(25)]
    crowd = [f"person {number}" for number in range(40)]
    async with kit.TelegramServer() as server, asyncio.TaskGroup() as tasks:
        words = {language: read_words(language) for language in LANGUAGES}
        settings = TelegramSettings(server.token, server.url)
        telegram = build(settings, Surroundings(Desk(), papers, words, clock))
        talking = await arrived(store, server, talkers, clock())
        for chat in await arrived(store, server, crowd, clock()):
            await notify(store, chat, clock())
        sender = Sender(telegram, store, Metrics(), clock)
        tasks.create_task(sender.run())

        async def answered(seq, meanwhile=lambda: None):
            for chat in talking:
                await posted(store, chat, seq, at=clock())
            meanwhile()
            sender.wake()
            await server.until(lambda: all(len(seen(one)) == seq for one in talkers))

        def seen(name):
            return server.screen(name).said

        async with asyncio.timeout(20):
            await papers.begun.wait()
        await answered(1)
        assert not any(map(seen, crowd))
        await answered(2, meanwhile=papers.may.set)
        await server.until(lambda: all(map(seen, crowd)))
        sender.close()
    await telegram.close()

    assert papers.drawn == [POSTER]
    assert [len(seen(name)) for name in crowd] == [1] * 40
    assert server.violations == []
