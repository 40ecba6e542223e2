"""What updates say: wire payloads as the Bot API sends them, of every kind."""

import json
from datetime import UTC, datetime

import pytest
from msgspec import convert

from bot.channels.base import FileRef
from bot.channels.telegram.reading import read
from bot.channels.telegram.wire import Update
from bot.channels.typed import decode
from dialogs.incoming import (
    Attached,
    Opened,
    Pressed,
    Returned,
    Said,
    Stopped,
    Unreadable,
    Vouched,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANNA = {"id": 500000001, "is_bot": False, "first_name": "Анна", "language_code": "ru-RU"}
OTHER = {"id": 500000002, "is_bot": False, "first_name": "Пётр"}
CHAT = {"id": 500000001, "type": "private", "first_name": "Анна"}
GROUP = {"id": -1002000000001, "type": "supergroup", "title": "Специалисты", "is_forum": True}
SIZES = [
    {"file_id": "S", "file_unique_id": "s", "width": 90, "height": 67, "file_size": 1200},
    {"file_id": "L", "file_unique_id": "l", "width": 1280, "height": 960, "file_size": 180000},
]
FILE = {"file_id": "F", "file_unique_id": "f", "file_size": 5000}


def message(**content):
    return {"message_id": 7, "date": 1795338000, "chat": CHAT, "from": ANNA, **content}


def read_in(**content):
    """Read one update, from bytes as a webhook does and from values as polling does."""
    update = {"update_id": 300000001, **content}
    arrival = read(decode(json.dumps(update).encode(), Update), NOW)
    assert arrival == read(convert(update, Update), NOW)
    return arrival


def happened(**content):
    arrival = read_in(**content)
    return arrival and arrival.letter.incoming


CONTACT = {"phone_number": "79991234567", "first_name": "Анна", "user_id": ANNA["id"]}
FORWARDED = {"type": "user", "date": 1795337000, "sender_user": ANNA}


@pytest.mark.parametrize(
    ("content", "incoming"),
    [
        ({"text": "потеряла полис"}, Said("потеряла полис")),
        ({"text": "две\nстроки\tи \x00\x07знаки"}, Said("две\nстроки\tи знаки")),
        ({"text": "полэмодзи \ud83d"}, Said("полэмодзи ")),
        ({"text": "привет", "forward_origin": FORWARDED}, Said("привет")),
        ({"text": "привет", "via_bot": {"id": 1, "is_bot": True}}, Said("привет")),
        ({"text": "/start"}, Opened()),
        ({"text": "/start t-newborn"}, Opened("t-newborn")),
        ({"text": "/start@polis_bot f-loss"}, Opened("f-loss")),
        ({"text": "/start <b>x</b>"}, Opened()),
        ({"text": "/menu"}, Pressed("m")),
        ({"text": "/topics"}, Pressed("p:1")),
        ({"text": "/applications"}, Pressed("z")),
        ({"text": "/people"}, Pressed("P")),
        ({"text": "/person"}, Pressed("o")),
        ({"text": "/cancel"}, Pressed("x")),
        ({"text": "/english"}, Pressed("l:en")),
        ({"text": "/unheard"}, Said("/unheard")),
        ({"text": "/menu мне не нужно"}, Said("/menu мне не нужно")),
        ({"photo": SIZES}, Attached(())),
        ({"photo": SIZES, "caption": "паспорт"}, Attached((), "паспорт")),
        ({"document": {**FILE, "mime_type": "application/pdf"}}, Attached(())),
        ({"contact": CONTACT}, Vouched("+79991234567")),
        ({"contact": {**CONTACT, "phone_number": "+79991234567"}}, Vouched("+79991234567")),
        ({"contact": CONTACT, "forward_origin": FORWARDED}, Unreadable("contact")),
        ({"contact": {**CONTACT, "user_id": OTHER["id"]}}, Unreadable("contact")),
        ({"contact": {"phone_number": "112", "first_name": "112"}}, Unreadable("contact")),
        ({"voice": {**FILE, "duration": 3}}, Unreadable("voice")),
        ({"audio": {**FILE, "duration": 3}}, Unreadable("voice")),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, Unreadable("voice")),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 3}}, Unreadable("other")),
        ({"animation": FILE, "document": FILE}, Unreadable("other")),
        ({"sticker": {**FILE, "type": "regular", "emoji": "👍"}}, Unreadable("sticker")),
        ({"location": {"latitude": 55.7, "longitude": 37.6}}, Unreadable("location")),
        ({"venue": {"title": "МФЦ"}, "location": {"latitude": 55.7}}, Unreadable("location")),
        ({"poll": {"id": "1", "question": "?"}}, Unreadable("other")),
        ({"dice": {"emoji": "🎲", "value": 4}}, Unreadable("other")),
        ({"hologram": {"of": "tomorrow"}}, Unreadable("other")),
        ({"text": "привет", "forward_origin": {"type": "of tomorrow"}}, Said("привет")),
        ({"text": "привет", "hologram": [1, {"a": None}]}, Said("привет")),
        ({"pinned_message": message(text="x")}, None),
        ({"forum_topic_closed": {}}, None),
        ({"forum_topic_created": {"name": "x"}}, None),
        ({"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}, None),
        ({"write_access_allowed": {"from_request": True}}, None),
        ({"chat": GROUP, "text": "коллеги, кто возьмёт?"}, None),
    ],
    ids=lambda value: str(value)[:60],
)
def test_every_kind_of_message_says_what_it_says(content, incoming):
    """Unknown kinds are answered, unknown fields overlooked, groups and service let pass."""
    assert happened(message=message(**content)) == incoming


