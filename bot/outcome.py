"""What turns come to, and its way into the database."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import events
from bot.channels.base import Letter
from bot.identifying import PeopleOutcome, Tally
from bot.letters import Reply
from dialogs.effects import Say, Wondered
from dialogs.incoming import Pressed
from dialogs.message import Message, Voice
from dialogs.notices.wishes import (
    ChoicesWanted,
    NoticeAnswered,
    NoticesChosen,
    ToNotices,
    TrialWanted,
)
from storage.applications import Amendment, Filing, Handling, Moving
from storage.chats import Chat
from storage.facts import Fact, Filling
from storage.files import Placing
from storage.moves import Offered
from storage.notice_choices import Choice
from storage.outbox import Posting
from storage.parked import Parking
from storage.talks import TalkChange
from storage.work import Work

_SENT: frozenset[Voice] = frozenset({"assistant", "representative"})
"""Whose words go to the person; events are for the desk."""

_AT_WINDOW = timedelta(minutes=2)
"""How long after doing something in a window a person is taken to look at it still."""


@dataclass(slots=True)
class Outcome:
    """Everything that one letter comes to, ready to be written down together.

    ``reminders`` are by name, None for those to be forgotten; ``consents`` are versions of
    the text agreed to; ``missed`` counts by kind the reminders that came too late;
    ``placing`` says which of the chat's files stay. ``scores`` are ratings of
    talks, each with the talk's id; ``to_notices`` is what the person said to notices;
    ``wants_line`` asks for the turn to be made again, knowing how
    people wait; ``first_reply`` is how long the citizen had waited for a person's first words.
    ``facts`` and ``fillings`` are for the statistics, which know of nobody.
    What ``is_news`` is sent whoever leads the dialog by then. ``error`` is the class of what the
    core raised: then the session is as it was. ``offered`` are drafts that may be asked for
    elsewhere by a code; ``left_for`` is the channel in which the whole conversation goes on from
    now on, empty while it goes on here; ``origin`` is the network address the letter came from.
    """

    chat: Chat
    said: list[Message] = field(default_factory=list)
    filed: Sequence[Filing] = ()
    amended: Sequence[Amendment] = ()
    moved: Sequence[Moving] = ()
    handled: Sequence[Handling] = ()
    talk: TalkChange | None = None
    scores: list[tuple[int, int]] = field(default_factory=list)
    wants_line: bool = False
    first_reply: timedelta | None = None
    is_news: bool = False
    placing: Placing | None = None
    reminders: dict[str, datetime | None] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)
    consents: list[str] = field(default_factory=list)
    wondered: list[Wondered] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    fillings: Sequence[Filling] = ()
    to_notices: list[ToNotices] = field(default_factory=list)
    error: str = ""
    offered: list[Offered] = field(default_factory=list)
    left_for: str = ""
    origin: str = field(default="", repr=False)
    people: PeopleOutcome = field(default_factory=PeopleOutcome)

    @property
    def wants_choices(self) -> bool:
        """Tell whether the turn is to be made again, knowing which notices the person wants."""
        return ChoicesWanted() in self.to_notices

    def say(
        self,
        voice: Voice,
        at: datetime,
        say: Say,
        files: tuple[str, ...] = (),
        key: str = "",
        name: str = "",
    ) -> None:
        """Add a message to the history at the next place."""
        seq = self.chat.last_seq + 1
        self.said.append(
            Message(
                seq,
                voice,
                at,
                say.text,
                say.buttons,
                say.note,
                say.data,
                files,
                key,
                say.document,
                say.asks_phone,
                say.template,
                name,
            )
        )
        self.chat = replace(self.chat, last_seq=seq)


async def write(
    work: Work,
    letters: Sequence[Letter],
    outcomes: Sequence[Outcome],
    now: datetime,
    pushed: Collection[str],
    tally: Tally,
) -> None:
    """Write down what letters came to; ``pushed`` names the channels that are sent through."""
    await work.keep([one.chat for one in outcomes], now)
    await work.record([(one.chat.id, said) for one in outcomes for said in one.said])
    postings = [
        Posting(one.chat.id, said.seq, one.chat.channel, now, _revision(one, said))
        for letter, one in zip(letters, outcomes, strict=True)
        if one.chat.channel in pushed and not _is_at_window(letter, one.chat, now)
        for said in one.said
        if said.voice in _SENT
    ]
    if postings:
        await work.post(postings)
    await _write_talks(work, outcomes)
    await _write_applications(work, outcomes)
    await _write_wishes(work, outcomes, now)
    await _write_people(work, outcomes, now)
    await _write_said_to_notices(work, outcomes, now)
    if wrote := [
        (one.chat.id, one.said[0].seq)
        for letter, one in zip(letters, outcomes, strict=True)
        if one.chat.notice and _wrote(letter, one)
    ]:
        await work.note_replies(wrote, now)
    if offered := [one for outcome in outcomes for one in outcome.offered]:
        await work.offer_drafts(offered)
    if tally.changed:
        await work.count(tally.changed)
    if wondered := [(one.chat.language, what) for one in outcomes for what in one.wondered]:
        await work.wonder(wondered, now)
    if facts := [(one.chat.channel, *fact) for one in outcomes for fact in one.facts]:
        await work.note_facts(facts, now)
    if moved := [filling for one in outcomes for filling in one.fillings]:
        await work.note_fillings(moved)
    parked = [
        Parking(one.chat.id, letter.channel, letter.key, events.write(letter.incoming), one.error)
        for letter, one in zip(letters, outcomes, strict=True)
        if one.error
    ]
    if parked:
        await work.park(parked, now)


def _is_at_window(letter: Letter, chat: Chat, now: datetime) -> bool:
    """Tell whether the person sees the answer in a window, so that it need not be sent as well."""
    if isinstance(letter, Reply):  # to what they wanted there, if they may still be waiting
        return chat.window_at is not None and now - chat.window_at < _AT_WINDOW
    return letter.window


def _wrote(letter: Letter, outcome: Outcome) -> bool:
    """Tell whether the person said something of their own: no press, and no answer typed."""
    answers = any(isinstance(one, NoticeAnswered) for one in outcome.to_notices)
    is_own = not (answers or isinstance(letter.incoming, Pressed))
    return is_own and bool(outcome.said) and outcome.said[0].voice == "citizen"


def _revision(outcome: Outcome, said: Message) -> int | None:
    """Tell for which owner of the chat a message holds: news, and a person's words, for any."""
    if outcome.is_news or said.voice == "representative":
        return None
    return outcome.chat.revision


