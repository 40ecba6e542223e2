import json
import re
from datetime import UTC, datetime
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.max.answering import answer
from bot.channels.max.contacts import Trust
from bot.channels.max.reading import read
from bot.channels.max.writing import Send, SendFile, SendPicture, write
from bot.channels.splitting import utf16
from bot.texts import read_words
from dialogs.effects import Button
from dialogs.message import Message
from tests.bot.channels.max.payloads import IMAGE, ours, pressed

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WORDS = read_words("ru")


def said(text="Чем помочь?", labels=(), **more):
    buttons = tuple(Button(f"c:{number}", label) for number, label in enumerate(labels))
    return Message(7, "assistant", NOW, text, buttons, **more)


def written(message):
    return write(message, WORDS)


def labels(request):
    (keyboard,) = request.body["attachments"]
    assert keyboard["type"] == "inline_keyboard"
    return [[key["text"] for key in row] for row in keyboard["payload"]["buttons"]]


def test_words_are_escaped_and_small_print_leans():
    (request,) = written(said("5 < 6 & «да»", note="На 1 ноября."))

    assert request == Send({"text": "5 &lt; 6 &amp; «да»\n\n<i>На 1 ноября.</i>", "format": "html"})


def test_above_the_words_of_a_person_stands_who_speaks():
    message = Message(7, "representative", NOW, "Здравствуйте, я Анна.")

    (request,) = written(message)

    assert request.body["text"] == "<b>Представитель страховой</b>\nЗдравствуйте, я Анна."


def test_short_choices_stand_side_by_side_and_long_ones_apart():
    (request,) = written(said(labels=("Да", "Нет", "Сменить страховую", "Мои заявления")))

    assert labels(request) == [["Да", "Нет"], ["Сменить страховую"], ["Мои заявления"]]


def test_a_choice_brings_its_code_back():
    (request,) = written(said(labels=("Да",)))

    assert request.body["attachments"][0]["payload"]["buttons"] == [
        [{"type": "callback", "text": "Да", "payload": "c:0"}]
    ]


def test_the_number_is_asked_for_by_a_button_of_its_own():
    (request,) = written(said(labels=("Отмена",), asks_phone=True))

    rows = request.body["attachments"][0]["payload"]["buttons"]
    assert rows[0] == [{"type": "request_contact", "text": "Отправить мой номер"}]
    assert labels(request)[1:] == [["Отмена"]]


def test_the_choices_hang_on_the_end_of_a_long_text():
    *before, last = written(said("Одно предложение. " * 500 + "\n\nЧто выбрать?", ("Да",)))

    assert len(before) == 2
    assert not any("attachments" in one.body for one in before)
    assert last.body["text"].endswith("Что выбрать?")
    assert labels(last) == [["Да"]]


def test_a_document_comes_as_a_picture_and_as_a_file_with_the_words():
    assert written(said("Выписка готова.", document="extract:K7QM")) == (
        SendPicture("extract:K7QM"),
        SendFile("extract:K7QM", {"text": "Выписка готова.", "format": "html"}),
    )


def test_other_papers_are_files_and_nothing_else():
    for document in ("application:17", "calendar:1", "paper:notice-1"):
        assert written(said("Готово.", document=document)) == (
            SendFile(document, {"text": "Готово.", "format": "html"}),
        )


def test_a_file_stands_alone_and_the_choices_follow_it():
    picture, file, last = written(said(labels=("Меню",), document="extract:K7QM"))

    assert (picture, file) == (SendPicture("extract:K7QM"), SendFile("extract:K7QM", {}))
    assert labels(last) == [["Меню"]]


LABELS = st.lists(st.builds(Button, st.from_regex(r"[a-z]:\d{1,3}", fullmatch=True), st.text()))


@given(st.text(max_size=9000), st.text(max_size=4500), LABELS, st.booleans(), st.booleans())
def test_no_words_can_break_a_request_or_its_limits(words, note, buttons, asks_phone, has_paper):
    message = Message(
        7,
        "assistant",
        NOW,
        words,
        tuple(buttons),
        note=note,
        asks_phone=asks_phone,
        document="extract:K" if has_paper else "",
    )

    offered, shown = [], ""
    for request in written(message):
        if isinstance(request, SendPicture):
            continue
        body = json.loads(json.dumps(request.body))
        shown += body.get("text", "")
        if body or isinstance(request, Send):
            assert 1 <= utf16(body["text"]) <= 4000
        assert set(re.findall(r"<[^>]*>|<", body.get("text", ""))) <= {"<i>", "</i>"}
        for keyboard in body.get("attachments", ()):
            offered += check(keyboard["payload"]["buttons"])
    assert offered == [button.code for button in buttons]
    stripped = "".join(unescape(re.sub("</?i>", "", shown)).split())
    assert stripped.startswith("".join(words.split()))


def check(rows) -> list[str]:
    """Hold a keyboard against the limits of the schema; return the codes that it offers."""
    assert 1 <= len(rows) <= 30
    for row in rows:
        most = 3 if any(key["type"] == "request_contact" for key in row) else 7
        assert 1 <= len(row) <= most
        assert all(1 <= utf16(key["text"]) <= 128 for key in row)
    return [key["payload"] for row in rows for key in row if key["type"] == "callback"]


def asked(text="Чем помочь?", **more):
    return ours(text, (("Оставить", "y:f:1:sex"),), **more)


def answered(message, code="y:f:1:sex"):
    press = read(pressed(code, message), Trust("", "required"), NOW).press
    return answer(press, WORDS)


def test_a_pressed_keyboard_goes_and_what_was_chosen_stays():
    assert answered(asked("Пол < ?")) == {
        "message": {
            "text": "Пол &lt; ?\n\n✓ Оставить",
            "format": "html",
            "attachments": [],
        }
    }


def test_small_print_still_leans_when_the_keyboard_has_gone():
    markup = [{"type": "emphasized", "from": 5, "length": 12}]

    edited = answered(asked("Да.\n\nНет.\n\nНа 1 ноября.", markup=markup))["message"]

    assert edited["text"] == "Да.\n\nНет.\n\n<i>На 1 ноября.</i>\n\n✓ Оставить"


def test_menus_stay_and_a_press_of_them_is_answered_in_passing():
    assert answered(ours(), "z") == {"notification": "✓ Мои заявления"}


def test_an_opinion_is_given_once_and_the_rest_stays():
    buttons = (("Помогло", "h:loss:1"), ("Не помогло", "h:loss:0"), ("Меню", "m"))

    edited = answered(ours("Ответ.", buttons), "h:loss:1")["message"]

    assert edited["text"] == "Ответ.\n\n✓ Помогло"
    assert edited["attachments"][0]["payload"]["buttons"] == [
        [{"type": "callback", "text": "Меню", "payload": "m"}]
    ]


def test_where_nothing_can_be_edited_a_press_is_answered_in_passing():
    assert answered(None) == {"notification": "Принято"}
    assert answered(asked(None)) == {"notification": "✓ Оставить"}
    assert answered(asked(beside=[IMAGE])) == {"notification": "✓ Оставить"}
    assert answered(asked(), "x:never:there") == {
        "message": {"text": "Чем помочь?", "format": "html", "attachments": []}
    }


def test_a_text_without_room_goes_on_without_the_choice():
    edited = answered(asked("я" * 3995))["message"]

    assert edited["text"] == "я" * 3995
