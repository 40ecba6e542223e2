"""A session as plain JSON and back; the names written here are a published format."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from dialogs.duties import duty as duties
from dialogs.effects import Button
from dialogs.form import Form, fit
from dialogs.incoming import Outdated
from dialogs.json import Json
from dialogs.paper import PaperPolicy
from dialogs.session import Aside, Draft, Inquiry, Lent, Moving, Photographed, Proving, Session


def dump(session: Session) -> dict[str, Json]:
    """Write a session as JSON; what equals the beginning is left out."""
    state: dict[str, Json] = {
        "language": session.language,
        "draft": _dump_draft(session.draft) if session.draft else None,
        "parked": [_dump_draft(draft) for draft in session.parked],
        "begun": session.begun,
        "offered": [[button.code, button.label] for button in session.offered],
        "led_by": session.led_by,
        "misunderstood": session.misunderstood,
        "question": session.question,
        "topic": session.topic,
        "consent": session.consent,
        "proving": asdict(session.proving) if session.proving else None,
        "allowed": session.allowed,
        "waiting": session.waiting,
        "urgent": session.urgent,
        "aside": asdict(session.aside) if session.aside else None,
        "lent": asdict(session.lent) if session.lent else None,
        "unrated": session.unrated,
        "photographed": _dump_photographed(session.photographed),
        "inquiry": _dump_inquiry(session.inquiry) if session.inquiry else None,
        "duties": [duties.dump(duty) for duty in session.duties],
        "noted": session.noted,
        "zone": session.zone,
        "moving": _dump_moving(session.moving) if session.moving else None,
    }
    return {name: value for name, value in state.items() if value}


def load(state: Mapping[str, Json], forms: Mapping[str, Form]) -> tuple[Session, list[Outdated]]:
    """Read a session back, fitting old drafts to today's forms.

    The second part tells what no longer fits, one event per draft touched.
    """
    lost: list[Outdated] = []
    # What was written by `dump` is trusted to have its shape; only forms change.
    known = cast("dict[str, Any]", state)
    open_draft = _load_draft(known["draft"], forms, lost) if known.get("draft") else None
    parked = (_load_draft(draft, forms, lost) for draft in known.get("parked", []))
    session = Session(
        language=known.get("language", "ru"),
        draft=open_draft,
        parked=tuple(draft for draft in parked if draft),
        begun=known.get("begun", 0),
        offered=tuple(Button(code, label) for code, label in known.get("offered", [])),
        led_by=known.get("led_by", ""),
        misunderstood=known.get("misunderstood", 0),
        question=known.get("question", ""),
        topic=known.get("topic", ""),
        consent=known.get("consent", ""),
        proving=Proving(**known["proving"]) if known.get("proving") else None,
        allowed=known.get("allowed", ""),
        waiting=known.get("waiting", 0),
        urgent=known.get("urgent", False),
        aside=Aside(**known["aside"]) if known.get("aside") else None,
        lent=Lent(**known["lent"]) if known.get("lent") else None,
        unrated=known.get("unrated", 0),
        photographed=_load_photographed(known.get("photographed")),
        inquiry=_load_inquiry(known["inquiry"]) if known.get("inquiry") else None,
        duties=tuple(duties.load(duty) for duty in known.get("duties", [])),
        noted=known.get("noted", 0),
        zone=known.get("zone", ""),
        moving=_load_moving(known["moving"]) if known.get("moving") else None,
    )
    return session, lost


def _dump_moving(moving: Moving) -> dict[str, Json]:
    return {**asdict(moving), "until": moving.until.isoformat()}


def _load_moving(state: Mapping[str, Any]) -> Moving:
    return Moving(**{**state, "until": datetime.fromisoformat(state["until"])})


def _dump_inquiry(inquiry: Inquiry) -> dict[str, Json]:
    since = inquiry.since.isoformat() if inquiry.since else None
    days: Json = [day.isoformat() for day in inquiry.days]
    return {**asdict(inquiry), "since": since, "days": days}


def _load_inquiry(state: Mapping[str, Any]) -> Inquiry:
    since = date.fromisoformat(state["since"]) if state["since"] else None
    days = tuple(date.fromisoformat(day) for day in state["days"])
    return Inquiry(**{**state, "since": since, "days": days})


def _dump_draft(draft: Draft) -> dict[str, Json]:
    return {
        "form": draft.form,
        "version": draft.version,
        "number": draft.number,
        "answers": dict(draft.answers),
        "asked": draft.asked,
        "parts": dict(draft.parts),
        "amends": draft.amends,
        **({"sources": dict(draft.sources)} if draft.sources else {}),
    }


def _dump_photographed(photographed: Photographed | None) -> Json:
    if photographed is None:
        return None
    policy: dict[str, Json] | None = None
    if photographed.policy:
        ends = photographed.policy.valid_until
        policy = asdict(photographed.policy) | {
            "born_on": photographed.policy.born_on.isoformat(),
            "valid_until": ends.isoformat() if ends else None,
        }
    return {"draft": photographed.draft, "files": list(photographed.files), "policy": policy}


def _load_photographed(state: Mapping[str, Any] | None) -> Photographed | None:
    if state is None:
        return None
    policy = state["policy"]
    if policy:
        ends = policy["valid_until"]
        policy = PaperPolicy(
            **policy
            | {
                "born_on": date.fromisoformat(policy["born_on"]),
                "valid_until": date.fromisoformat(ends) if ends else None,
            }
        )
    return Photographed(state["draft"], tuple(state["files"]), policy)


def _load_draft(
    state: Mapping[str, Any], forms: Mapping[str, Form], lost: list[Outdated]
) -> Draft | None:
    form = forms.get(state["form"])
    if form is None:
        lost.append(Outdated(state["form"]))
        return None
    answers, dropped = fit(form, state["version"], state["answers"])
    if dropped:
        lost.append(Outdated(form.id, dropped))
    steps = {step.id for step in form.steps}
    return Draft(
        form=form.id,
        version=form.version,
        number=state["number"],
        answers=answers,
        asked=state["asked"] if state["asked"] in steps else "",
        parts={step: part for step, part in state["parts"].items() if step in {*steps, "?", "!"}},
        amends=state.get("amends", ""),
        sources={
            step: source for step, source in state.get("sources", {}).items() if step in steps
        },
    )
