"""One turn of one conversation in memory: the core asked, its wishes sorted."""

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from bot.channels.base import Letter
from bot.codes import Codes
from bot.courses import fillings
from bot.identifying import Identifying
from bot.ledger import Ledger
from bot.letters import is_from_person, is_news
from bot.meeting import met
from bot.obeying import happened, obey
from bot.outcome import Outcome
from bot.placing import named, placing
from bot.recalling import Known
from bot.retrying import Retry
from bot.takeover.talking import Talking
from dialogs.effects import Say
from dialogs.fields import Phone
from dialogs.identifiers import hide
from dialogs.incoming import Attached, Incoming, Pressed, Said, Unreadable, Vouched
from dialogs.labels import label_of
from dialogs.move_events import AllHanded
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from dialogs.words import Words
from dialogs.world import World
from storage.chats import Chat


class Conversing:
    """Lets a letter change a chat; pure but for the numbers it hands out.

    ``vouching`` names the channels that can vouch for a person's own phone, ``withheld`` those
    in which personal data may not travel.
    """

    def __init__(
        self,
        world: Callable[[datetime], World],
        number: Callable[[], str],
        codes: Codes,
        vouching: Collection[str] = (),
        withheld: Collection[str] = (),
    ) -> None:
        self._world = world
        self._vouching = frozenset(vouching)
        self._withheld = frozenset(withheld)
        self._number = number
        self.codes = codes

    def turn(self, chat: Chat, letter: Letter, known: Known, now: datetime) -> Outcome:
        """Ask the core until no answers of the world are left; raises `Refused`."""
        world = replace(self._around(chat, letter, now), chosen=known.chosen)
        outcome = Outcome(met(chat, letter), origin=letter.origin)
        ledger = Ledger(chat.id, known.applications, world, now, self._number)
        people = Identifying(chat.id, known.people, known.tally, self.codes, now)
        outcome.people = people.outcome
        session, lost = self._session(chat, letter, world)
        before, session = session, known.seen(session)
        self._hear(outcome, session, letter, world)
        tell = _grey(outcome, world.words[session.language], now)
        talking = Talking(chat, known.talk, known.line, world, now, tell)
        if outcome.said:
            talking.heard(outcome.chat.last_seq, outcome.said[0].text)
        if isinstance(letter.incoming, AllHanded):
            tell("move.event.here", channel=letter.incoming.channel)
        heard = happened(letter, known, ledger, people, talking)
        queue: deque[Incoming] = deque([*lost, *heard])
        while queue:
            world = replace(world, applications=ledger.applications, people=people.people)
            turn = respond(session, queue.popleft(), world)
            session = turn.session
            for effect in turn.effects:
                queue.extend(obey(outcome, ledger, people, talking, effect, now))
        if outcome.left_for:
            tell("move.event.away", channel=outcome.left_for)
        outcome.chat = replace(
            talking.course.owned(outcome.chat), language=session.language, session=dump(session)
        )
        outcome.talk, outcome.wants_line = talking.course.change, talking.wants_line
        outcome.first_reply = talking.course.first_reply
        outcome.filed, outcome.amended = ledger.filings, ledger.amendments
        outcome.moved, outcome.is_news = ledger.movings, is_news(letter)
        outcome.handled = ledger.handlings
        outcome.facts += ledger.facts
        outcome.fillings = fillings(chat.id, before, session, ledger.filed, now)
        if not outcome.left_for:  # then its files go with it
            outcome.placing = placing(chat, letter, outcome)
        if isinstance(letter.incoming, Attached):
            outcome.said[0] = named(outcome.said[0], letter.incoming, outcome.placing)
        if isinstance(letter, Retry):  # heard when it was parked
            outcome.said = [one for one in outcome.said if one.voice != "citizen"]
        return outcome

    def apologise(self, chat: Chat, letter: Letter, now: datetime, error: str) -> Outcome:
        """Answer a letter that made the core raise; the session stays as it was."""
        world = self._world(now)
        outcome = Outcome(met(chat, letter), error=error)
        if not is_from_person(letter):
            return outcome  # nobody is waiting for an answer
        session = Session(language=_language(chat, letter, world))
        self._hear(outcome, session, letter, world)
        # The core did not come to say what to conceal.
        outcome.said = [replace(one, text=hide(one.text)[0]) for one in outcome.said]
        outcome.say("assistant", now, Say(world.words[session.language]("apology")))
        return outcome

    def _around(self, chat: Chat, letter: Letter, now: datetime) -> World:
        """Know what the channel of a letter can tell of the person's phone, and may carry.

        A window shows no button of the messenger's own, nor may what is withheld be shared by it.
        """
        world, withheld = self._world(now), letter.channel in self._withheld
        world = replace(world, has_left=True) if chat.left_at else world
        if withheld and not letter.window:
            world = replace(world, withholds=True, reads_photos=False)
        if letter.channel not in self._vouching:
            return world
        phone = chat.phone if letter.window else letter.phone
        vouched = phone if Phone().accepts(phone) else ""
        return replace(world, vouches=not (withheld or letter.window), vouched=vouched)

    def _session(self, chat: Chat, letter: Letter, world: World) -> tuple[Session, list[Incoming]]:
        if isinstance(chat.session, dict):
            session, lost = load(chat.session, world.forms)
            return session, list(lost)
        return Session(language=_language(chat, letter, world)), []

    def _hear(self, outcome: Outcome, session: Session, letter: Letter, world: World) -> None:
        """Write the person's own side into the history."""
        words = world.words[session.language]
        key = letter.key.removeprefix(f"{letter.chat}:")
        files: tuple[str, ...] = ()
        match letter.incoming:
            case Said(text):
                said = text
            case Pressed(code):
                said = label_of(code, session, world)
            case Attached(attached, caption):
                said, files = caption, tuple(file.kind for file in attached)
            case Unreadable(kind):
                said = words(f"history.{kind}")
            case Vouched(phone):
                said = words("history.vouched", phone=phone)
            case _:
                return
        outcome.say("citizen", letter.sent_at, Say(said), files=files, key=key)


def _grey(outcome: Outcome, words: Words, now: datetime) -> Callable[..., None]:
    """Make what puts a grey line into the history."""

    def tell(key: str, **values: object) -> None:
        if "channel" in values:
            values["channel"] = words(f"move.channel.{values['channel']}")
        if "form" in values:
            values["title"] = words(f"{values['form']}.title")
        if "outcome" in values:
            values["outcome"] = words(f"outcome.{values['outcome']}")
        outcome.say("event", now, Say(words(key, **values)))

    return tell


def _language(chat: Chat, letter: Letter, world: World) -> str:
    known = chat.language or letter.language[:2].lower()
    return known if known in world.words else "ru"
