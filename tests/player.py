"""Golden transcripts: conversations as text, replayed with a restart after every turn.

``>`` is the person (``> [Label]`` presses a button that is or was shown), ``@`` the world
(``@ photo``, ``@ joined NAME``, ``@ left``, ``@ now DATE``, ``@ sticker``, ``@ blank``), ``<`` the
assistant, ``!`` an effect other than speech. ``# today DATE`` at the top sets the clock.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.effects import (
    Conceal,
    Consent,
    File,
    Forget,
    Move,
    Rated,
    Relay,
    Remind,
    Say,
    Wondered,
)
from dialogs.incoming import (
    Attached,
    Filed,
    FileSent,
    Incoming,
    Opened,
    Pressed,
    RepresentativeJoined,
    RepresentativeLeft,
    Said,
    Unreadable,
)
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump, load
from tests.worlds import NOON, world


@dataclass
class Player:
    """Plays the person's lines and writes down the assistant's."""

    now: datetime = NOON
    session: Session = field(default_factory=Session)
    shown: dict[str, str] = field(default_factory=dict)
    photos: int = 0

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
        if line.startswith("# today "):
            day = datetime.fromisoformat(line.removeprefix("# today ").strip())
            self.now = day.replace(hour=12, tzinfo=NOON.tzinfo)

    def _turn(self, line: str) -> list[str]:
        if line.startswith("@ now "):
            self._set_up(line.replace("@ now ", "# today ", 1))
            return []
        lines: list[str] = []
        queue: list[Incoming] = [self._read(line)]
        while queue:
            turn = respond(self.session, queue.pop(0), world(self.now))
            self._restart(turn.session)
            for effect in turn.effects:
                lines += self._write(effect)
                if isinstance(effect, File):
                    queue.append(Filed(effect.form, "4821-7390-5"))
        return lines

    def _restart(self, session: Session) -> None:
        """Forget everything but the JSON."""
        loaded, lost = load(json.loads(json.dumps(dump(session))), world(self.now).forms)
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
            case ["joined", name]:
                return RepresentativeJoined(name)
            case ["left"]:
                return RepresentativeLeft()
            case ["blank"]:
                return Said("   ")
            case ["long"]:
                return Said("полис " * 1000)
            case ["press", code]:
                return Pressed(code)
            case ["link", payload]:
                return Opened(payload)
        return Unreadable(text)

    def _write(self, effect: object) -> list[str]:
        match effect:
            case Say():
                self.shown |= {button.label: button.code for button in effect.buttons}
                first, *more = effect.text.splitlines()
                lines = [f"< {first}", *(f"  {each}" for each in more if each)]
                if effect.document:
                    lines.append(f"  ▣ {effect.document}")
                if effect.note:
                    lines.append(f"  ({effect.note})")
                if effect.buttons:
                    lines.append("  " + " ".join(f"[{one.label}]" for one in effect.buttons))
                return lines
            case File(form, _, answers):
                shown = json.dumps(dict(answers), ensure_ascii=False)
                return [f"! file {form} {shown}"]
            case Relay(text):
                return [f"! relay {text}"]
            case Conceal(text):
                return [f"! conceal {text}"]
            case Wondered(text, guesses, outcome):
                return [f"! wondered {outcome}: {text} ({', '.join(guesses)})"]
            case Consent(version):
                return [f"! consent {version}"]
            case Remind(name, at):
                return (
                    [f"! remind {name} {at:%Y-%m-%d %H:%M}"] if not name.startswith("draft") else []
                )
            case Forget(name):
                return [f"! forget {name}"] if not name.startswith("draft") else []
            case Move(number, state, actor):
                return [f"! move {number} {state} {actor}"]
            case Rated(topic, helpful):
                return [f"! rated {topic} {'yes' if helpful else 'no'}"]
        raise AssertionError(effect)


def replay(script: str) -> str:
    """Play one transcript from the beginning."""
    return Player().play(script)
