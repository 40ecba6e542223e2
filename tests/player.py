"""Golden transcripts: conversations as text, replayed with a restart after every turn.

``>`` is the person (``> [Label]`` presses a button that is or was shown), ``@`` the world,
``<`` the assistant, ``!`` an effect other than speech. The world may be:

* ``@ photo``, ``@ sticker``, ``@ blank``, ``@ long``: what came instead of words;
* ``@ press CODE``, ``@ link PAYLOAD``: a button or a link from elsewhere;
* ``@ line COUNT MINUTES``: so many wait before this person, and how long others have waited;
* ``@ claims NAME``, ``@ replies TEXT``, ``@ passes [NAME]``, ``@ gives_back``, ``@ takes_up``,
  ``@ closes OUTCOME``, ``@ hands FORM STEP ANSWERS``: what representatives do, as they do it
  at the desk; ``@ lapses``: the one who leads falls silent; what they see in grey is ``~``;
* ``@ moved STATE [REASON]``, ``@ clarify STEP,STEP | WORDS``: a representative decides the
  newest application;
* ``@ code``: the person reads the newest code off the phone and types it;
* ``@ paper SEX DATE ЕНП SURNAME|GIVEN|PATRONYMIC``: what the last photo's barcode says;
  ``@ paper KIND``: what it shows instead;
* ``@ contact PHONE``: the person shares a phone that the messenger vouches for;
* ``@ sought OUTCOME``: what came of a code typed here; ``@ wanted CHANNEL``: ours was typed
  there, or ``@ wanted CHANNEL whole``, or ``@ wanted CHANNEL other`` by somebody else;
  ``@ handed FORM ANSWERS``: an application came from another chat;
  ``@ everything CHANNEL FILED SESSION``: a whole conversation did;
* ``@ busy``: the register does not answer what was asked of it;
* ``@ now DATE [TIME]``: time passes; ``@ woke NAME``: a reminder that is due comes.

``# today DATE`` and ``# language LANGUAGE`` at the top set the clock and the language;
``# vouches [PHONE]`` is a messenger that vouches for phones, perhaps for this one with every
message, and ``# no codes`` an assistant that cannot send codes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.ledger import Ledger
from bot.letters import Decision
from bot.takeover import deeds
from bot.takeover.deeds import Deed, Representative
from bot.takeover.talking import Talking
from dialogs.effects import (
    Answered,
    CallPerson,
    CheckClaim,
    CheckCode,
    Conceal,
    Consent,
    Effect,
    File,
    Forget,
    HandBack,
    Issue,
    LeaveQueue,
    Missed,
    Move,
    Rated,
    RateTalk,
    Relay,
    Remind,
    Say,
    Scan,
    SendCode,
    Speak,
    Unlink,
    Wondered,
)
from dialogs.incoming import (
    Attached,
    Busy,
    FileSent,
    Incoming,
    Moved,
    Opened,
    Pressed,
    Said,
    Scanned,
    Unreadable,
    Vouched,
    Woke,
)
from dialogs.lifecycle import Application
from dialogs.move_effects import ClaimDraft, HandAll, HandDraft, OfferDraft
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
)
from dialogs.notices.wishes import ChoicesWanted, NoticeAnswered, NoticesChosen, TrialWanted
from dialogs.paper import PaperPolicy
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from dialogs.talk_events import SetAside
from dialogs.world import World
from storage.applications import Paper
from storage.chats import Chat
from storage.talk_lists import Line
from storage.talks import Talk
from tests.proofs import CODE, Proofs
from tests.worlds import ALL_FORMS, NOON, knowledge, world

NUMBERS = ("4821-7390-5", "1076-2258-1", "9934-0517-2")
DEEDS = {
    "claims": lambda *_: deeds.Claim("k"),
    "replies": lambda text: deeds.Reply(text, 99),
    "passes": lambda name="": deeds.PassOn(Representative(name, name) if name else None, ""),
    "gives_back": deeds.GiveBack,
    "takes_up": deeds.TakeUp,
    "closes": deeds.Close,
    "hands": lambda given: deeds.HandInto(*given.split()[:2], json.loads(given.split(None, 2)[2])),
    "lapses": deeds.Lapse,
}
_UNTOLD = ("draft:", "promise:", "clarify:")  # reminders that every form sets


@dataclass
class Player:
    """Plays the person's lines and writes down the assistant's."""

    now: datetime = NOON
    session: Session = field(default_factory=Session)
    shown: dict[str, str] = field(default_factory=dict)
    photos: int = 0
    applications: tuple[Application, ...] = ()
    papers: dict[str, File] = field(default_factory=dict)
    reminders: dict[str, datetime] = field(default_factory=dict)
    proofs: Proofs = field(default_factory=Proofs)
    sends_codes: bool = True
    vouches: bool = False
    vouched: str = ""
    talk: Talk | None = None
    line: Line = field(default_factory=Line)
    grey: list[str] = field(default_factory=list)
    scanned: tuple[str, ...] = ()
    chosen: dict[str, bool] = field(default_factory=dict)

    def play(self, script: str) -> str:
        """Replay a transcript; what it should be is what it was."""
        out: list[str] = []
        for line in script.splitlines():
            if line.startswith("#"):
                self._set_up(line)
                out.append(line)
            elif line[:1] in {">", "@"}:
                out.append(line)
                out += self._turn(line)
        return "\n".join(out) + "\n"

    def _set_up(self, line: str) -> None:
        match line.split()[1:]:
            case ["today", day]:
                self._set_clock(day)
            case ["language", language]:
                self.session = Session(language=language)
            case ["vouches", *phone]:
                self.vouches, self.vouched = True, "".join(phone)
            case ["no", "codes"]:
                self.sends_codes = False

    def _set_clock(self, day: str, hour: str = "12:00") -> None:
        self.now = datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=NOON.tzinfo)

    def _turn(self, line: str) -> list[str]:
        match line.split():
            case ["@", "now", *moment]:
                self._set_clock(*moment)
                return []
            case ["@", "line", count, minutes]:
                early = datetime(2026, 1, 1, tzinfo=UTC)
                self.line = Line([(early, -one) for one in range(int(count))], int(minutes))
                return []
        lines: list[str] = []
        queue: list[Incoming] = [self._read(line)]
        if line[0] == ">":
            self._talking(lambda talking: talking.heard(0, ""))
        while queue:
            incoming, knowing = queue.pop(0), self._world()
            turn = respond(self.session, incoming, knowing)
            if ChoicesWanted() in turn.effects:
                turn = respond(self.session, incoming, replace(knowing, chosen=self.chosen))
            self._restart(turn.session)
            for effect in turn.effects:
                lines += self._write(effect)
                queue += self._obey(effect)
            lines += self.grey
            self.grey = []
        return lines

    def _world(self) -> World:
        known = world(self.now, ALL_FORMS, self.applications)
        return replace(
            known,
            people=self.proofs.people,
            sends_codes=self.sends_codes,
            vouches=self.vouches,
            vouched=self.vouched,
            desk=knowledge().organisation.desk,
            reads_photos=True,
        )

    def _restart(self, session: Session) -> None:
        """Forget everything but the JSON."""
        loaded, lost = load(json.loads(json.dumps(dump(session))), ALL_FORMS)
        assert (loaded, lost) == (session, [])
        self.session = loaded

    def _read(self, line: str) -> Incoming:
        text = line[1:].strip()
        if line[0] == ">":
            if text.startswith("["):
                return Pressed(self.shown[text[1:-1]])
            return Opened() if text == "/start" else Said(text)
        match text.split(maxsplit=1):
            case ["photo"]:
                self.photos += 1
                return Attached((FileSent(f"f{self.photos}", "image/jpeg", 1000),))
            case [deed, *more] if deed in DEEDS:
                return self._do(DEEDS[deed](*more), *more)
            case ["blank"]:
                return Said("   ")
            case ["long"]:
                return Said("полис " * 1000)
            case ["press", code]:
                return Pressed(code)
            case ["link", payload]:
                return Opened(payload)
            case ["moved", decision]:
                state, _, reason = decision.partition(" ")
                return self._decide(state, reason)
            case ["clarify", decision]:
                steps, _, reason = decision.partition(" | ")
                return self._decide("needs_clarification", reason, tuple(steps.split(",")))
            case ["code"]:
                return Said(CODE)
            case ["paper", policy]:
                return self._scanned(policy)
            case ["contact", phone]:
                return Vouched(phone)
            case ["busy"]:
                return Busy()
            case ["sought", outcome]:
                return DraftSought(outcome)
            case ["wanted", whole] if whole.endswith(" whole"):
                return DraftWanted(17, whole.split()[0], 0)
            case ["wanted", other] if other.endswith(" other"):
                return CodeTyped(other.split()[0])
            case ["wanted", channel]:
                return DraftWanted(17, channel, self.session.drafts()[0].number)
            case ["everything", given]:
                channel, applications, state = given.split(None, 2)
                return AllHanded(channel, "1", json.loads(state), int(applications))
            case ["handed", given]:
                form, answers = given.split(None, 1)
                return DraftHanded(form, ALL_FORMS[form].version, json.loads(answers))
            case ["woke", name]:
                return self._wake(name)
        return Unreadable(text)

    def _scanned(self, told: str) -> Scanned:
        """Bring what the last photo was found to show."""
        match told.split(maxsplit=3):
            case [sex, born_on, enp, name]:
                day = date.fromisoformat(born_on)
                policy = PaperPolicy(enp, *name.split("|"), sex, day, None)
                return Scanned(self.scanned, policy)
        return Scanned(self.scanned, instead=told)

    def _wake(self, begins: str) -> Woke:
        name = next(name for name in self.reminders if name.startswith(begins))
        due_at = self.reminders.pop(name)
        assert due_at <= self.now, f"{name} is not due yet"
        return Woke(name, due_at)

    def _talking(self, act):
        """Let the talk of this chat be moved as the shell does it."""
        chat = Chat(1, "web", "1", "ru", None, "bot", 0, 0, None)

        def tell(key, **values):
            if "form" in values:
                values["title"] = words(f"{values['form']}.title")
            if "outcome" in values:
                values["outcome"] = words(f"outcome.{values['outcome']}")
            self.grey.append(f"~ {words(key, **values)}")

        words = self._world().words[self.session.language]
        now = self.now.astimezone(UTC)
        talking = Talking(chat, self.talk, self.line, self._world(), now, tell)
        answer = act(talking)
        if talking.course.change:
            kept = replace(talking.course.change.talk, id=7)
            self.talk = None if kept.state == "closed" else kept
        return answer

    def _do(self, wish, name="", *_) -> Incoming:
        here = self.talk
        by = Representative(name, name)
        if not isinstance(wish, deeds.Claim):
            by = Representative(here.representative, here.representative_name)
        if isinstance(wish, deeds.Lapse):
            self.now = here.due_at.astimezone(self.now.tzinfo)
        deed = Deed("web", "1", "k", SetAside(), self.now, talk=7, by=by, wish=wish)
        return self._talking(lambda talking: talking.do(deed))

    def _ledger(self) -> Ledger:
        free = (number for number in NUMBERS if number not in self.papers)
        return Ledger(
            1, self.applications, self._world(), self.now.astimezone(UTC), lambda: next(free)
        )

    def _decide(self, state, reason, steps=()) -> Moved:
        """Let a representative move the newest application, by the rules of the desk."""
        newest = self.applications[0]
        filed = self.papers[newest.number]
        ledger = self._ledger()
        wanted = Moved(newest.number, newest.form, state, reason, steps=steps)
        moved = ledger.decide(
            Decision("web", "1", "key", incoming=wanted, sent_at=self.now, name="Анна"),
            Paper("web", "1", newest, filed.version, filed.answers),
        )
        self.applications = ledger.applications
        return moved

    def _obey(self, effect: Effect) -> Iterator[Incoming]:
        """Do what the shell does with an effect; the world may answer."""
        ledger = self._ledger()
        match effect:
            case Scan(files):
                self.scanned = files
            case File():
                answer = ledger.file(effect)
                self.papers[answer.number] = replace(effect, amends="")
                yield answer
            case Move():
                yield ledger.move(effect)
            case CallPerson():
                yield from self._called(lambda talking: talking.call(effect, 0))
            case LeaveQueue():
                self._talking(lambda talking: talking.leave())
            case HandBack(number):
                yield from self._called(lambda talking: talking.hand_back(number))
            case SendCode() | CheckClaim() | CheckCode() | Unlink() | Issue():
                yield from self.proofs.obey(effect, self.now)
            case OfferDraft(draft):
                yield MoveCode(CODE, draft)
            case Remind(name, at):
                self.reminders[name] = at
            case Forget(name):
                self.reminders.pop(name, None)
            case NoticesChosen(kind, agrees, _):
                self.chosen[kind] = agrees
        self.applications = ledger.applications

    def _called(self, act) -> Iterator[Incoming]:
        answer = self._talking(act)
        if answer:
            yield answer

    def _write(self, effect: Effect) -> list[str]:
        match effect:
            case Say():
                return self._spoken(effect)
            case File(form, _, answers, _, amends, sources):
                shown = json.dumps(dict(answers), ensure_ascii=False)
                completes = f" ({amends})" if amends else ""
                read = f" (read: {', '.join(sources)})" if sources else ""
                return [f"! file {form}{completes} {shown}{read}"]
            case Relay(text):
                return [f"! relay {text}"]
            case Speak(name, text):
                return [f"{name}: {text}"]
            case CallPerson(kind, topic, _, urgent, phone, preferred):
                about = " ".join(filter(None, (topic, "urgent" * urgent, phone, preferred)))
                return [f"! call a person: {kind} {about}".rstrip()]
            case LeaveQueue():
                return ["! leave the queue"]
            case HandBack(number):
                return [f"! hand back {number}".rstrip()]
            case RateTalk(_, score):
                return [f"! rate the talk {score}"]
            case Conceal(text):
                return [f"! conceal {text}"]
            case Wondered(text, guesses, outcome):
                return [f"! wondered {outcome}: {text} ({', '.join(guesses)})"]
            case Consent(version):
                return [f"! consent {version}"]
            case Remind(name, at):
                return [] if name.startswith(_UNTOLD) else [f"! remind {name} {at:%Y-%m-%d %H:%M}"]
            case Forget(name):
                return [] if name.startswith(_UNTOLD) else [f"! forget {name}"]
            case Missed(kind, count):
                return [f"! missed {kind} {count}"]
            case Move(number, state, actor):
                return [f"! move {number} {state} {actor}"]
            case SendCode():
                return ["! send a code"]
            case Scan():
                return ["! look at the photo"]
            case CheckClaim():
                return ["! look a claim up"]
            case CheckCode():
                return ["! check the code"]
            case Unlink():
                return ["! unlink"]
            case Issue():
                return ["! issue an extract"]
            case Answered():
                return []
            case NoticesChosen(kind, agrees, _):
                return [f"! {'want' if agrees else 'stop'} notices: {kind}"]
            case NoticeAnswered(notice, place):
                return [f"! answer notice {notice}: {place}"]
            case TrialWanted(code):
                return [f"! see notices first, by {code}"]
            case OfferDraft(draft):
                return [f"! draw a code for {'the application' if draft else 'everything'}"]
            case ClaimDraft(code):
                return [f"! ask who has offered {code}"]
            case HandDraft(_, form, _, answers):
                return [f"! hand over {form} {json.dumps(dict(answers), ensure_ascii=False)}"]
            case HandAll(_, channel, state, applications):
                shown = json.dumps(dict(state), ensure_ascii=False)
                return [f"! hand over everything ({applications} filed) to {channel} {shown}"]
            case Rated(topic, helpful):
                return [f"! rated {topic} {'yes' if helpful else 'no'}"]
        raise AssertionError(effect)

    def _spoken(self, said: Say) -> list[str]:
        self.shown |= {button.label: button.code for button in said.buttons}
        first, *more = said.text.splitlines()
        lines = [f"< {first}", *(f"  {each}" for each in more if each)]
        if said.document:
            lines.append(f"  ▣ {said.document}")
        if said.asks_phone and self.vouches:
            lines.append("  ☎")
        if said.note:
            lines.append(f"  ({said.note})")
        if said.buttons:
            lines.append("  " + " ".join(f"[{one.label}]" for one in said.buttons))
        return lines


def replay(script: str) -> str:
    """Play one transcript from the beginning."""
    return Player().play(script)
