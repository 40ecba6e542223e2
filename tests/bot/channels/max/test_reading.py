from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import FileRef
from bot.channels.max.contacts import Trust
from bot.channels.max.reading import NOTHING, read
from dialogs.incoming import Attached, Opened, Pressed, Said, Stopped, Unreadable, Vouched
from tests.bot.channels.hostile import WORDS, with_any
from tests.bot.channels.max.payloads import (
    CARD,
    CHAT,
    DIALOG,
    IMAGE,
    MOMENT,
    PDF,
    PERSON,
    body,
    contact,
    created,
    ours,
    pressed,
    update,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TRUST = Trust("the token", "required")
SIGNED = TRUST.signature(CARD)
LOCATION = {"type": "location", "latitude": 55.7, "longitude": 37.6}
SHARE = {"type": "share", "payload": {"url": "https://example"}, "title": "…"}


def told(update, trust=TRUST):
    return read(update, trust, NOW)


def heard(update, trust=TRUST):
    return told(update, trust).arrival.letter.incoming


@pytest.mark.parametrize(
    ("update", "incoming"),
    [
        (created("Потеряла полис"), Said("Потеряла полис")),
        (created("а\u0000б"), Said("аб")),
        (created("/start t-loss"), Opened("t-loss")),
        (created("смотрите", [SHARE]), Said("смотрите")),
        (created("смотрите", [LOCATION]), Said("смотрите")),
        (created(attachments=[{"type": "audio", "payload": {"url": "…"}}]), Unreadable("voice")),
        (created(attachments=[{"type": "sticker", "payload": {}}]), Unreadable("sticker")),
        (created(attachments=[LOCATION]), Unreadable("location")),
        (created(attachments=[contact(user=None)]), Unreadable("contact")),
        (created(attachments=[{"type": "made_up_tomorrow"}]), Unreadable("other")),
        (created(attachments=[7]), Unreadable("other")),
        (created(), Unreadable("other")),
        (created("новое", kind="message_edited"), Unreadable("edited")),
        (
            update("bot_started", chat_id=CHAT, user=PERSON, payload="f-newborn"),
            Opened("f-newborn"),
        ),
        (update("bot_started", chat_id=CHAT, user=PERSON, payload=None), Opened()),
        (update("bot_stopped", chat_id=CHAT, user=PERSON), Stopped()),
        (update("bot_started", chat_id=CHAT, user=PERSON, payload="где мой полис"), Opened()),
        (pressed("f:newborn", ours()), Pressed("f:newborn")),
        (pressed("f:newborn", None), Pressed("f:newborn")),
    ],
)
def test_every_kind_of_update_is_understood(update, incoming):
    assert heard(update) == incoming


@pytest.mark.parametrize(
    "update",
    [
        update("message_removed", message_id="mid.1", chat_id=CHAT, user_id=1),
        update("dialog_cleared", chat_id=CHAT, user=PERSON),
        update("dialog_removed", chat_id=CHAT, user=PERSON),
        update("dialog_muted", chat_id=CHAT, user=PERSON, muted_until=MOMENT),
        update("dialog_unmuted", chat_id=CHAT, user=PERSON),
        update("bot_added", chat_id=CHAT, user=PERSON, is_channel=False),
        update("made_up_tomorrow", whatever={}),
        created("да", sender={**PERSON, "is_bot": True}),
        created("да", sender=None),
        created("да", recipient={**DIALOG, "chat_type": "chat"}),
        update("message_created", message={"of": "another shape"}),
        update("message_callback", callback=7, message=None),
        update("bot_started", user=None),
    ],
)
def test_what_is_not_said_to_us_by_a_person_is_passed_over(update):
    assert told(update) == NOTHING


@pytest.mark.parametrize(
    ("attachments", "files"),
    [
        ([IMAGE], [FileRef("https://i.example/1", "image/jpeg")]),
        ([PDF], [FileRef("https://f.example/2", "application/pdf", 70_000)]),
        (
            [IMAGE, PDF, IMAGE],
            [
                FileRef("https://i.example/1", "image/jpeg"),
                FileRef("https://f.example/2", "application/pdf", 70_000),
                FileRef("https://i.example/1", "image/jpeg"),
            ],
        ),
        (
            [{"type": "video", "payload": {"url": "https://v.example", "token": "t"}}],
            [FileRef("https://v.example", "video/mp4")],
        ),
    ],
)
def test_files_come_by_address_to_be_fetched_later(attachments, files):
    arrival = told(created("паспорт", attachments)).arrival

    assert arrival.files == tuple(files)
    assert arrival.letter.incoming == Attached((), "паспорт")


def test_what_was_forwarded_is_heard_as_if_it_had_been_sent():
    link = {"type": "forward", "message": body("из семейного чата", [IMAGE])}

    arrival = told(created(link=link)).arrival

    assert arrival.letter.incoming == Attached((), "из семейного чата")
    assert len(arrival.files) == 1


def test_what_is_answered_to_is_not_heard_again():
    link = {"type": "reply", "message": body("Чем помочь?")}

    assert heard(created("полис", link=link)) == Said("полис")


@pytest.mark.parametrize(
    ("card", "trust"),
    [
        (contact(signature=SIGNED), TRUST),
        (contact(signature=SIGNED.upper()), TRUST),
        (contact(), Trust("the token", "unchecked")),
    ],
)
def test_ones_own_number_is_vouched_for(card, trust):
    assert heard(created(attachments=[card]), trust) == Vouched("+79990001122")


@pytest.mark.parametrize(
    "card",
    [
        contact(),
        contact(signature="0" * 64),
        contact(signature="не подпись"),
        contact(user=5002, signature=SIGNED),
        contact(CARD.replace("7999", "7998"), signature=SIGNED),
        contact("BEGIN:VCARD\r\nEND:VCARD", signature=TRUST.signature("BEGIN:VCARD\r\nEND:VCARD")),
    ],
)
def test_a_card_that_proves_nothing_is_somebodys_contact(card):
    assert heard(created(attachments=[card])) == Unreadable("contact")


def test_a_forwarded_card_proves_nothing():
    link = {"type": "forward", "message": body(attachments=[contact(signature=SIGNED)])}

    assert heard(created(link=link)) == Unreadable("contact")


@pytest.mark.parametrize(
    ("update", "key"),
    [
        (created("да"), "mid.1"),
        (pressed("z", ours()), f"cb.1:{MOMENT}"),
        (created("да", kind="message_edited"), f"message_edited:0:5001:{MOMENT}"),
        (update("bot_started", chat_id=CHAT, user=PERSON), f"bot_started:{CHAT}:5001:{MOMENT}"),
    ],
)
def test_a_letter_is_known_by_what_stays_the_same_when_it_comes_again(update, key):
    letter = told(update).arrival.letter

    assert (letter.channel, letter.chat, letter.key) == ("max", "5001", key)
    assert (letter.language, letter.sent_at, letter.phone) == ("ru", NOW, "")


def test_a_press_waits_for_its_answer_even_when_it_says_nothing():
    assert told(pressed("z", ours())).press.callback_id == "cb.1"
    assert told(pressed("не наша кнопка", ours())).press.callback_id == "cb.1"
    assert told(pressed("не наша кнопка", ours())).arrival is None


def test_where_to_show_that_we_type_is_told_beside():
    assert told(created("да")).dialog == CHAT
    assert told(pressed("z", ours())).dialog == CHAT
    assert told(pressed("z", None)).dialog == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b"\xff", b'{"update_type": 7}'])
