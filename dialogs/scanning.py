"""A photo of the old paper policy: looked at, shown, and filled in once it is confirmed.

What is read proves nobody's identity: it only saves typing.
"""

from dataclasses import replace

from dialogs import filling, judging, wording
from dialogs.effects import Say, Scan
from dialogs.fields import Problem
from dialogs.incoming import Attached, Scanned
from dialogs.meanings import Begin, FillIn, NotThis, ToMenu
from dialogs.paper import PaperPolicy
from dialogs.paper_answers import answered_by_paper, name_on, value_of
from dialogs.session import Draft, Photographed, Session
from dialogs.turn import Turn, button, say
from dialogs.words import Words
from dialogs.world import World

FROM_PHOTO = "photo"
"""How an answer is marked that was read from a photo and confirmed."""

_FORMS = ("loss", "extract", "smo_change", "data_update", "relocation")


def may_read(session: Session, world: World) -> bool:
    """Tell whether a photo sent now would be that of a paper policy."""
    draft = session.draft
    if not world.reads_photos or draft is None or session.consent != filling.CONSENT:
        return False
    return bool(answered_by_paper(world.forms[draft.form], draft.answers))


def look_at(session: Session, sent: Attached, world: World) -> Turn | None:
    """Have pictures looked at for the barcode of a policy; None where none would help."""
    pictures = tuple(one.id for one in sent.files if one.id and one.kind.startswith("image/"))
    if not pictures or session.draft is None or not may_read(session, world):
        return None
    looking = replace(session, photographed=Photographed(session.draft.number, pictures))
    words = world.words[session.language]
    return Turn(looking, (say(words, "scan.looking"), Scan(pictures)))


def ask_for_photo(session: Session, world: World) -> Turn:
    """Say how to photograph the policy, or for which application it may be."""
    words = world.words[session.language]
    if not world.reads_photos:
        return Turn(
            session, (say(words, "scan.unavailable"), filling.open_question(session, world))
        )
    if session.draft:
        key = "scan.how" if may_read(session, world) else "scan.later"
        return Turn(session, (say(words, key), filling.open_question(session, world)))
    begin = (
        button(Begin(form), world.library.topic(form, session.language).button)
        for form in _FORMS
        if form in world.forms
    )
    to_menu = button(ToMenu(), words("button.menu"))
    return Turn(session.park(), (say(words, "scan.which", *begin, to_menu),))


def scanned(session: Session, event: Scanned, world: World) -> Turn:
    """Show what was read and ask whether it is right, or say what was there instead."""
    waiting = session.photographed
    if waiting is None or waiting.files != event.files:
        return Turn(session)  # another photo came, or the person gave it up
    draft = next((one for one in session.drafts() if one.number == waiting.draft), None)
    if draft is None or session.led_by:
        return Turn(replace(session, photographed=None))
    words = world.words[session.language]
    if event.policy is None:
        seen = replace(session, photographed=None)
        told = say(words, f"scan.instead.{event.instead}")
        return Turn(seen, (told, filling.open_question(seen, world)))
    seen = replace(session, photographed=Photographed(draft.number, policy=event.policy))
    return Turn(seen, (_shown(event.policy, draft, words, world),))


def press(session: Session, meaning: FillIn | NotThis, world: World) -> Turn | None:
    """Fill in what was read, or leave it; None when there is nothing read any more."""
    read = session.photographed
    draft = next((one for one in session.drafts() if read and one.number == read.draft), None)
    if read is None or read.policy is None or draft is None:
        return None
    done = replace(session, photographed=None)
    words = world.words[session.language]
    match meaning:
        case NotThis():
            return Turn(done, (say(words, "scan.left"), filling.open_question(done, world)))
        case FillIn():
            return _fill(done.with_draft(draft), read.policy, draft, world)


def forget(turn: Turn) -> Turn:
    """Let go of a photo whose application is no longer there."""
    session = turn.session
    if session.photographed is None or any(
        one.number == session.photographed.draft for one in session.drafts()
    ):
        return turn
    return replace(turn, session=replace(session, photographed=None))


def _shown(policy: PaperPolicy, draft: Draft, words: Words, world: World) -> Say:
    form = world.forms[draft.form]
    parts = (part for part in name_on(policy).values() if part)
    number = " ".join(policy.enp[start : start + 4] for start in range(0, 16, 4))
    lines = [
        words("scan.read"),
        "",
        words("scan.name", name=" ".join(map(str, parts))),
        words("scan.sex", sex=words(f"scan.sex.{policy.sex}")),
        words("scan.born_on", day=words.day(policy.born_on)),
        words("scan.enp", number=number),
    ]
    if policy.valid_until:
        lines.append(words("scan.valid_until", day=words.day(policy.valid_until)))
    steps = answered_by_paper(form, draft.answers)
    for part, step in steps.items():
        if draft.answers.get(step.id) not in (None, value_of(policy, part)):
            title = wording.title(words, form, step)
            answer = wording.shown(words, form, step, draft, world)
            lines.append(words("scan.now", title=title, answer=answer))
    titles = (_amid(wording.title(words, form, step)) for step in steps.values())
    lines += ["", words("scan.right", titles=", ".join(titles))]
    choices = (
        button(FillIn(), words("button.fill_in")),
        button(NotThis(), words("button.not_this")),
    )
    return Say("\n".join(lines), choices, data="personal")


def _amid(title: str) -> str:
    """Write a title as it stands in the middle of a sentence; abbreviations stay as they are."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _fill(session: Session, policy: PaperPolicy, draft: Draft, world: World) -> Turn:
    """Answer one question after another; of a policy that fits badly, nothing is filled in."""
    words = world.words[session.language]
    form = world.forms[draft.form]
    before = draft
    for part, step in answered_by_paper(form, draft.answers).items():
        value = value_of(policy, part)
        asking = wording.asking(words, form, step, draft, world)
        if not step.field.accepts(value):
            continue  # it is asked for, as if there were no policy
        if isinstance(step.check(value, asking), Problem):
            title = wording.title(words, form, step)
            refused = say(words, "scan.refused", title=title)
            return filling.ask(replace(session, draft=before), world).after(refused)
        filled = replace(
            draft,
            answers={**draft.answers, step.id: value},
            sources={**draft.sources, step.id: FROM_PHOTO},
            parts={name: one for name, one in draft.parts.items() if name != step.id},
        )
        draft, _ = judging.settle(draft, filled, step, world, words)
    done = say(words, "scan.filled")
    return filling.ask(replace(session, draft=draft), world).after(done)
