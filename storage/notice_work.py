"""What can be asked of the database about notices."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from dialogs.effects import Button
from dialogs.notices.content import Kind
from dialogs.notices.states import Row, State
from storage import (
    lines,
    notice_choices,
    notice_counting,
    notice_files,
    notice_forgetting,
    notice_gathering,
    notice_lists,
    notice_receipts,
    notice_replies,
    notice_sending,
    notice_settling,
    notice_trials,
    notice_wordings,
    notices,
)
from storage.notice_choices import Choice
from storage.notice_counting import Count, Got, Recipient
from storage.notice_files import NoticeFile
from storage.notice_gathering import Counted
from storage.notice_lists import By, ListedRow
from storage.notice_replies import NoticeReply
from storage.notice_sets import Plan
from storage.notice_settling import Settled
from storage.notice_trials import Trial
from storage.notice_wordings import Spoken
from storage.notices import Notice, NoticeMove
from storage.outbox import Posted
from storage.receipts import Told
from storage.run import Run


class NoticeWork:
    """The part of a unit of work that is about notices."""

    _run: Run

    async def begin_notice(self, new: Notice, key: str = "") -> tuple[int, bool]:
        """Write a new notice down, once for each key of its author; tell its number, and if new."""
        return await self._run(notices.begin, new, key)

    async def keep_notice(self, kept: Notice) -> None:
        """Write down what has become of a notice."""
        await self._run(notices.keep, kept)

    async def move_notice(self, number: int, move: NoticeMove) -> None:
        """Write down what was done to a notice."""
        await self._run(notices.note_move, number, move)

    async def notice_for_change(self, number: int) -> Notice | None:
        """Find a notice; nobody else changes it until the commit."""
        return await self._run(notices.for_change, number)

    async def gather_recipients(self, gathering: Notice, plan: Plan) -> Notice:
        """Write down the next slice of recipients; see `storage.notice_gathering.gather`."""
        return await self._run(notice_gathering.gather, gathering, plan)

    async def word_notice(self, number: int, wordings: Iterable[Spoken]) -> None:
        """Keep what a notice says, in the place of what it said before."""
        await self._run(notice_wordings.keep, number, wordings)

    async def claim_recipients(
        self, channel: str, zones: Sequence[str], now: datetime, limit: int
    ) -> list[Posted]:
        """Take up recipients whose moment has come; see `storage.notice_sending.claim`."""
        return await self._run(notice_sending.claim, channel, zones, now, limit)

    async def settle_recipients(self, settled: Iterable[Settled], now: datetime) -> None:
        """Write down what became of recipients."""
        await self._run(notice_settling.settle, settled, now)

    async def heard_of_recipients(
        self, channel: str, told: Iterable[Told], now: datetime
    ) -> list[int]:
        """Note what a messenger tells of notices it took; return the chats that are gone."""
        return await self._run(notice_receipts.heard, channel, told, now)

    async def leave_out(self, number: int, reason: str, now: datetime, limit: int) -> int:
        """Leave out at most so many of those still to be sent to; return how many."""
        return await self._run(notice_settling.leave_out, number, reason, now, limit)

    async def keep_notice_file(self, number: int, kept: NoticeFile, now: datetime) -> None:
        """Keep what a notice carries beside its words."""
        await self._run(notice_files.keep, number, kept, now)

    async def note_replies(self, wrote: Iterable[tuple[int, int]], now: datetime) -> None:
        """Note who wrote, by chat and place, as a reply to the notice that the chat got last."""
        await self._run(notice_replies.note, wrote, now)

    async def notice_buttons(self, chat_ids: Sequence[int]) -> dict[int, tuple[Button, ...]]:
        """Read the buttons under the notices that chats got last."""
        return await self._run(notice_replies.buttons, chat_ids)

    async def forget_recipients(self, before: datetime, limit: int) -> int:
        """Forget who got notices that ended before then; how many there were is kept."""
        return await self._run(notice_forgetting.recipients, before, limit)

    async def forget_notice_files(self, before: datetime, limit: int) -> int:
        """Forget what notices carried."""
        return await self._run(notice_forgetting.files, before, limit)

    async def keep_list(self, number: int, rows: Iterable[ListedRow]) -> None:
        """Keep the list of a notice in the place of an earlier one."""
        await self._run(notice_lists.keep, number, rows)

    async def copy_list(self, number: int, other: int) -> None:
        """Give another notice the same list."""
        await self._run(notice_lists.copy, number, other)

    async def offer_trial(self, login: str, digest: str, until: datetime, now: datetime) -> None:
        """Keep the digest of a code by which somebody of the staff names a chat of theirs."""
        await self._run(notice_trials.offer, login, digest, until, now)

    async def take_trials(self, typed: Iterable[tuple[str, int]], now: datetime) -> None:
        """Link the chats in which such codes were typed: digest, chat."""
        await self._run(notice_trials.take, typed, now)

    async def part_trial(self, login: str, chat_id: int) -> None:
        """Forget that a chat is somebody's of the staff."""
        await self._run(notice_trials.part, login, chat_id)

    async def choose_notices(self, choices: Iterable[Choice], now: datetime) -> None:
        """Write down which kinds of notices people want."""
        await self._run(notice_choices.choose, choices, now)

    async def notice_choices(self, chat_ids: Sequence[int]) -> dict[int, dict[Kind, bool]]:
        """Read which kinds of notices chats have said they want, or want no longer."""
        return await self._run(notice_choices.of_chats, chat_ids)

    async def answer_notices(self, said: Iterable[tuple[int, int, int]], now: datetime) -> None:
        """Note answers to the questions of notices: notice, chat, place of the answer."""
        await self._run(notice_choices.answer, said, now)


