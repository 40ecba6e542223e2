"""Playing one transcript on one channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dialogs.effects import Say, Speak
from dialogs.json import Json
from tests.player import DEEDS
from tests.through.canonical import Numbers
from tests.through.house import House
from tests.through.script import Core, Manner, in_manner

TRANSCRIPTS = sorted(
    script
    for script in (Path(__file__).parent.parent / "transcripts").glob("*.txt")
    if not script.stem.startswith("move_")
)
"""All but moves to another messenger: those need a chat on its side, tests/bot/test_moving.py."""


def transcripts(*, vouches: bool = False, always: bool = False) -> list[Path]:
    """List those of a channel that vouches for a phone when asked, or tells it ``always``."""
    fit = {"# vouches": vouches, "# vouches +": always}
    return [script for script in TRANSCRIPTS if fit.get(_vouching(script), True)]


def told(script: Path) -> str:
    """Read a transcript."""
    return script.read_text("utf-8")


def _vouching(script: Path) -> str:
    lines = [line for line in told(script).splitlines() if line.startswith("# vouches")]
    return lines[0].rstrip("0123456789") if lines else ""


class Hands(Protocol):
    """A person's hands and eyes on one channel; what cannot be done there raises `Cannot`.

    ``address`` is the chat's address in the channel.
    """

    address: str

    async def open(self, payload: str) -> None:
        """Open the chat, perhaps through a link."""

    async def say(self, text: str) -> None:
        """Type something."""

    async def press(self, label: str) -> None:
        """Press the newest button of a label."""

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere, or of long ago."""

    async def photo(self) -> None:
        """Send a good photo."""

    async def send(self, kind: str) -> None:
        """Send a sticker, a voice message and the like."""

    async def contact(self, phone: str) -> None:
        """Share one's own phone."""

    async def look(self, numbers: Numbers) -> Any:
        """Read what the assistant has said since the last look."""

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Any:
        """Say how that has to read here, to somebody who speaks a language."""


class Cannot(Exception):
    """Something that a person cannot do on this channel, with the reason."""


@dataclass
class Playing:
    """One transcript under way; ``left_out`` are the lines that the channel cannot play."""

    house: House
    hands: Hands
    core: Core
    manner: Manner
    ours: Numbers = field(default_factory=Numbers)
    theirs: Numbers = field(default_factory=Numbers)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    async def play(self, script: str) -> None:
        """Play all lines, comparing after each."""
        lines = [line for line in script.splitlines() if line[:1] in {">", "@"}]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            said = in_manner(self.core, line, self.manner)
            self.done.append(said)
            try:
                await self._do(said)
            except Cannot as reason:
                self.left_out.append((said, str(reason)))
                continue
            if not following.startswith("@ busy"):  # the register is asked while it is busy
                await self.house.do_errands()
            expected = self.expected(said, self.ours)
            seen = await self.hands.look(self.theirs)
            if seen != expected:
                told = (*self.done, f"expected: {expected}", f"seen: {seen}")
                raise AssertionError("\n".join(told))

    def expected(self, line: str, numbers: Numbers) -> Any:
        """Say how the core's answer to a line has to read."""
        said = self.core.answer(line)
        return self.hands.expected(said, numbers, self.core.session.language)

    async def check_papers(self) -> None:
        """See that what was filed is what the core filed, each once, and in the same state."""
        async with self.house.store.look() as look:
            chat = await look.chat(self.house.channel, self.hands.address)
        async with self.house.store.work() as work:
            kept = (await work.applications([chat.id])).get(chat.id, ())
            papers = await work.papers([one.number for one in kept])
        assert [(one.form, one.state) for one in kept] == [
            (one.form, one.state) for one in self.core.applications
        ]
        for ours, theirs in zip(self.core.applications, kept, strict=True):
            filed = self.core.papers[ours.number].answers
            assert _without_files(papers[theirs.number].answers) == _without_files(filed)

    async def _do(self, line: str) -> None:
        """Do in the world what a line says."""
        said = line[1:].strip()
        if line[0] == ">":
            said = self.ours.translate(said, self.theirs)
            if said.startswith("["):
                await self.hands.press(said[1:-1])
            elif said == "/start":
                await self.hands.open("")
            else:
                await self.hands.say(said)
            return
        match said.split(maxsplit=1):
            case ["now", _]:
                self.core.answer(line)
                self.house.clock.now = self.core.now
            case ["moved", decision]:
                state, _, reason = decision.partition(" ")
                await self.house.decide(self._newest(), state, reason, ())
            case ["clarify", decision]:
                steps, _, reason = decision.partition(" | ")
                parts = tuple(steps.split(","))
                await self.house.decide(self._newest(), "needs_clarification", reason, parts)
            case ["woke", name]:
                if not any(one.startswith(name) for one in self.core.reminders):
                    raise Cannot("nothing is due: what it comes of was left out")
                await self.house.wake()
            case ["busy"]:
                self.house.register.busy = True
                await self.house.do_errands()
                self.house.register.busy = False
            case ["paper", told]:
                await self.house.scan(told)
            case ["line", _]:
                raise Cannot("nobody else waits in this house")
            case [verb, *given] if verb in DEEDS:
                await self.house.lead(self.hands.address, verb, "".join(given))
            case _:
                await self._do_by_hand(said)

    async def _do_by_hand(self, said: str) -> None:
        match said.split(maxsplit=1):
            case ["photo"]:
                await self.hands.photo()
            case ["blank"]:
                await self.hands.say("   ")
            case ["long"]:
                await self.hands.say("полис " * 1000)
            case ["press", code]:
                await self._press(code)
            case ["link", payload]:
                await self.hands.open(payload)
            case ["code"]:
                await self.hands.say(self.house.code())
            case ["contact", phone]:
                await self.hands.contact(phone)
            case [kind]:
                await self.hands.send(kind)

    async def _press(self, code: str) -> None:
        """Press a button from elsewhere; where there is none, a link may do the same."""
        try:
            await self.hands.press_code(code)
        except Cannot:
            if not code.startswith("f:"):
                raise
            await self.hands.open(code.replace(":", "-"))

    def _newest(self) -> str:
        """Name the newest application by its number in the house."""
        newest = self.core.applications[0].number
        self.ours.mask(newest)
        return self.ours.translate(newest, self.theirs)


def _without_files(answers: Mapping[str, Json]) -> dict[str, Json]:
    """Leave out what the shell calls a file: it draws a name by lot."""
    return {
        step: len(answer) if isinstance(answer, list) else answer
        for step, answer in answers.items()
    }


def core_for(script: str) -> Core:
    """Set the core up as the top of a transcript says."""
    core = Core()
    for line in script.splitlines():
        if line.startswith("#"):
            core.set_up(line)
    return core