def test_what_is_no_update_is_malformed(body):
    with pytest.raises(ValueError):  # noqa: PT011 — whichever kind of it
        told(body)


USERS = with_any(user_id=st.integers(0, 2**53), is_bot=st.booleans())
CONTENTS = with_any(url=WORDS, vcf_info=WORDS, hash=WORDS, max_info=USERS)
HANGING = with_any(
    type=st.sampled_from(["image", "file", "contact", "audio"]), payload=CONTENTS, filename=WORDS
)
BODIES = with_any(mid=WORDS, text=WORDS, attachments=st.lists(HANGING, max_size=2))
MESSAGES = with_any(
    recipient=st.just(DIALOG),
    sender=USERS,
    body=BODIES,
    link=with_any(type=st.just("forward"), message=BODIES),
)
CALLBACKS = with_any(callback_id=WORDS, user=USERS, payload=WORDS, timestamp=st.integers(0, 10**13))


@given(
    st.sampled_from(["message_created", "message_callback", "message_edited", "bot_started"]),
    with_any(message=MESSAGES, callback=CALLBACKS, user=USERS, payload=WORDS),
)
def test_no_update_however_hostile_breaks_the_reading(kind, parts):
    """Whatever is let through can be stored: of bounded length, printable, without NUL."""
    try:
        arrival = told(update(kind, **parts)).arrival
    except ValueError:
        return

    if arrival:
        assert 0 < len(arrival.letter.key) <= 300
        assert arrival.letter.key.isprintable()
        assert arrival.letter.chat.isdigit()
        assert "\\x00" not in repr(arrival)
