"""What the staff write in topics: taken to the citizen, or kindly not."""

import logging
from typing import Final

from bot.assistant import Assistant
from bot.channels.base import Busy
from bot.channels.staffroom import Spoken
from bot.desk.permissions import may, sees
from bot.desk.talks.composing import LONGEST
from bot.takeover.leading import CitizenWrote, Elsewhere, Refused, Representative
from bot.texts import Catalogue
from storage.forums import Topic
from storage.staff import Staff
from storage.talks import Talk

_AMONG_OURSELVES: Final = "//"
"""What words begin with that are for colleagues."""

_log = logging.getLogger(__name__)


class Hearing:
    """Hears what is written in the topics of one forum.

    Fails closed: words go to a citizen only from somebody whose Telegram was named for an account
    that may lead this very dialog at the desk, now.
    """

    def __init__(
        self,
        assistant: Assistant,
        forum: int,
        words: Catalogue,
    ) -> None:
        self._assistant = assistant
        self._forum = forum
        self._words = words

    async def hear(self, spoken: Spoken) -> str:
        """Take words to the citizen; return what to answer in the topic, empty when they went.

        Done again with its key it does nothing more. Raises `Busy`.
        """
        try:
            return await self._hear(spoken)
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 — else it would come again and again before others
            _log.error("words from the forum were not taken: %s", type(error).__name__)
            return self._words("forum.failed")

    async def _hear(self, spoken: Spoken) -> str:
        text = (spoken.text or "").strip()
        if text.startswith(_AMONG_OURSELVES):
            return ""
        async with self._assistant.store.look() as look:
            topic = await look.topic(self._forum, spoken.thread)
            staff = await look.staff_by_telegram(spoken.sender)
            talk = await look.open_talk(topic.chat_id) if topic else None
        if topic is None:
            return ""  # a topic of their own
        if staff is None or not _may_lead(staff, talk):
            return self._words("forum.not_yours")
        if talk is None:
            return self._words("forum.closed")
        if not text or len(text) > LONGEST or "\x00" in text:
            return self._words("forum.words_only", longest=LONGEST)
        return await self._say(spoken.key, staff, topic, talk, text)

    async def _say(self, key: str, staff: Staff, topic: Topic, talk: Talk, text: str) -> str:
        leading, by = self._assistant.leading, Representative(staff.login, staff.name)
        try:
            if talk.state == "queued":
                await leading.claim(talk.id, by, key=f"forum:{key}:claim", through="forum")
            await leading.reply(talk.id, by, text, seen=topic.heard_seq, key=f"forum:{key}")
        except CitizenWrote:
            return self._words("forum.wrote")
        except Elsewhere as gone:
            if gone.leader:
                return self._words("forum.led", name=gone.leader)
            return self._words("forum.elsewhere")
        except Refused:
            return self._words("forum.refused")
        return ""


def _may_lead(staff: Staff, talk: Talk | None) -> bool:
    """Tell whether an account may lead dialogs, and this one; who never signed in may not."""
    if staff.is_disabled or staff.must_renew or not may(staff, "dialog.lead"):
        return False
    return talk is None or sees(staff, talk.region)
