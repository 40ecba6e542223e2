"""Filed applications: their receipt, their list, each move told, and taking one back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dialogs import decency, filling
from dialogs.effects import Button, Effect, Forget, Issue, Move, Remind, Say, Template
from dialogs.form import next_step
from dialogs.incoming import Filed, Moved
from dialogs.lifecycle import Application, may_move
from dialogs.meanings import (
    Begin,
    Discard,
    Edit,
    OnApplication,
    Printed,
    Resume,
    ToApplication,
    ToApplications,
    ToMenu,
    Withdraw,
)
from dialogs.menu import menu, person_button
from dialogs.plain import digits
from dialogs.session import Draft, Session
from dialogs.terms import working_days_after
from dialogs.turn import Turn, button, say
from dialogs.wording import form_title
from dialogs.words import Words
from dialogs.world import World

_PAGE = 7  # applications in a list


def filed(session: Session, event: Filed, world: World) -> Turn:
    """Tell the number of an application that was filed, and by when a person looks at it."""
    words = world.words[session.language]
    draft = next((one for one in session.drafts() if _filed_from(one, event)), None)
    done = session.without(draft.number) if draft else session
    due = working_days_after(world.now.date(), world.promises.review)
    buttons = (
        button(Printed(event.number), words("button.print")),
        button(ToApplication(event.number), words("button.application")),
        *(
            button(Resume(one.form, one.number), words("button.resume"))
            for one in done.drafts()[:1]
        ),
        button(ToMenu(), words("button.menu")),
    )
    named = _named(event.form, event.number, words)
    key = "filed.again" if draft and draft.amends else "filed"
    told = say(words, key, *buttons, **named, day=words.day(due))
    promise = Remind(
        f"promise:{event.number}", decency.on(due, session, world, decency.AFTER_HOURS)
    )
    return Turn(done, (replace(told, data="personal"), promise))


def moved(session: Session, event: Moved, world: World) -> Turn:
    """Tell a move; a request for clarification reopens exactly the questions asked."""
    words = world.words[session.language]
    name = f"clarify:{event.number}"
    day = words.day(event.due_on) if event.due_on else ""
    named = _named(event.form, event.number, words)
    buttons = (
        *_answer_button(session, event.number, words, world),
        button(ToApplication(event.number), words("button.application")),
        button(ToMenu(), words("button.menu")),
    )
    told = say(words, f"application.{event.state}", *buttons, **named, reason=event.reason, day=day)
    template = Template(f"application_{event.state}", (named["title"], event.number))
    told = replace(told, data="personal", template=template)
    promise: Effect = Forget(f"promise:{event.number}")
    hour = decency.AFTER_HOURS
    due = decency.on(event.due_on, session, world, hour) if event.due_on else world.now
    if event.state == "submitted" and due > world.now:  # given back: the promise still stands
        promise = Remind(f"promise:{event.number}", due)
    forgotten = (promise, Forget(name))
    if event.state != "needs_clarification" or not event.due_on:
        closed = _closed(session, event)
        done = (told, *forgotten, *_issued(event, world))
        if closed.draft is None or closed.led_by:
            return Turn(closed, done)
        return Turn(closed, (*done, filling.open_question(closed, world)))
    kept = {step: value for step, value in event.answers.items() if step not in event.steps}
    asked = filling.reopen(session, event.form, event.number, kept, world)
    if session.led_by:  # asked once the representative has left
        asked = Turn(asked.session)
    term = Remind(name, due)
    return asked.after(replace(told, buttons=()), *forgotten, term)


def _issued(event: Moved, world: World) -> tuple[Effect, ...]:
    """Issue an extract that was approved, to whoever has proven here to be meant, or their parent.

    By the policy's number, else by a birth date that only one of the proven people has.
    """
    if (event.form, event.state) != ("extract", "approved"):
        return ()
    number, born_on = event.answers.get("enp"), event.answers.get("born_on")
    people = [one.insured for one in world.people]
    if number:
        meant = [one for one in people if one.enp == digits(str(number))]
    else:
        meant = [one for one in people if one.born_on.isoformat() == born_on]
    return (Issue(meant[0].id),) if len(meant) == 1 else ()


def woke(session: Session, name: str, world: World) -> Turn:
    """Look again at what a reminder was for; it may be past, and then nothing is said."""
    words = world.words[session.language]
    kind, _, about = name.partition(":")
    if kind == "window":  # asked for before there were duties
        opened = say(words, "window.open", *_begin_change(words, world))
        return Turn(session, (replace(opened, template=Template("window_open")),))
    if kind == "draft":
        draft = next((one for one in session.drafts() if str(one.number) == about), None)
        return Turn(session, (_unfinished(draft, words),) if draft else ())
    application = next((one for one in world.applications if one.number == about), None)
    if application is None:
        return Turn(session)
    if kind == "clarify" and application.state == "needs_clarification":
        return Turn(session, (Move(about, "suspended", "clock"),))
    if kind == "promise" and application.state == "submitted" and application.due_on:
        day = words.day(application.due_on)
        late = say(words, "application.late", person_button(session, world), number=about, day=day)
        template = Template("promise_late", (about, day))
        return Turn(session, (replace(late, data="personal", template=template),))
    return Turn(session)


def applications(session: Session, world: World) -> Turn:
    """List the applications of this person, the newest first."""
    words = world.words[session.language]
    shown = world.applications[:_PAGE]
    if not shown:
        return Turn(session, (menu(session, world, "applications.none"),))
    lines = [words("applications"), ""]
    for one in shown:
        state = words(f"state.{one.state}")
        lines.append(f"• {form_title(words, one.form)}, {one.number}: {state}")
    details = (button(ToApplication(one.number), one.number) for one in shown)
    buttons = (*details, button(ToMenu(), words("button.menu")))
    return Turn(session, (Say("\n".join(lines), buttons, data="personal"),))


def on_application(session: Session, meaning: OnApplication, world: World) -> Turn | None:
    """Show, print or take back an application; None when it is not this person's."""
    found = [one for one in world.applications if one.number == meaning.number]
    if not found:
        return None
    words = world.words[session.language]
    named = _named(found[0].form, found[0].number, words)
    match meaning:
        case ToApplication():
            return Turn(session, (_timeline(session, found[0], words, world),))
        case Printed():
            paper = say(
                words, "application.printed", button(ToMenu(), words("button.menu")), **named
            )
            document = f"application:{meaning.number}"
            return Turn(session, (replace(paper, document=document, data="document"),))
        case Withdraw() if not may_move(found[0].state, "withdrawn", "citizen"):
            return Turn(session, (_timeline(session, found[0], words, world),))
        case Withdraw(sure=False):
            sure = button(Withdraw(meaning.number, sure=True), words("button.withdraw_sure"))
            keep = button(ToApplication(meaning.number), words("button.keep_it"))
            asked = say(words, "withdraw.sure", sure, keep, **named)
            return Turn(session, (replace(asked, data="personal"),))
        case Withdraw():
            return Turn(session, (Move(meaning.number, "withdrawn", "citizen"),))
    return None


