from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Failure, FileRef, Receipt
from bot.channels.whatsapp.reading import read
from bot.channels.whatsapp.reference import reference
from dialogs.incoming import Attached, Opened, Pressed, Said, Unreadable
from tests.bot.channels.hostile import WORDS, with_any
from tests.bot.channels.whatsapp.payloads import (
    BSUID,
    NUMBER,
    PERSON,
    SENDER,
    WA_ID,
    delivery,
    message,
    status,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PHOTO = {"id": "m1", "mime_type": "image/jpeg", "sha256": "…", "file_size": 90_000}
VOICE = {"id": "m2", "mime_type": "audio/ogg; codecs=opus", "voice": True}
REPLY = {"context": {"from": "74950001122", "id": "wamid.OURS"}}


def heard(body: bytes):
    return [one.letter.incoming for one in read(body, NUMBER, NOW).arrivals]


@pytest.mark.parametrize(
    ("kind", "content", "incoming"),
    [
        ("text", {"text": {"body": "Потеряла полис"}}, Said("Потеряла полис")),
        ("text", {"text": {"body": "а\u0000б\ud83d"}}, Said("аб")),
        ("text", {"text": {"body": "да"}, "referral": {"source_url": "…"}, **REPLY}, Said("да")),
        ("text", {"text": {"body": "/start f-newborn"}}, Opened("f-newborn")),
        ("text", {"text": {"body": "/start"}}, Opened()),
        ("text", {"text": {"body": "/menu"}}, Pressed("m")),
        (
            "interactive",
            {
                "interactive": {
                    "type": "button_reply",
                    "button_reply": {"id": "f:newborn", "title": "Оформить"},
                },
                **REPLY,
            },
            Pressed("f:newborn"),
        ),
        (
            "interactive",
            {
                "interactive": {
                    "type": "list_reply",
                    "list_reply": {"id": "t:loss", "title": "Утеря", "description": "полиса"},
                }
            },
            Pressed("t:loss"),
        ),
        (
            "interactive",
            {
                "interactive": {
                    "type": "button_reply",
                    "button_reply": {"id": "не наше", "title": "Да"},
                }
            },
            Said("Да"),
        ),
        (
            "interactive",
            {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
            Unreadable("other"),
        ),
        ("button", {"button": {"payload": "z", "text": "Мои заявления"}}, Pressed("z")),
        ("button", {"button": {"payload": "Stop", "text": "Stop"}}, Said("Stop")),
        ("audio", {"audio": VOICE}, Unreadable("voice")),
        ("sticker", {"sticker": {"id": "m3", "mime_type": "image/webp"}}, Unreadable("sticker")),
        ("location", {"location": {"latitude": 55.7, "longitude": 37.6}}, Unreadable("location")),
        (
            "contacts",
            {"contacts": [{"name": {"formatted_name": "Б"}, "phones": [{"phone": "+7"}]}]},
            Unreadable("contact"),
        ),
        ("edit", {"edit": {"original_message_id": "wamid.A0"}}, Unreadable("edited")),
        (
            "unsupported",
            {"errors": [{"code": 131051}], "unsupported": {"type": "poll_creation"}},
            Unreadable("other"),
        ),
        ("order", {"order": {"catalog_id": "1"}}, Unreadable("other")),
        ("request_welcome", {}, Opened()),
        ("made_up_tomorrow", {"made_up_tomorrow": {}}, Unreadable("other")),
        ("text", {"text": ["of another shape"]}, Unreadable("other")),
        ("text", {}, Unreadable("other")),
    ],
)
def test_every_kind_of_message_is_understood(kind, content, incoming):
    assert heard(message(kind, **content)) == [incoming]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("reaction", {"reaction": {"message_id": "wamid.OURS", "emoji": "👍"}}),
        ("reaction", {"reaction": {"message_id": "wamid.OURS"}}),
        ("system", {"system": {"type": "user_changed_number", "wa_id": "79990003344"}}),
        ("revoke", {"revoke": {"original_message_id": "wamid.A0"}}),
    ],
)
def test_what_wants_no_answer_is_passed_over(kind, content):
    assert heard(message(kind, **content)) == []


@pytest.mark.parametrize(
    ("kind", "media", "file", "caption"),
    [
        ("image", {**PHOTO, "caption": "паспорт"}, FileRef("m1", "image/jpeg", 90_000), "паспорт"),
        ("image", PHOTO, FileRef("m1", "image/jpeg", 90_000), ""),
        (
            "document",
            {"id": "m4", "mime_type": "application/pdf; x=y", "filename": "полис.pdf"},
            FileRef("m4", "application/pdf"),
            "",
        ),
        ("video", {"id": "m5", "mime_type": "video/mp4"}, FileRef("m5", "video/mp4"), ""),
    ],
)
def test_files_come_by_name_to_be_fetched_later(kind, media, file, caption):
    (arrival,) = read(message(kind, **{kind: media}), NUMBER, NOW).arrivals

    assert arrival.files == (file,)
    assert arrival.letter.incoming == Attached((), caption)