class NoticeLook:
    """The part of a look that is about notices."""

    _run: Run

    async def notice(self, number: int) -> Notice | None:
        """Look at a notice."""
        return await self._run(notices.one, number)

    async def begun_notice(self, login: str, key: str) -> int | None:
        """Find the notice that somebody has begun by the key of a press."""
        return await self._run(notices.begun, login, key)

    async def notices(
        self, states: Sequence[State], after: int | None = None, limit: int = 50
    ) -> list[Notice]:
        """List notices in some states, the newest first; ``after`` is the last one shown."""
        return await self._run(notices.listed, states, after, limit)

    async def working_notices(self, now: datetime) -> list[Notice]:
        """List the notices that the clock has something to do with by now."""
        return await self._run(notices.working, now)

    async def notice_moves(self, number: int) -> list[NoticeMove]:
        """List what was done to a notice, the oldest first."""
        return await self._run(notices.moves, number)

    async def preview_recipients(self, plan: Plan) -> list[Counted]:
        """Count who would get a notice and who would not; nothing is written."""
        return await self._run(notice_gathering.preview, plan)

    async def sample_recipients(self, plan: Plan, limit: int) -> list[tuple[int, int]]:
        """Find a few who would get a notice: their persons and chats."""
        return await self._run(notice_gathering.some, plan, limit)

    async def notice_counts(self, number: int) -> list[Count]:
        """Count the recipients of a notice by state, channel and reason."""
        return await self._run(notice_counting.counts, number)

    async def chats_by_id(self, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Read the channel and the language of chats by id."""
        return await self._run(notice_counting.chats_by_id, ids)

    async def names_of_persons(self, persons: Sequence[int]) -> dict[int, str]:
        """Read how insured people among persons are addressed, by the id of the insured."""
        return await self._run(notice_sending.names_of, persons)

    async def first_left(self, number: int, down: Collection[str] = ()) -> bool:
        """Tell whether some of the first stage wait in channels that are not ``down``."""
        return await self._run(notice_counting.first_left, number, down)

    async def lines_down(self, channels: Sequence[str], now: datetime) -> set[str]:
        """Name the messengers that nobody sends for, or that want silence for a while yet."""
        return await self._run(lines.down, channels, now)

    async def recipients(
        self, number: int, states: Sequence[Row], after: int | None = None, limit: int = 100
    ) -> list[Recipient]:
        """Read a page of recipients; ``after`` is the last person shown."""
        return await self._run(notice_counting.recipients, number, states, after, limit)

    async def find_listed(self, by: By, keys: Sequence[str]) -> dict[str, set[int | None]]:
        """Find the persons behind keys of a list; see `storage.notice_lists.find`."""
        return await self._run(notice_lists.find, by, keys)

    async def list_faults(self, number: int, after: int, limit: int) -> list[ListedRow]:
        """Read a page of the rows of a list that name nobody."""
        return await self._run(notice_lists.faulty, number, after, limit)

    async def list_counts(self, number: int) -> dict[str, int]:
        """Count the rows of a list by fault; those without one stand under the empty word."""
        return await self._run(notice_lists.counts, number)

    async def list_left_out(self, plan: Plan, after: int, limit: int) -> list[tuple[int, str]]:
        """Read a page of the rows of a list whose people are left out all the same, and why."""
        return await self._run(notice_lists.left_out, plan, after, limit)

    async def notice_file(self, name: str) -> NoticeFile | None:
        """Look at what notices carry, by its name."""
        return await self._run(notice_files.one, name)

    async def notice_replies(self, number: int, after: int, limit: int) -> list[NoticeReply]:
        """Read a page of those who wrote within three days of having got a notice."""
        return await self._run(notice_replies.listed, number, after, limit)

    async def count_notice_replies(self, number: int) -> int:
        """Count those who wrote within three days of having got a notice."""
        return await self._run(notice_replies.count, number)

    async def trials(self, login: str) -> list[Trial]:
        """List the chats that somebody of the staff calls their own."""
        return await self._run(notice_trials.of, login)

    async def freshen_recipients(self) -> None:
        """Have the database look at what was just gathered, so that totals are quick."""
        await self._run(notice_counting.freshen)

    async def notice_answers(self, number: int) -> dict[int, int]:
        """Count what people answered to the question of a notice, by the answer's place."""
        return await self._run(notice_counting.answers, number)

    async def notices_of_persons(self, persons: Sequence[int], limit: int = 20) -> list[Got]:
        """List the notices that somebody was meant to get, the newest first."""
        return await self._run(notice_counting.of_chat, persons, limit)
