"""What a topic is called and told: who does what, and where to read it; nothing of anybody."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.assistant import Knowledge
from bot.desk.rendering import Times
from bot.texts import Catalogue
from storage.forums import Lagging
from storage.talks import Talk, TalkMove

LANGUAGE = "ru"  # which the staff's group reads; at the desk each chooses their own


class Wording:
    """Words of the mirror.

    Not one word that a citizen wrote is repeated: no rule finds every name in free text, and a
    group of a foreign messenger is no place for a single one that was missed. ``desk`` is the
    address under which talks are shown.
    """

    def __init__(self, knowledge: Knowledge, desk: str, clock: Callable[[], datetime]) -> None:
        self.words: Catalogue = knowledge.words[LANGUAGE]
        self._topics = knowledge.library.topics[LANGUAGE]
        self._zone: ZoneInfo = knowledge.organisation.zone
        self._desk = desk
        self._clock = clock

    def name(self, talk: Talk) -> str:
        """Name the topic of a chat by its guest's number and what the talk is about."""
        return self.words("forum.name", number=talk.chat_id, about=self._about(talk))

    def news(self, lagging: Lagging, moves: Sequence[TalkMove]) -> str:
        """Tell what has happened since the topic was told last; empty for nothing.

        Of the ``moves`` only those count that the talk knows of; a later one is told next.
        """
        talk, topic = lagging.talk, lagging.topic
        is_known = topic is not None and topic.talk_id == talk.id
        told, heard = (topic.moves, topic.heard_seq) if topic and is_known else (0, talk.heard_seq)
        lines = [] if is_known else [self._opening(lagging)]
        new = (one for one in moves if told <= one.place < talk.moves)
        lines += filter(None, (self._line(one, talk) for one in new))
        if talk.heard_seq > heard and talk.state != "closed":
            lines.append(self.words("forum.heard"))
        return "\n".join([*lines, self.link(talk)]) if lines else ""

    def link(self, talk: Talk) -> str:
        """Write where the talk is read, and led."""
        return f"{self._desk}/desk/talks/{talk.id}"

    def _opening(self, lagging: Lagging) -> str:
        talk = lagging.talk
        key = "forum.opening.waits" if talk.state == "queued" else "forum.opening"
        channel = self.words(f"move.channel.{lagging.channel}")
        # with its day unless it is today: a group may be dead for a night
        since = Times(LANGUAGE, self._zone, self._clock())(talk.since)
        return self.words(key, about=self._about(talk), channel=channel, since=since)

    def _about(self, talk: Talk) -> str:
        if self.words.has(f"{talk.topic}.title"):
            return self.words(f"{talk.topic}.title")
        found = self._topics.get(talk.topic)
        return found.title if found else self.words("forum.any")

    def _line(self, move: TalkMove, talk: Talk) -> str:
        key = f"forum.move.{move.kind}"
        if move.kind == "queued":
            key = f"{key}.{talk.kind}"
        return self.words(key, name=move.name) if self.words.has(key) else ""
