"""What a delivery of WhatsApp says, as letters and receipts; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, FileRef, Letter, Receipt
from bot.channels.commands import heard
from bot.channels.typed import CODE, decode, typed
from bot.channels.whatsapp import wire
from bot.channels.whatsapp.errors import judge
from bot.channels.whatsapp.reference import read_reference
from dialogs.incoming import Attached, Incoming, Kind, Opened, Pressed, Said, Unreadable

NAME: Final = "whatsapp"

_UNREADABLE: Final[Mapping[str, Kind]] = {
    "audio": "voice",
    "sticker": "sticker",
    "location": "location",
    "contacts": "contact",
    "edit": "edited",
}
"""Kinds that are answered with what to do instead; all that are named nowhere are ``other``."""

_SILENT: Final = frozenset({"reaction", "system", "revoke"})
"""Kinds that want no answer: a sign under a message, a change of number, a deletion."""

_PHONE: Final = re.compile(r"[1-9]\d{6,14}", re.ASCII)
_LONGEST_ID: Final = 256


@dataclass(frozen=True, slots=True)
class Delivery:
    """Everything that one delivery says."""

    arrivals: tuple[Arrival, ...] = ()
    receipts: tuple[Receipt, ...] = ()


def read(body: bytes, number: str, now: datetime) -> Delivery:
    """Read a delivery for the number of ours; raises `ValueError` when it is no delivery."""
    payload = decode(body, wire.Payload)
    arrivals: list[Arrival] = []
    receipts: list[Receipt] = []
    for entry in wire.each(payload.entry, wire.Entry):
        for change in wire.each(entry.changes, wire.Change):
            value = change.value
            if change.field == "messages" and value.metadata.phone_number_id in {number, ""}:
                arrivals += _arrivals(value, now)
                receipts += _receipts(value)
    return Delivery(tuple(arrivals), tuple(receipts))


def _arrivals(value: wire.Value, now: datetime) -> Iterator[Arrival]:
    contacts = tuple(wire.each(value.contacts, wire.Contact))
    for raw in value.messages:
        sent = wire.one(raw, wire.Message) or wire.one(raw, wire.Sender)
        if sent is None or not _is_id(sent.id):
            continue
        person = _person(sent, contacts)
        heard = _heard(sent)
        if person is None or heard is None:
            continue
        incoming, files = heard
        chat, phone = person
        letter = Letter(NAME, chat, sent.id, incoming, now, phone=phone)
        yield Arrival(letter, files)


def _person(sent: wire.Sender, contacts: tuple[wire.Contact, ...]) -> tuple[str, str] | None:
    """Name the chat and the phone of whoever wrote.

    The lasting id is there since Graph v25; the number may be missing, and may be all there is.
    """
    own = {"wa_id": sent.from_, "user_id": sent.from_user_id}
    for contact in contacts:
        if sent.from_user_id and contact.user_id == sent.from_user_id:
            own["wa_id"] = own["wa_id"] or contact.wa_id
        elif sent.from_ and contact.wa_id == sent.from_:
            own["user_id"] = own["user_id"] or contact.user_id
    chat = own["user_id"] or own["wa_id"]
    phone = f"+{own['wa_id']}" if _PHONE.fullmatch(own["wa_id"]) else ""
    return (chat, phone) if _is_id(chat) else None


def _is_id(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_ID and name.isprintable()


def _heard(sent: wire.Sender) -> tuple[Incoming, tuple[FileRef, ...]] | None:
    """Tell what somebody did, and the files to fetch; None when nothing is to be said to it."""
    if sent.type in _SILENT:
        return None
    match sent:
        case wire.Message(type="text", text=wire.Text(body)):
            return heard(typed(body)), ()
        case wire.Message(type="interactive", interactive=wire.Interactive(button, row)):
            chosen = button or row
            return (_chosen(chosen.id, chosen.title) if chosen else Unreadable("other")), ()
        case wire.Message(type="button", button=wire.TemplateButton(payload, text)):
            return _chosen(payload if payload != text else "", text), ()
        case (
            wire.Message(type="image", image=wire.Media() as media)
            | wire.Message(type="document", document=wire.Media() as media)
            | wire.Message(type="video", video=wire.Media() as media)
        ):
            kind = media.mime_type.partition(";")[0].strip().lower()
            file = FileRef(typed(media.id), typed(kind), media.file_size)
            return Attached((), typed(media.caption)), (file,)
        case wire.Sender(type="request_welcome"):
            return Opened(), ()
    return Unreadable(_UNREADABLE.get(sent.type, "other")), ()


def _chosen(code: str, label: str) -> Incoming:
    """Read a choice by its code, or by its label when it has none of ours."""
    if CODE.fullmatch(code):
        return Pressed(code)
    return Said(typed(label)) if typed(label).strip() else Unreadable("other")


def _receipts(value: wire.Value) -> Iterator[Receipt]:
    for status in wire.each(value.statuses, wire.Status):
        chat, seq = read_reference(status.biz_opaque_callback_data)
        match status.status:
            case "sent" | "delivered" | "read":
                yield Receipt(status.id, status.status, chat=chat, seq=seq)
            case "played":
                yield Receipt(status.id, "read", chat=chat, seq=seq)
            case "failed":
                codes = [problem.code for problem in wire.each(status.errors, wire.Problem)]
                verdict = judge(codes[0] if codes else 0)
                yield Receipt(status.id, "failed", verdict.failure, verdict.reason, chat, seq)
