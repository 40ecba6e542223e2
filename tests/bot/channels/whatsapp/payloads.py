"""Deliveries in the shapes of Meta's webhook reference; the people in them are made up."""

import json

NUMBER = "106540352242922"
BSUID = "RU.1234567890123456"
WA_ID = "79990001122"
PERSON = {"profile": {"name": "Анна"}, "wa_id": WA_ID}
SENDER = {"from": WA_ID, "id": "wamid.A1", "timestamp": "1795600000"}


def delivery(field="messages", number=NUMBER, **value) -> bytes:
    """Write a delivery; Meta escapes what is not ASCII, and slashes."""
    metadata = {"display_phone_number": "74950001122", "phone_number_id": number}
    about = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    entry = {"id": "1029384756", "time": 1795600000, "changes": [{"value": about, "field": field}]}
    text = json.dumps({"object": "whatsapp_business_account", "entry": [entry]})
    return text.replace("/", "\\/").encode()


def message(kind, contacts=(PERSON,), sender=SENDER, **content) -> bytes:
    """Write a delivery of one message."""
    return delivery(contacts=list(contacts), messages=[{**sender, "type": kind, **content}])


def status(state, **more) -> bytes:
    """Write a delivery about one message of ours."""
    about = {
        "id": "wamid.OURS",
        "status": state,
        "timestamp": "1795600001",
        "recipient_id": WA_ID,
        "conversation": {"id": "c1", "origin": {"type": "service"}},
        "pricing": {"billable": False, "pricing_model": "PMP", "category": "service"},
    }
    return delivery(statuses=[{**about, **more}])
