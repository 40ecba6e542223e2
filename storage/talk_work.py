"""What can be asked of the database about talks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from dialogs.lifecycle import Application
from storage import (
    applications,
    deliveries,
    enclosing,
    message_search,
    retention,
    talk_lists,
    talk_papers,
    talks,
)
from storage.deliveries import Delivery
from storage.enclosing import Enclosed
from storage.message_search import Mention, Place
from storage.run import Run
from storage.talk_lists import Line, Listed, Standing, View
from storage.talk_papers import Canned, Mode, Note
from storage.talks import Callback, DueTalk, Talk, TalkChange, TalkMove

_PAGE = 50
_SHOWN = 200  # notes about one chat, talks of one chat; nobody reads more


class TalkWork:
    """The part of a unit of work that is about talks."""

    _run: Run

    async def talks(self, chat_ids: Iterable[int]) -> Mapping[int, Talk]:
        """Read the talks under way in loaded chats, by the chat's id."""
        return await self._run(talks.open_of_chats, chat_ids)

    async def change_talks(self, changes: Iterable[TalkChange]) -> None:
        """Write down what became of talks whose chats this work has loaded."""
        await self._run(talks.change, changes)

    async def rate_talks(self, scores: Iterable[tuple[int, int, int]]) -> None:
        """Keep ratings, each with the chat's and the talk's id."""
        await self._run(talks.rate, scores)

    async def line(self, now: datetime) -> Line:
        """Read how the line stands."""
        return await self._run(talk_lists.line, now)

    async def look_at_talk(self, talk: int, login: str) -> None:
        """Note that the representative who has the talk has seen what the citizen wrote."""
        await self._run(talks.look_at, talk, login)

    async def stay(self, talk: int, login: str, until: datetime) -> None:
        """Let the lease of who leads a talk go on."""
        await self._run(talks.stay, talk, login, until)

    async def keep_note(self, note: Note) -> None:
        """Keep a private note about a chat."""
        await self._run(talk_papers.keep_note, note)

    async def label(self, chat_id: int, name: str, login: str, now: datetime) -> None:
        """Put a label on a chat."""
        await self._run(talk_papers.put_label, chat_id, name, login, now)

    async def unlabel(self, chat_id: int, name: str) -> None:
        """Take a label off a chat."""
        await self._run(talk_papers.take_label, chat_id, name)

    async def compose(self, login: str, talk: int, mode: Mode, text: str, now: datetime) -> None:
        """Keep what a representative is writing; empty text is forgotten."""
        await self._run(talk_papers.compose, login, talk, mode, text, now)

    async def enclose(self, login: str, talk: int, name: str, now: datetime, *, most: int) -> bool:
        """Put a file of the talk's chat beside the words; False for none such, or one too many."""
        return await self._run(enclosing.enclose, login, talk, name, now, most=most)

    async def take_out(self, login: str, talk: int, names: Iterable[str], *, is_kept: bool) -> bool:
        """Take files out of what is being written; unless a message has them, they go."""
        return await self._run(enclosing.take_out, login, talk, names, is_kept=is_kept)

    async def keep_canned(self, reply: Canned, now: datetime) -> int:
        """Keep a canned reply and return its id."""
        return await self._run(talk_papers.keep_canned, reply, now)

    async def drop_canned(self, reply: int, owner: str) -> None:
        """Drop a canned reply of this owner."""
        await self._run(talk_papers.drop_canned, reply, owner)

    async def forget_talks(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` talks that ended earlier, and all that is kept of them."""
        return await self._run(retention.talks, before, limit)

    async def forget_notes(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` notes written earlier."""
        return await self._run(retention.notes, before, limit)


class TalkLook:
    """The part of a look that is about talks."""

    _run: Run

    async def talk(self, talk: int) -> Listed | None:
        """Look at one talk."""
        return await self._run(talk_lists.one, talk)

    async def open_talk(self, chat_id: int) -> Talk | None:
        """Look at the talk under way in a chat."""
        return await self._run(talk_lists.open_of_chat, chat_id)

    async def talks(
        self,
        view: View,
        login: str,
        regions: Sequence[str] | None,
        *,
        since: datetime,
        after: Talk | None = None,
        limit: int = _PAGE,
    ) -> Sequence[Listed]:
        """Read a page of a view; ``since`` is when the day of closed talks began."""
        return await self._run(talk_lists.listed, view, login, regions, since, after, limit)

    async def talk_counts(
        self, login: str, regions: Sequence[str] | None, since: datetime
    ) -> Mapping[str, int]:
        """Count the talks of each view but that of all."""
        return await self._run(talk_lists.counts, login, regions, since)

    async def top_talk(self, regions: Sequence[str] | None) -> int | None:
        """Find the talk that ought to be taken next."""
        return await self._run(talk_lists.top, regions)

    async def taken_talk(self, login: str, key: str) -> int | None:
        """Find the talk that a representative has taken by a deed of that key."""
        return await self._run(talk_lists.taken, login, key)

    async def due_talks(self, now: datetime, limit: int) -> Sequence[DueTalk]:
        """Read talks whose lease has ended or that are to wake, the oldest first."""
        return await self._run(talks.due, now, limit)

    async def talks_of_chat(self, chat_id: int) -> Sequence[Talk]:
        """Read the talks of a chat, the newest first."""
        return await self._run(talk_lists.of_chat, chat_id, _SHOWN)

    async def talk_moves(self, talk: int) -> Sequence[TalkMove]:
        """Read what happened to a talk."""
        return await self._run(talk_lists.moves, talk)

    async def callback(self, talk: int) -> Callback | None:
        """Look at the call that is wanted in a talk."""
        return await self._run(talk_lists.call, talk)

    async def desk_standing(self) -> Standing:
        """Read how many wait, since when, and how many are led."""
        return await self._run(talk_lists.standing)

    async def notes(self, chat_id: int) -> Sequence[Note]:
        """Read the newest notes about a chat, the newest first."""
        return await self._run(talk_papers.notes, chat_id, _SHOWN)

    async def labels(self, chat_ids: Iterable[int]) -> Mapping[int, Sequence[str]]:
        """Read the labels of chats, by the chat's id."""
        return await self._run(talk_papers.labels, chat_ids)

    async def composed(self, login: str, talk: int) -> Mapping[str, str]:
        """Read what a representative is writing in a talk, by mode."""
        return await self._run(talk_papers.being_composed, login, talk)

    async def mentions(
        self,
        words: Sequence[Sequence[str]],
        regions: Sequence[str] | None,
        before: datetime | Place,
        since: datetime,
        limit: int,
    ) -> Sequence[Mention]:
        """Look for messages that hold words, each in one of its spellings, the newest first."""
        return await self._run(message_search.find, words, regions, before, since, limit)

    async def enclosed(self, login: str, talk: int) -> Sequence[Enclosed]:
        """Read which files stand beside the words of a representative in a talk."""
        return await self._run(enclosing.listed, login, talk)

    async def enclosable(self, talk: int, names: Sequence[str]) -> Mapping[str, Enclosed]:
        """Look at files of the talk's chat, by name; those of other chats are left out."""
        return await self._run(enclosing.known, talk, names)

    async def deliveries(
        self, chat_id: int, first: int, limit: int = _PAGE
    ) -> Mapping[int, Delivery]:
        """Read how messages of a chat fared, from the place ``first`` on, by place."""
        return await self._run(deliveries.since, chat_id, first, limit)

    async def applications_in(self, chat_id: int) -> Sequence[Application]:
        """Read the applications filed in a chat, the newest first."""
        return (await self._run(applications.of_chats, [chat_id])).get(chat_id, ())

    async def canned(self, login: str) -> Sequence[Canned]:
        """Read the canned replies that a representative has."""
        return await self._run(talk_papers.replies, login)
