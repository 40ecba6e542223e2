"""The citizen's side of a talk: calling, waiting, writing, coming back from a form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.takeover.course import Course
from bot.takeover.deeds import Deed
from bot.takeover.doing import do
from dialogs.effects import CallPerson
from dialogs.identifiers import mask
from dialogs.incoming import Incoming
from dialogs.talk_events import Queued, RepresentativeJoined
from dialogs.world import World
from storage.chats import Chat
from storage.talk_lists import Line
from storage.talks import Callback, Talk

_PREVIEW = 120  # characters of a message in a list


class Talking:
    """Moves the talk of a chat by its rules; each method says what the core is to be told.

    ``wants_line`` says that the turn must be made again with knowledge of the line.
    """

    def __init__(
        self,
        chat: Chat,
        known: Talk | None,
        line: Line | None,
        world: World,
        now: datetime,
        tell: Callable[..., None],
    ) -> None:
        self.wants_line = False
        self._chat_id = chat.id
        self._line = line
        self._course = Course(chat, known, world, now, tell)

    @property
    def course(self) -> Course:
        """What has become of the talk."""
        return self._course

    def do(self, deed: Deed) -> Incoming:
        """Do what a representative or the clock wants; raises `Refused`."""
        return do(self._course, deed)

    def heard(self, seq: int, text: str) -> None:
        """Note that the citizen wrote; whoever leads owes an answer from now on."""
        course = self._course
        if course.talk is None:
            return
        heard = replace(
            course.talk,
            heard_seq=seq,
            heard_at=course.now,
            unread=course.talk.unread + 1,
            preview=_one_line(text) or course.talk.preview,
        )
        if heard.state in {"awaiting", "parked"}:
            heard = replace(heard, state="led", due_at=course.now + course.desk.lease)
        course.talk = heard

    def call(self, wanted: CallPerson, seq: int) -> Incoming | None:
        """Put the citizen into the queue, or tell how it stands; None when somebody leads."""
        course = self._course
        if course.talk and course.talk.state == "filling":
            return self.hand_back("")
        if course.talk and course.talk.state != "queued":
            return None
        talk = course.talk or self._new(wanted, seq)
        kind = wanted.kind
        if kind == "live" and not course.desk.hours.closes(course.world.now):
            kind = talk.kind  # nobody to wait for: a question left stays a question
        if course.talk is None or talk.kind != kind:
            topic = wanted.topic or talk.topic
            course.move("queued", replace(talk, kind=kind, topic=topic))
            course.tell(f"event.queued.{kind}")
        if wanted.kind == "callback":
            course.callback = Callback(wanted.phone, wanted.preferred)
        course.wait()
        if kind != "live":
            return Queued(kind, 0)
        if self._line is None:
            self.wants_line = True
            return None
        place = self._line.place(self._chat_id, talk.breach_at)
        return Queued("live", place, self._line.minutes)

    def leave(self) -> None:
        """Let the citizen wait no longer."""
        course = self._course
        if course.talk and course.talk.state == "queued":
            course.close("left_queue", "left_queue")
            course.tell("event.left_queue")

    def rated(self, score: int) -> None:
        """Note how good the citizen found the talk before."""
        self._course.tell("event.rated", score=score)

    def hand_back(self, number: str) -> Incoming | None:
        """Give the dialog back to who opened a form for the citizen."""
        course = self._course
        if course.talk is None or course.talk.state != "filling":
            return None
        course.lead(course.talk, "filled" if number else "unfilled", note=number)
        course.tell("event.filled" if number else "event.unfilled", number=number)
        return RepresentativeJoined(course.talk.representative_name, again=True)

    def _new(self, wanted: CallPerson, seq: int) -> Talk:
        desk, here = self._course.desk, self._course.world.now
        wait = desk.urgent if wanted.urgent else desk.norm
        breach_at = (desk.hours.opens(here) + wait).astimezone(self._course.now.tzinfo)
        return Talk(
            0,
            self._chat_id,
            "queued",
            wanted.kind,
            self._course.now,
            breach_at,
            asked_seq=seq,
            heard_seq=seq,
            heard_at=self._course.now,
            topic=wanted.topic,
            preview=_one_line(wanted.question),
            unread=1,
        )


def _one_line(text: str) -> str:
    return mask(" ".join(text.split()))[:_PREVIEW]
