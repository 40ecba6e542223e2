"""A topic: what it is called, what it says on a given day, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.faq.facts import Fact


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list that rests on facts and is served only while all of them hold.

    Blocks that share a ``slot`` are variants of one statement: on every day exactly one
    of them is in force.
    """

    text: str
    facts: tuple[str, ...]
    slot: str = ""

    def holds_on(self, day: date, facts: Mapping[str, Fact]) -> bool:
        """Tell whether every fact under the block is in force on the day."""
        return all(facts[fact].holds_on(day) for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Topic:
    """One answer of the assistant in one language.

    ``id`` is the file's name (``smo_change`` or a finer ``smo_change.deadline``);
    ``button`` is its short label; ``form`` the application it offers; ``related`` the
    topics it leads to; ``human`` asks for a representative to be offered with it.
    """

    id: str
    language: str
    title: str
    button: str
    blocks: tuple[Block, ...]
    form: str = ""
    related: tuple[str, ...] = ()
    human: bool = False

    def blocks_on(self, day: date, facts: Mapping[str, Fact]) -> tuple[Block, ...]:
        """Pick the blocks that are served on the day."""
        return tuple(block for block in self.blocks if block.holds_on(day, facts))


class BadTopic(ValueError):
    """A topic file that cannot be read; the message is for its editor."""


_HEADERS = {"title", "button", "form", "related", "human"}


def parse(name: str, language: str, text: str) -> Topic:
    """Read a topic file: ``header: value`` lines, then blocks that begin with ``:::``.

    A block's first line names its slot, if it has one, and its facts:
    ``::: fact, fact`` or ``::: slot: fact, fact``. Raises `BadTopic` for the editor.
    """
    head, *parts = ("\n" + text).split("\n:::")
    headers: dict[str, str] = {}
    for line in filter(None, map(str.strip, head.splitlines())):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _HEADERS:
            raise BadTopic(f"{language}/{name}: unknown header line: {line}")
        headers[key.strip()] = value.strip()
    missing = {"title", "button"} - set(headers)
    if missing or not parts:
        raise BadTopic(f"{language}/{name}: missing {', '.join(sorted(missing)) or 'blocks'}")
    return Topic(
        id=name,
        language=language,
        title=headers["title"],
        button=headers["button"],
        blocks=tuple(_block(name, language, part) for part in parts),
        form=headers.get("form", ""),
        related=_names(headers.get("related", "")),
        human=headers.get("human") == "yes",
    )


def _block(name: str, language: str, part: str) -> Block:
    first, _, body = part.partition("\n")
    slot, colon, facts = first.partition(":")
    if not colon:
        slot, facts = "", first
    if not _names(facts) or not body.strip():
        raise BadTopic(f"{language}/{name}: a block needs facts and words: :::{first}")
    return Block(text=_unwrap(body), facts=_names(facts), slot=slot.strip())


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in text.split(","))))


def _unwrap(body: str) -> str:
    """Join wrapped lines; an empty line parts paragraphs, «• » begins a list item."""
    lines: list[str] = []
    for line in map(str.strip, body.strip().splitlines()):
        if lines and lines[-1] and line and not line.startswith("• "):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return "\n".join(lines)
