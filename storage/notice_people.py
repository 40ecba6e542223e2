"""Who the people behind chats are, and what is known of each as far as notices go.

A person is one insured, by the chats that are proven to be their own, or else one chat. So
whoever uses two messengers is one person; a parent's chat is the parent's, not the child's. A
chat whose conversation goes on in another is nobody's until somebody writes there again.
In tables an insured person has the number of the insured below zero, a chat its own.
"""

from collections.abc import Sequence
from typing import Any, assert_never

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    Select,
    SmallInteger,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    type_coerce,
)

from dialogs.notices.content import Conditions, Listed, Results
from storage.chats import BOT
from storage.columns import Instant
from storage.notice_schema import (
    CHANNEL_CODES,
    ZONE_CODES,
    notice_listed,
    notice_reason,
    notice_recipient,
)
from storage.notice_sets import SELF, Among, Part, Plan, chose, had_their_fill
from storage.people_schema import link
from storage.schema import application, chat, reminder
from storage.talk_schema import talk

_own = link.alias("own")
_USED_AT = func.coalesce(chat.c.heard_at, chat.c.seen_at, type_=Instant())


def of_guests(plan: Plan, dialect: str, part: Part) -> Select[Any]:
    """Tell of the people who are known as a chat only; the part is of ids of chats."""
    facts = _facts(plan, dialect, chat.c.id, part.holds)
    insured = select(_own.c.chat_id).where(part.holds(_own.c.chat_id), *_own_of(plan))
    where = (part.holds(chat.c.id), chat.c.left_at.is_(None), chat.c.id.not_in(insured))
    busy = had_their_fill(plan, part.holds)
    return _verdict(plan, select(*facts).where(*where).subquery("facts"), busy)


def of_insured(plan: Plan, dialect: str, part: Part) -> Select[Any]:
    """Tell of insured people, each by the best of their chats; the part is of ids of insured."""
    person = -link.c.insured_id
    meant = (part.holds(link.c.insured_id), link.c.role == SELF, link.c.at <= plan.at)
    first_own = (
        select(func.min(_own.c.insured_id))
        .where(_own.c.chat_id == link.c.chat_id, *_own_of(plan))
        .scalar_subquery()
    )
    chats = select(link.c.chat_id).where(*meant)
    facts = (
        select(*_facts(plan, dialect, person, lambda column: column.in_(chats)))
        .join(link, link.c.chat_id == chat.c.id)
        .where(*meant, link.c.insured_id == first_own)
        .subquery("facts")
    )
    order = (facts.c.usable.desc(), facts.c.used_at.desc(), facts.c.chat_id)
    gathered = select(
        *(one for one in facts.c if one.name not in {"matches", "refuses", "agrees"}),
        *(
            func.max(facts.c[name]).over(partition_by=facts.c.person).label(name)
            for name in ("matches", "refuses", "agrees")
        ),
        func.row_number().over(partition_by=facts.c.person, order_by=order).label("place"),
    ).subquery("gathered")
    busy = had_their_fill(plan, part.opposite.holds)
    return _verdict(plan, gathered, busy).where(gathered.c.place == 1)


def _own_of(plan: Plan) -> tuple[ColumnElement[bool], ...]:
    """Find links of chats to whom they belong, as they were when gathering began.

    Who proves who they are while it goes on was a guest, or they would be met twice.
    """
    return _own.c.role == SELF, _own.c.at <= plan.at


def _facts(
    plan: Plan, dialect: str, person: ColumnElement[int], among: Among
) -> list[ColumnElement[Any]]:
    kind = plan.content.kind
    elsewhere = _elsewhere(plan, person)
    can = and_(chat.c.channel.in_(plan.channels), chat.c.gone_at.is_(None), not_(elsewhere))
    return [
        person.label("person"),
        chat.c.id.label("chat_id"),
        chat.c.channel.label("channel"),
        _USED_AT.label("used_at"),
        _flag(can).label("usable"),
        _flag(chat.c.gone_at.is_not(None)).label("gone"),
        _flag(chat.c.owner != BOT).label("led"),
        _zone(dialect).label("zone"),
        _flag(_matches(plan, person)).label("matches"),
        _flag(chat.c.id.in_(chose(kind, among, agrees=False))).label("refuses"),
        _flag(chat.c.id.in_(chose(kind, among, agrees=True))).label("agrees"),
    ]