@pytest.mark.parametrize(
    ("contact", "sender", "chat", "phone"),
    [
        (PERSON, SENDER, WA_ID, f"+{WA_ID}"),
        ({**PERSON, "user_id": BSUID}, SENDER, BSUID, f"+{WA_ID}"),
        ({**PERSON, "user_id": BSUID}, {**SENDER, "from_user_id": BSUID}, BSUID, f"+{WA_ID}"),
        ({"user_id": BSUID}, {"id": "wamid.A1", "from_user_id": BSUID}, BSUID, ""),
        ({"wa_id": "100", "user_id": "RU.other"}, SENDER, WA_ID, f"+{WA_ID}"),
        ({}, SENDER, WA_ID, f"+{WA_ID}"),
    ],
)
def test_a_person_is_known_by_the_lasting_id_and_vouched_for_by_the_number(
    contact, sender, chat, phone
):
    body = message("text", [contact], sender, text={"body": "да"})

    (arrival,) = read(body, NUMBER, NOW).arrivals

    letter = arrival.letter
    assert (letter.channel, letter.chat, letter.phone) == ("whatsapp", chat, phone)
    assert (letter.key, letter.sent_at) == ("wamid.A1", NOW)


def test_a_message_of_nobody_is_passed_over():
    assert heard(message("text", [], {"id": "wamid.A1"}, text={"body": "да"})) == []


def test_several_messages_and_statuses_come_in_one_delivery():
    """Their order is kept, and one in an unforeseen shape costs itself alone."""
    first = {**SENDER, "type": "text", "text": {"body": "раз"}}
    second = {**SENDER, "id": "wamid.A2", "type": "text", "text": {"body": "два"}}
    fate = {"id": "wamid.OURS", "status": "read"}

    got = read(delivery(messages=[first, 7, {"id": []}, second], statuses=[[], fate]), NUMBER, NOW)

    assert [one.letter.incoming for one in got.arrivals] == [Said("раз"), Said("два")]
    assert got.receipts == (Receipt("wamid.OURS", "read"),)


@pytest.mark.parametrize(
    ("state", "more", "receipt"),
    [
        ("sent", {}, Receipt("wamid.OURS", "sent")),
        ("delivered", {}, Receipt("wamid.OURS", "delivered")),
        ("read", {}, Receipt("wamid.OURS", "read")),
        ("played", {}, Receipt("wamid.OURS", "read")),
        (
            "sent",
            {"biz_opaque_callback_data": reference(BSUID, 7)},
            Receipt("wamid.OURS", "sent", chat=BSUID, seq=7),
        ),
        (
            "failed",
            {"errors": [{"code": 131047, "title": "Re-engagement message"}]},
            Receipt("wamid.OURS", "failed", Failure.REJECTED, "window (131047)"),
        ),
        (
            "failed",
            {"errors": [{"code": 131026, "error_data": {"details": "…"}}]},
            Receipt("wamid.OURS", "failed", Failure.GONE, "number (131026)"),
        ),
        (
            "failed",
            {"errors": [{"code": 131016}]},
            Receipt("wamid.OURS", "failed", Failure.LATER, "service (131016)"),
        ),
    ],
)
def test_the_fate_of_our_messages_is_told(state, more, receipt):
    assert read(status(state, **more), NUMBER, NOW).receipts == (receipt,)


@pytest.mark.parametrize("state", ["deleted", "made_up_tomorrow"])
def test_a_fate_that_says_nothing_of_delivery_is_passed_over(state):
    assert read(status(state), NUMBER, NOW).receipts == ()


def test_what_concerns_another_number_or_subject_is_passed_over():
    mine = {**SENDER, "type": "text", "text": {"body": "да"}}

    assert heard(delivery(number="999", messages=[mine])) == []
    assert heard(delivery(field="account_update", messages=[mine])) == []
    assert heard(delivery(errors=[{"code": 130429}])) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'{"entry": 7}', b"\xff", b'{"a":' + b"[" * 9000 + b"]" * 9000 + b"}"],
)
def test_what_is_no_delivery_is_malformed(body):
    with pytest.raises(ValueError):  # noqa: PT011 — whichever kind of it
        read(body, NUMBER, NOW)


KINDS = ("text", "interactive", "button", "image", "audio", "contacts", "edit")
REPLIES = with_any(id=WORDS, title=WORDS)
MESSAGES = with_any(
    **{"from": WORDS},
    id=WORDS,
    from_user_id=WORDS,
    type=st.sampled_from(KINDS),
    text=with_any(body=WORDS),
    interactive=with_any(button_reply=REPLIES, list_reply=REPLIES),
    image=with_any(id=WORDS, mime_type=WORDS, caption=WORDS, file_size=st.integers()),
    button=with_any(payload=WORDS, text=WORDS),
)
STATUSES = with_any(
    id=WORDS,
    status=st.sampled_from(["read", "failed"]),
    errors=st.lists(with_any(code=st.integers()), max_size=2),
    biz_opaque_callback_data=WORDS,
)


@given(
    st.lists(MESSAGES, max_size=3),
    st.lists(STATUSES, max_size=2),
    st.lists(with_any(wa_id=WORDS, user_id=WORDS), max_size=2),
)
def test_no_delivery_however_hostile_breaks_the_reading(messages, statuses, contacts):
    """Whatever is let through can be stored: of bounded length, printable, without NUL."""
    body = delivery(messages=messages, statuses=statuses, contacts=contacts)

    got = read(body, NUMBER, NOW)

    for letter in (arrival.letter for arrival in got.arrivals):
        assert 0 < len(letter.key) <= 256
        assert 0 < len(letter.chat) <= 256
        assert letter.key.isprintable()
        assert letter.chat.isprintable()
        assert "\\x00" not in repr(letter)
