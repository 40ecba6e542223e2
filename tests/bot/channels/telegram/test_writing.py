"""With which calls messages are shown, value by value."""

from datetime import UTC, datetime

import pytest
from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Failure, Undelivered
from bot.channels.splitting import utf16
from bot.channels.telegram.markup import plain
from bot.channels.telegram.writing import write
from bot.texts import read_words
from dialogs.effects import Button
from dialogs.message import Message
from tests.kit.telegram import html

NOON = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RU = read_words("ru")


def shown(text="Здравствуйте!", voice="assistant", **more):
    return write(Message(1, voice, NOON, text, **more), RU)


def buttons(*labels, code="t:x{}"):
    return tuple(Button(code.format(number), label) for number, label in enumerate(labels))


def labels(call):
    return [[key.text for key in row] for row in call.reply_markup.inline_keyboard]


def test_a_text_is_one_message():
    (call,) = shown("Звоните: <b> & Co")
    assert isinstance(call, SendMessage)
    assert (call.text, call.parse_mode) == ("Звоните: &lt;b&gt; &amp; Co", "HTML")
    assert call.reply_markup is None


@pytest.mark.parametrize(
    "link",
    [
        "https://polis.example/a?b=1&c",
        "www.polis.example",
        "t.me/polis",
        "фонд.рф",
        "tg://x",
        "a.b",
    ],
)
def test_whatever_may_be_taken_for_a_link_has_no_preview(link):
    """Pictures of linked sites make a chat restless."""
    (call,) = shown(f"Подробности: {link}.")
    assert call.link_preview_options.is_disabled


def test_a_note_is_small_print_below():
    """Telegram has no smaller letters, so they lean."""
    (call,) = shown("Можно.", note="Верно на 22 ноября: <закон>")
    assert call.text == "Можно.\n\n<i>Верно на 22 ноября: &lt;закон&gt;</i>"


def test_who_speaks_is_said_when_it_is_a_person():
    """In a chat with a bot everything looks as if the bot said it."""
    (call,) = shown("Сейчас посмотрю.", voice="representative")
    assert call.text == "<b>Представитель страховой</b>\nСейчас посмотрю."
    (call,) = shown("Сейчас посмотрю.", voice="representative", name="Анна <К.>")
    assert call.text == "<b>Анна &lt;К.&gt;, представитель страховой</b>\nСейчас посмотрю."


def test_a_long_text_is_parted_and_only_the_last_part_has_the_buttons():
    """The parts after the first do not ring."""
    first, second = shown("Предложение закончилось. " * 250, buttons=buttons("Меню"), note="Верно")
    assert first.reply_markup is None
    assert first.text.endswith("закончилось.")
    assert labels(second) == [["Меню"]]
    assert second.text.endswith("\n\n<i>Верно</i>")
    assert (first.disable_notification, second.disable_notification) == (None, True)


@given(st.text(max_size=9000), st.text(max_size=5000), st.booleans())
def test_whatever_is_said_is_read_as_it_was_said(text, note, document):
    """No part is too long as Telegram counts, none is refused, no letter is lost."""
    name = "extract:1" if document else ""
    calls = shown(text, note=note, document=name)
    parts = [plain(part) for call in calls if (part := html_of(call))]
    for call in calls:
        if raw := html_of(call):
            assert utf16(html.plain(raw)) <= (4096 if isinstance(call, SendMessage) else 1024)
    assert "".join("".join(parts).split()) == "".join((text + note).split())


def html_of(call):
    return call.text if isinstance(call, SendMessage) else call.caption


@pytest.mark.parametrize(
    ("given_labels", "rows"),
    [
        (["Да", "Нет"], [["Да", "Нет"]]),
        (["Подать заявление", "Выписка"], [["Подать заявление", "Выписка"]]),
        (["Документы к врачу", "Переезд"], [["Документы к врачу"], ["Переезд"]]),
        (["Раз", "Два", "Три"], [["Раз", "Два"], ["Три"]]),
        (["Изменить: Дата рождения", "Да"], [["Изменить: Дата рождения"], ["Да"]]),
    ],
)
def test_short_labels_share_a_row_and_long_ones_stand_alone(given_labels, rows):
    """Every label is seen whole on a narrow phone."""
    (call,) = shown(buttons=buttons(*given_labels))
    assert labels(call) == rows


def test_what_belongs_together_is_not_parted():
    """An opinion is given on one row."""
    keys = (*buttons("Потеря полиса"), *buttons("Помогло", "Не помогло", code="h:loss:{}"))
    (call,) = shown(buttons=keys)
    assert labels(call) == [["Потеря полиса"], ["Помогло", "Не помогло"]]
    assert call.reply_markup.inline_keyboard[1][1].callback_data == "h:loss:1"
    ways = (Button("A", "Даю согласие"), Button("b", "Назад"), Button("x", "Отмена"))
    (call,) = shown(buttons=ways)
    assert labels(call) == [["Даю согласие"], ["Назад", "Отмена"]]
    pages = (*buttons("Переезд"), Button("p:2", "Ещё"), Button("m", "Меню"))
    (call,) = shown(buttons=pages)
    assert labels(call) == [["Переезд"], ["Ещё", "Меню"]]


def test_more_buttons_than_telegram_takes_are_a_fault_of_ours():
    """A hundred go, the next one is refused before Telegram does."""
    (call,) = shown(buttons=buttons(*map(str, range(100))))
    assert sum(map(len, labels(call))) == 100
    with pytest.raises(Undelivered) as refused:
        shown(buttons=buttons(*map(str, range(101))))
    assert refused.value.failure is Failure.REJECTED


def test_an_extract_is_a_picture_and_a_file():
    """The picture has the words, the file has the buttons; only the first rings."""
    picture, file = shown("Выписка готова", document="extract:K7QM", buttons=buttons("Меню"))
    assert isinstance(picture, SendPhoto)
    assert (picture.photo, picture.caption, picture.reply_markup) == (
        "extract:K7QM",
        "Выписка готова",
        None,
    )
    assert isinstance(file, SendDocument)
    assert (file.document, file.caption, file.disable_notification) == ("extract:K7QM", None, True)
    assert labels(file) == [["Меню"]]


def test_other_documents_are_files():
    """An application to be signed, a day for the calendar."""
    (file,) = shown("Распечатайте & подпишите", document="application:4821-7390-5")
    assert isinstance(file, SendDocument)
    assert file.caption == "Распечатайте &amp; подпишите"


def test_a_long_caption_goes_before_as_text():
    """A caption has a quarter of a message's room."""
    *texts, file = shown("Слово за словом. " * 100, document="application:1")
    assert [type(call) for call in texts] == [SendMessage]
    assert utf16(file.caption) <= 1024


def test_the_phone_is_asked_for_by_a_keyboard_of_its_own():
    """It is the only kind that can ask, so the other choices stand on it as words."""
    (call,) = shown("Ваш номер?", buttons=buttons("Назад", "Отмена"), asks_phone=True)
    assert call.reply_markup == ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text="Отправить мой номер", request_contact=True)],
            [KeyboardButton(text="Назад"), KeyboardButton(text="Отмена")],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def test_nothing_to_say_makes_no_call():
    """An empty text would be refused."""
    assert shown("  \n ") == []
    assert isinstance(shown("", document="extract:1")[0].reply_markup, InlineKeyboardMarkup | None)
