"""What a chat may know of the people proven in it: number, insurer, validity, extract."""

from dataclasses import replace

from dialogs.effects import Button, Issue, Say, Template, Unlink
from dialogs.identity_meanings import Part, ToPeople, Want
from dialogs.incoming import Busy, Issued, NotIssued
from dialogs.insured import Goal, Linked
from dialogs.meanings import ToMenu
from dialogs.menu import menu, person_button
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from dialogs.session import Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

TOPICS: dict[str, Goal] = {
    "extract": "extract",
    "extract.number": "number",
    "which_smo": "insurer",
}
"""Topics that are told in general, and of a proven person exactly."""

TOLD: dict[Goal, str] = {
    "extract": "extract",
    "number": "extract.number",
    "insurer": "which_smo",
    "validity": "which_smo",
    "link": "extract",
}
"""Topics that answer in general what nobody here has been proven for."""

_SHOWN: tuple[Goal, ...] = ("extract", "number", "validity")


def give(session: Session, goal: Goal, person: Linked, world: World) -> Turn:
    """Give what is wanted of a linked person, always saying whose it is."""
    words = world.words[session.language]
    insured = person.insured
    match goal:
        case "link":
            return people(session, world)
        case "extract":
            drawing = say(words, "identity.drawing", name=_whose(person, words))
            return Turn(session, (_personal(drawing), Issue(insured.id)))
        case "number":
            number = " ".join(insured.enp[start : start + 4] for start in range(0, 16, 4))
            text = words("identity.number_is", name=_whose(person, words), number=number)
        case "insurer":
            text = _insurer(person, session, world)
        case "validity":
            text = _validity(person, world, words)
    others = [other for other in _SHOWN if other != goal]
    buttons = [button(Want(other, insured.id), words(f"button.want.{other}")) for other in others]
    return Turn(session, (_personal(Say(text, (*buttons, _menu(words)))),))


def whose(session: Session, goal: Goal, world: World) -> Say:
    """Ask whose number, extract or the like is wanted."""
    words = world.words[session.language]
    return _personal(say(words, "identity.whose", *_people(goal, world), _another(words)))


def people(session: Session, world: World) -> Turn:
    """List the people proven here, each to be parted from."""
    words = world.words[session.language]
    if not world.people:
        shown = menu(session, world, "identity.nobody")
        add = (_another(words),) if world.proves else ()
        return Turn(session, (replace(shown, buttons=(*add, *shown.buttons)),))
    lines = [words("identity.people"), ""]
    lines += [f"• {_whose(one, words)}" for one in world.people]
    part = [
        button(Part(one.insured.id), words("button.part", name=_short(one))) for one in world.people
    ]
    buttons = (*part, _another(words), _menu(words))
    return Turn(session, (_personal(Say("\n".join(lines), buttons)),))


def part(session: Session, meaning: Part, world: World) -> Turn | None:
    """Part from a person, after asking once; None when it is nobody of this chat."""
    found = [one for one in world.people if one.insured.id == meaning.insured]
    if not found:
        return None
    words = world.words[session.language]
    name = _whose(found[0], words)
    if not meaning.sure:
        sure = button(Part(meaning.insured, sure=True), words("button.part_sure"))
        keep = button(ToPeople(), words("button.keep_it"))
        return Turn(session, (_personal(say(words, "identity.part", sure, keep, name=name)),))
    parted = _personal(say(words, "identity.parted", _menu(words), name=name))
    return Turn(session, (Unlink(meaning.insured), parted))


def linked(session: Session, person: Linked, world: World) -> Say:
    """Say who is linked from here on."""
    words = world.words[session.language]
    return _personal(say(words, "identity.linked", name=_whose(person, words)))


def drawn(session: Session, event: Issued | NotIssued | Busy, world: World) -> Turn:
    """Bring an extract, or say that it could not be made yet; nothing of people parted from."""
    found = [one for one in world.people if one.insured.id == event.insured]
    if not found:
        return Turn(session)
    words = world.words[session.language]
    name = _whose(found[0], words)
    if isinstance(event, Busy):
        again = button(Want("extract", event.insured), words("button.again"))
        waits = say(words, "identity.not_drawn", again, _menu(words), name=name)
        return Turn(session, (_personal(waits),))
    if isinstance(event, NotIssued):
        person_to_ask = person_button(session, world)
        cannot = say(words, f"identity.not_issued.{event.reason}", person_to_ask, name=name)
        return Turn(session, (_personal(cannot),))
    caption = say(words, "identity.issued", _menu(words), name=name, number=event.number)
    return Turn(session, (replace(caption, document=f"extract:{event.number}", data="document"),))


def ruled(session: Session, event: LinkDecided | ExtractWithdrawn, world: World) -> Turn:
    """Tell what a representative has decided about people of this chat or their extracts."""
    words = world.words[session.language]
    match event:
        case LinkDecided(insured, name, True, reason):
            extract = button(Want("extract", insured), words("button.want.extract"))
            told = say(words, "ruling.linked", extract, _menu(words), name=name, reason=reason)
            template = Template("person_linked")
        case LinkDecided(_, name, _, reason):
            told = say(words, "ruling.unlinked", _menu(words), name=name, reason=reason)
            template = Template("person_unlinked")
        case ExtractWithdrawn(number, reason):
            again = button(Want("extract"), words("button.want.extract"))
            told = say(words, "ruling.withdrawn", again, _menu(words), number=number, reason=reason)
            template = Template("extract_withdrawn", (number,))
    return Turn(session, (replace(_personal(told), template=template),))


def selves(world: World) -> list[Linked]:
    """Return those who were proven to be the one who writes."""
    return [one for one in world.people if one.role == "self"]


def _insurer(person: Linked, session: Session, world: World) -> str:
    """Name the insurer; one that is not ours is known by its code only."""
    words = world.words[session.language]
    values = world.values[session.language]
    insured = person.insured
    ours = insured.insurer_code == values["registry_code"]
    return words(
        "identity.insurer_is" if ours else "identity.insurer_other",
        name=_whose(person, words),
        insurer=values["insurer"],
        phone=values["phone"],
        code=insured.insurer_code,
        day=words.day(insured.insured_since),
    )


def _validity(person: Linked, world: World, words: Words) -> str:
    until = person.insured.right_until
    name = _whose(person, words)
    if until is None:
        return words("identity.valid", name=name, today=words.day(world.now.date()))
    key = "identity.valid_until" if until >= world.now.date() else "identity.ended"
    return words(key, name=name, day=words.day(until))


def _people(goal: Goal, world: World) -> tuple[Button, ...]:
    return tuple(button(Want(goal, one.insured.id), _short(one)) for one in world.people)


def _short(person: Linked) -> str:
    """Write a name as a label: the given name, or the only one there is."""
    return (person.insured.given or person.insured.surname)[:20]


def _whose(person: Linked, words: Words) -> str:
    if person.role != "self":
        return words(f"identity.{person.role}", name=person.insured.name)
    return person.insured.name


def _another(words: Words) -> Button:
    return button(Want("link"), words("button.another"))


def _menu(words: Words) -> Button:
    return button(ToMenu(), words("button.menu"))


def _personal(said: Say) -> Say:
    return replace(said, data="personal")