async def _write_talks(work: Work, outcomes: Sequence[Outcome]) -> None:
    if changed := [one.talk for one in outcomes if one.talk]:
        await work.change_talks(changed)
    if scores := [(one.chat.id, *score) for one in outcomes for score in one.scores]:
        await work.rate_talks(scores)


async def _write_applications(work: Work, outcomes: Sequence[Outcome]) -> None:
    if filed := [filing for one in outcomes for filing in one.filed]:
        await work.file(filed)
    if amended := [amendment for one in outcomes for amendment in one.amended]:
        await work.amend(amended)
    if moved := [moving for one in outcomes for moving in one.moved]:
        await work.move(moved)
    if handled := [handling for one in outcomes for handling in one.handled]:
        await work.handle(handled)
    if placings := [one.placing for one in outcomes if one.placing]:
        await work.place_files(placings)


async def _write_wishes(work: Work, outcomes: Sequence[Outcome], now: datetime) -> None:
    wishes = [(one.chat.id, name, at) for one in outcomes for name, at in one.reminders.items()]
    if reminders := [(chat_id, name, at) for chat_id, name, at in wishes if at]:
        await work.remind(reminders)
    if forgotten := [(chat_id, name) for chat_id, name, at in wishes if at is None]:
        await work.forget(forgotten)
    if consents := [(one.chat.id, version) for one in outcomes for version in one.consents]:
        await work.consent(consents, now)


async def _write_said_to_notices(work: Work, outcomes: Sequence[Outcome], now: datetime) -> None:
    said = [(one.chat.id, what) for one in outcomes for what in one.to_notices]
    if choices := [
        Choice(chat_id, one.kind, one.agrees, one.version)
        for chat_id, one in said
        if isinstance(one, NoticesChosen)
    ]:
        await work.choose_notices(choices, now)
    if answers := [
        (one.notice, chat_id, one.place) for chat_id, one in said if isinstance(one, NoticeAnswered)
    ]:
        await work.answer_notices(answers, now)
    if trials := [(one.code, chat_id) for chat_id, one in said if isinstance(one, TrialWanted)]:
        await work.take_trials(trials, now)


async def _write_people(work: Work, outcomes: Sequence[Outcome], now: datetime) -> None:
    touched = [(one.chat.id, one.people) for one in outcomes]
    if proofs := {chat_id: people.proof[-1] for chat_id, people in touched if people.proof}:
        await work.prove(proofs)
    if unlinked := [(chat_id, gone) for chat_id, people in touched for gone in people.unlinked]:
        await work.unlink(unlinked)
    links = [
        (chat_id, person.insured.id, person.role)
        for chat_id, people in touched
        for person in people.links
    ]
    if links:
        await work.link(links, now)
    if errands := [errand for _, people in touched for errand in people.errands]:
        await work.send(errands, now)
    if withdrawn := [number for _, people in touched for number in people.withdrawn]:
        await work.withdraw_extracts(withdrawn, now)
    if noted := [line for _, people in touched for line in people.noted]:
        await work.note(noted, now)
