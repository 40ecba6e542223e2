"""Updates in the shapes of MAX's schema; the people in them are made up."""

import json

USER, CHAT, BOT = 5001, 900077, 42
PERSON = {
    "user_id": USER,
    "first_name": "Анна",
    "username": None,
    "is_bot": False,
    "last_activity_time": 1795600000000,
    "name": "Анна",
}
DIALOG = {"chat_id": CHAT, "chat_type": "dialog", "user_id": BOT}
MOMENT = 1795600000123
IMAGE = {"type": "image", "payload": {"photo_id": 1, "token": "t1", "url": "https://i.example/1"}}
PDF = {
    "type": "file",
    "payload": {"token": "t2", "url": "https://f.example/2"},
    "filename": "полис.pdf",
    "size": 70_000,
}
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Анна\r\nTEL;TYPE=cell:79990001122\r\nEND:VCARD\r\n"


def update(kind, **parts) -> bytes:
    """Write an update."""
    told = {"update_type": kind, "timestamp": MOMENT, "user_locale": "ru", **parts}
    return json.dumps(told, ensure_ascii=False).encode()


def body(text=None, attachments=(), mid="mid.1", **more):
    """Write what a message holds."""
    return {"mid": mid, "seq": 1, "text": text, "attachments": list(attachments), **more}


def created(text=None, attachments=(), recipient=DIALOG, sender=PERSON, link=None, kind=None):
    """Write an update about a message of the person."""
    message = {
        "recipient": recipient,
        "timestamp": MOMENT,
        "body": body(text, attachments),
        "sender": sender,
        "link": link,
    }
    return update(kind or "message_created", message=message)


def contact(card=CARD, user=USER, signature=None):
    """Write a contact card."""
    owner = {**PERSON, "user_id": user} if user else None
    return {"type": "contact", "payload": {"vcf_info": card, "hash": signature, "max_info": owner}}


def pressed(payload="z", message=None, **more):
    """Write an update about a press."""
    callback = {"timestamp": MOMENT, "callback_id": "cb.1", "user": PERSON, "payload": payload}
    return update("message_callback", callback={**callback, **more}, message=message)


def ours(text="Чем помочь?", buttons=(("Мои заявления", "z"),), markup=(), **more):
    """Write a message of ours as MAX shows it again."""
    keys = [[{"type": "callback", "text": label, "payload": code}] for label, code in buttons]
    keyboard = {"type": "inline_keyboard", "payload": {"buttons": keys}}
    attachments = [keyboard, *more.pop("beside", ())]
    return {
        "sender": {"user_id": BOT, "is_bot": True},
        "recipient": {"chat_id": CHAT, "chat_type": "dialog", "user_id": USER},
        "timestamp": MOMENT,
        "body": body(text, attachments, "mid.ours", markup=list(markup)),
    }