def test_a_letter_carries_its_chat_its_key_and_the_language():
    """The chat is the decimal id; the key is the update's, so a repeat is known."""
    letter = read_in(message=message(text="привет")).letter
    assert (letter.channel, letter.chat, letter.key) == ("telegram", "500000001", "300000001")
    assert (letter.sent_at, letter.language) == (NOW, "ru-RU")


@pytest.mark.parametrize(
    ("content", "files", "album"),
    [
        ({"photo": SIZES}, (FileRef("L", "image/jpeg", 180000),), ""),
        ({"photo": SIZES, "media_group_id": "13"}, (FileRef("L", "image/jpeg", 180000),), "13"),
        ({"document": {**FILE, "mime_type": "image/png"}}, (FileRef("F", "image/png", 5000),), ""),
        ({"document": {"file_id": "F"}}, (FileRef("F", ""),), ""),
        ({"text": "без файлов"}, (), ""),
    ],
)
def test_files_come_by_name_the_largest_size_of_a_photo(content, files, album):
    """They are fetched later; what belongs to one album says so."""
    arrival = read_in(message=message(**content))
    assert (arrival.files, arrival.album) == (files, album)


TOO_OLD = {"message_id": 7, "chat": CHAT, "date": 0}
PRESS = {"id": "4380000001", "from": ANNA, "chat_instance": "1"}


@pytest.mark.parametrize(
    ("press", "incoming"),
    [
        ({"data": "t:loss", "message": message(text="меню")}, Pressed("t:loss")),
        (
            {"data": "t:loss", "message": {"message_id": 7, "chat": CHAT, "date": 0}},
            Pressed("t:loss"),
        ),
        ({"data": "t:loss"}, Pressed("t:loss")),
        ({"game_short_name": "chess", "message": message(text="меню")}, None),
        ({"data": "t:loss", "message": message(text="меню", chat=GROUP)}, None),
    ],
)
def test_a_press_counts_even_when_its_message_is_gone(press, incoming):
    """Too old a message comes with a date of zero, or not at all."""
    assert happened(callback_query={**PRESS, **press}) == incoming


@pytest.mark.parametrize(
    ("content", "incoming"),
    [
        ({"text": "потерял полис", "edit_date": 1795338050}, Unreadable("edited")),
        ({"photo": SIZES, "caption": "снилс", "edit_date": 1795338050}, Unreadable("edited")),
        ({"location": {"latitude": 55.7, "longitude": 37.6}, "edit_date": 1795338050}, None),
        ({"photo": SIZES, "edit_date": 1795338050}, None),
        ({"text": "потерял полис"}, None),
        ({"chat": GROUP, "text": "потерял полис", "edit_date": 1795338050}, None),
    ],
)
def test_an_edit_by_hand_is_told_of_and_nothing_else(content, incoming):
    """A place that moves, or a preview that appears, is no edit by a person."""
    assert happened(edited_message=message(**content)) == incoming


@pytest.mark.parametrize(
    ("chat", "status", "incoming"),
    [
        (CHAT, "kicked", Stopped()),
        (CHAT, "member", Returned()),
        (CHAT, "a standing of tomorrow", None),
        (GROUP, "kicked", None),
        (GROUP, "administrator", None),
    ],
)
def test_who_blocks_the_bot_and_who_lets_it_back(chat, status, incoming):
    """In a person's own chat; what becomes of the bot in a group is no conversation."""
    change = {
        "chat": chat,
        "from": ANNA,
        "date": 1795338000,
        "old_chat_member": {"status": "member", "user": OTHER},
        "new_chat_member": {"status": status, "user": OTHER},
    }
    assert happened(my_chat_member=change) == incoming


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"channel_post": message(text="x")},
        {"message_reaction": {"chat": CHAT, "message_id": 7, "new_reaction": []}},
        {"an_update_of_tomorrow": {"a": 1}},
    ],
)
def test_updates_that_are_nothing_to_us_are_let_pass(content):
    """Whatever Telegram invents."""
    assert read_in(**content) is None