def _verdict(plan: Plan, facts: Any, busy: Select[Any]) -> Select[Any]:
    """Say of each person who is meant why not, if not; the first reason counts."""
    reasons: list[tuple[ColumnElement[bool], str]] = [(facts.c.refuses == 1, "opted_out")]
    if plan.content.kind == "advertising":
        reasons.append((facts.c.agrees == 0, "no_consent"))
    reasons.append((and_(facts.c.usable == 0, facts.c.gone == 1), "blocked"))
    uncleared = facts.c.channel.in_(plan.uncleared)
    reasons.append((and_(facts.c.usable == 0, uncleared), "not_cleared"))
    reasons.append((facts.c.usable == 0, "no_channel"))
    if plan.content.kind != "duty":
        reasons.append((facts.c.person.in_(busy), "budget"))
    return select(
        facts.c.person,
        facts.c.chat_id,
        facts.c.channel,
        facts.c.zone,
        facts.c.led,
        case(*((when, literal(word)) for when, word in reasons), else_=literal("")).label("reason"),
    ).where(facts.c.matches == 1)


def _matches(plan: Plan, person: ColumnElement[int]) -> ColumnElement[bool]:
    match plan.content.audience:
        case Conditions() as conditions:
            return and_(true(), *_conditions(conditions))
        case Listed(regions=regions):
            named = exists().where(
                notice_listed.c.notice_id == plan.notice, notice_listed.c.person == person
            )
            return and_(named, _in_regions(regions)) if regions else named
        case Results(notice=earlier, states=states, reasons=reasons):
            was = notice_recipient.alias("was")
            known = select(notice_reason.c.id).where(notice_reason.c.word.in_(reasons))
            return exists().where(
                was.c.notice_id == earlier,
                or_(was.c.person == person, was.c.person == chat.c.id),
                was.c.state.in_(states),
                was.c.reason.in_(known) if reasons else true(),
            )
        case _ as unknown:
            assert_never(unknown)


def _elsewhere(plan: Plan, person: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether a chat is of the channel that the earlier notice went through."""
    match plan.content.audience:
        case Results(notice=earlier, elsewhere=True):
            was = notice_recipient.alias("through")
            return exists().where(
                was.c.notice_id == earlier,
                was.c.person == person,
                type_coerce(was.c.channel, Integer) == channel_code(chat.c.channel),
            )
    return false()


def _conditions(wanted: Conditions) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.channels:
        asked.append(chat.c.channel.in_(wanted.channels))
    if wanted.languages:
        asked.append(chat.c.language.in_(wanted.languages))
    if wanted.regions:
        asked.append(_in_regions(wanted.regions))
    if wanted.insured is not None:
        linked = link.alias("linked")
        proven = exists().where(linked.c.chat_id == chat.c.id)
        asked.append(proven if wanted.insured else not_(proven))
    if wanted.terms:
        asked.append(
            exists().where(
                reminder.c.chat_id == chat.c.id,
                reminder.c.name >= "duty:",
                reminder.c.name < "duty;",
            )
        )
    if wanted.applications:
        asked.append(
            exists().where(
                application.c.chat_id == chat.c.id, application.c.state.in_(wanted.applications)
            )
        )
    if wanted.seen_since:
        asked.append(wanted.seen_since <= _USED_AT)
    if wanted.seen_before:
        asked.append(wanted.seen_before > _USED_AT)
    return asked


def _in_regions(regions: Sequence[str]) -> ColumnElement[bool]:
    named = [code for code in regions if code]
    known = exists().where(talk.c.chat_id == chat.c.id, talk.c.region != "")
    here = exists().where(talk.c.chat_id == chat.c.id, talk.c.region.in_(named))
    return or_(here, not_(known)) if "" in regions else here


def _zone(dialect: str) -> ColumnElement[int]:
    """Read the zone that somebody named out of the session; most have named none."""
    plain = type_coerce(chat.c.session, Text)
    session = cast(plain, JSON) if dialect == "postgresql" else type_coerce(plain, JSON)
    codes = case(ZONE_CODES, value=session["zone"].as_string(), else_=0)
    return cast(case((plain.like('%"zone":"%'), codes), else_=0), SmallInteger)


def channel_code(channel: ColumnElement[str]) -> ColumnElement[int]:
    """Turn the name of a channel into its number."""
    return cast(case(CHANNEL_CODES, value=channel, else_=0), SmallInteger)


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