def remember_drafts(before: Session, turn: Turn, world: World) -> Turn:
    """Ask to be woken for drafts that changed, and no more for those that are gone."""
    was = {draft.number: draft for draft in before.drafts()}
    now = {draft.number: draft for draft in turn.session.drafts()}
    tomorrow = decency.when(world.now + timedelta(days=1), turn.session, world)
    wishes: list[Effect] = [
        Remind(f"draft:{number}", tomorrow)
        for number, draft in now.items()
        if number not in was or was[number].answers != draft.answers
    ]
    wishes += [Forget(f"draft:{number}") for number in was if number not in now]
    return Turn(turn.session, (*turn.effects, *wishes)) if wishes else turn


def _filed_from(draft: Draft, event: Filed) -> bool:
    return draft.form == event.form and draft.amends in {"", event.number}


def _closed(session: Session, event: Moved) -> Session:
    """Drop the draft of a clarification that is no longer asked for; a late answer still is."""
    if event.state == "suspended":
        return session
    gone = [one.number for one in session.drafts() if one.amends == event.number]
    return session.without(gone[0]) if gone else session


def _answer_button(session: Session, number: str, words: Words, world: World) -> tuple[Button, ...]:
    """Make the button that leads back to what a representative asked, if it is still open."""
    draft = next((one for one in session.drafts() if one.amends == number), None)
    if draft is None:
        return ()
    step = next_step(world.forms[draft.form], draft.answers)
    here = Edit(draft.form, draft.number, step.id) if step else Resume(draft.form, draft.number)
    return (button(here, words("button.answer")),)


def _timeline(session: Session, application: Application, words: Words, world: World) -> Say:
    named = _named(application.form, application.number, words)
    lines = [words("application.timeline", **named)]
    if application.about:
        lines.append(words("application.about", about=application.about))
    lines.append("")
    for move in application.moves:
        day = words.day(move.at.astimezone(world.now.tzinfo).date())
        step = f"• {day}: {words(f'state.{move.state}')}"
        lines.append(f"{step}. {move.reason}" if move.reason else step)
    if application.due_on:
        lines += ["", words("application.due", day=words.day(application.due_on))]
    buttons = [
        *_answer_button(session, application.number, words, world),
        button(Printed(application.number), words("button.print")),
    ]
    if may_move(application.state, "withdrawn", "citizen"):
        buttons.append(button(Withdraw(application.number), words("button.withdraw")))
    buttons.append(button(ToApplications(), words("button.applications")))
    buttons.append(button(ToMenu(), words("button.menu")))
    return Say("\n".join(lines), tuple(buttons), data="personal")


def _unfinished(draft: Draft, words: Words) -> Say:
    resume = button(Resume(draft.form, draft.number), words("button.resume"))
    if draft.amends:
        unanswered = say(words, "draft.unanswered", resume, number=draft.amends)
        template = Template("draft_unanswered", (draft.amends,))
        return replace(unanswered, data="personal", template=template)
    discard = button(Discard(draft.form, draft.number), words("button.discard_it"))
    title = form_title(words, draft.form)
    unfinished = say(words, "draft.unfinished", resume, discard, title=title)
    return replace(unfinished, template=Template("draft_unfinished", (title,)))


def _begin_change(words: Words, world: World) -> tuple[Button, ...]:
    change = "smo_change"
    begin = (button(Begin(change), words(f"{change}.begin")),) if change in world.forms else ()
    return (*begin, button(ToMenu(), words("button.menu")))


def _named(form: str, number: str, words: Words) -> Mapping[str, str]:
    return {"title": form_title(words, form), "number": number}
