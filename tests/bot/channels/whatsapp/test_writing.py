import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Failure, Situation, Undelivered
from bot.channels.splitting import utf16
from bot.channels.whatsapp.settings import Approved
from bot.channels.whatsapp.writing import Send, SendFile, SendPicture, write
from bot.texts import read_words
from dialogs.effects import Button, Template
from dialogs.message import Message

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WORDS = read_words("ru")
TEMPLATES = {"application_moved": {"ru": Approved("polis_moved", "ru")}}
NOTICE = Template("application_moved", ("В-17", "одобрено"))


def said(text="Чем помочь?", labels=(), **more):
    buttons = tuple(Button(f"c:{number}", label) for number, label in enumerate(labels))
    return Message(7, "assistant", NOW, text, buttons, **more)


def written(message, heard=timedelta(hours=1), templates=TEMPLATES):
    heard_at = None if heard is None else NOW - heard
    return write(message, Situation("ru", NOW, heard_at), WORDS, templates)


def text(body, seq=0):
    return Send({"type": "text", "text": {"body": body, "preview_url": False}}, seq)


def interactive(request):
    assert request.body["type"] == "interactive"
    return request.body["interactive"]


def test_words_alone_are_a_text_without_a_preview():
    assert written(said("Полис готов.")) == (text("Полис готов.", 7),)


def test_small_print_follows_the_words():
    assert written(said("Да.", note="На 1 ноября.")) == (text("Да.\n\nНа 1 ноября.", 7),)


def test_above_the_words_of_a_person_stands_who_speaks():
    message = Message(7, "representative", NOW, "Здравствуйте, я Анна.")

    assert written(message) == (text("*Представитель страховой*\nЗдравствуйте, я Анна.", 7),)


def test_three_short_choices_are_buttons():
    (request,) = written(said(labels=("Да", "Нет", "Позже")))

    assert request.seq == 7
    assert interactive(request) == {
        "type": "button",
        "body": {"text": "Чем помочь?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "c:0", "title": "Да"}},
                {"type": "reply", "reply": {"id": "c:1", "title": "Нет"}},
                {"type": "reply", "reply": {"id": "c:2", "title": "Позже"}},
            ]
        },
    }


@pytest.mark.parametrize(
    "labels",
    [
        ("Да", "Нет", "Позже", "Никогда"),
        ("Подпись длиннее двадцати знаков",),
        ("Да", "Да"),
    ],
)
def test_what_buttons_cannot_hold_is_a_list(labels):
    (request,) = written(said(labels=labels))

    part = interactive(request)
    assert part["type"] == "list"
    assert part["action"]["button"] == "Выбрать"
    assert [row["id"] for row in part["action"]["sections"][0]["rows"]] == [
        f"c:{number}" for number in range(len(labels))
    ]


def test_a_long_label_goes_on_in_the_description():
    (request,) = written(said(labels=("Сменить страховую медицинскую организацию",)))

    assert interactive(request)["action"]["sections"][0]["rows"] == [
        {"id": "c:0", "title": "Сменить страховую", "description": "медицинскую организацию"}
    ]


def test_more_than_ten_choices_go_on_in_a_further_list():
    first, second = written(said(labels=[f"Вариант {number}" for number in range(1, 14)]))

    assert interactive(first)["body"] == {"text": "Чем помочь?"}
    assert interactive(second)["body"] == {"text": "Ещё варианты:"}
    assert [len(interactive(one)["action"]["sections"][0]["rows"]) for one in (first, second)] == [
        10,
        3,
    ]
    assert (first.seq, second.seq) == (0, 7)


def test_a_long_text_with_choices_is_split_so_that_they_hang_on_its_end():
    first, last = written(said("Одно предложение. " * 70 + "\n\nЧто выбрать?", ("Да", "Нет")))

    assert first.body["type"] == "text"
    assert interactive(last)["body"]["text"].endswith("Что выбрать?")


def test_a_document_comes_as_a_picture_and_as_a_file_with_the_words():
    message = said("Выписка готова.", document="extract:K7QM", data="document")

    assert written(message) == (
        SendPicture("extract:K7QM"),
        SendFile("extract:K7QM", "Выписка готова.", 7),
    )


def test_other_papers_are_files_and_nothing_else():
    for document in ("application:17", "calendar:1", "paper:notice-1"):
        assert written(said("Готово.", document=document)) == (SendFile(document, "Готово.", 7),)


def test_choices_under_a_document_stand_in_a_message_of_their_own():
    picture, file, choices = written(said(labels=("Меню",), document="extract:K7QM"))

    assert (picture, file) == (SendPicture("extract:K7QM"), SendFile("extract:K7QM"))
    assert interactive(choices)["body"] == {"text": "Чем помочь?"}


@pytest.mark.parametrize("heard", [None, timedelta(hours=24), timedelta(days=9)])
def test_outside_of_the_window_an_agreed_template_says_it(heard):
    (request,) = written(said(template=NOTICE, labels=("Меню",)), heard)

    assert request == Send(
        {
            "type": "template",
            "template": {
                "name": "polis_moved",
                "language": {"code": "ru"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "В-17"},
                            {"type": "text", "text": "одобрено"},
                        ],
                    }
                ],
            },
        },
        7,
    )


@pytest.mark.parametrize(
    ("template", "templates"),
    [
        (None, TEMPLATES),
        (NOTICE, {}),
        (NOTICE, {"application_moved": {"en": Approved("polis_moved", "en")}}),
    ],
)
def test_without_one_nothing_is_sent_and_the_desk_learns_why(template, templates):
    with pytest.raises(Undelivered) as refused:
        written(said(template=template), timedelta(days=2), templates)

    assert (refused.value.failure, refused.value.reason) == (Failure.REJECTED, "window")


def test_values_of_a_template_are_brought_to_one_line():
    values = ("две\nстроки\tи     пробелы", " ", "д" * 2000)

    (request,) = written(said(template=Template("application_moved", values)), None)

    parameters = request.body["template"]["components"][0]["parameters"]
    assert [one["text"] for one in parameters[:2]] == ["две строки и пробелы", "—"]
    assert len(parameters[2]["text"]) == 512


BUTTONS = st.lists(st.builds(Button, st.from_regex(r"[a-z]:\d{1,3}", fullmatch=True), st.text()))


@given(st.text(max_size=9000), st.text(max_size=200), BUTTONS, st.sampled_from(["", "extract:K"]))
def test_no_words_can_break_a_request_or_its_limits(words, note, buttons, document):
    message = Message(7, "assistant", NOW, words, tuple(buttons), note=note, document=document)

    requests = written(message)

    offered: list[str] = []
    for request in requests:
        if isinstance(request, SendFile):
            assert utf16(request.caption) <= 1024
        elif isinstance(request, Send):
            offered += check(json.loads(json.dumps(request.body)))
    assert sorted(offered) == sorted({button.code for button in buttons})
    assert [one.seq for one in requests] == [*[0] * (len(requests) - 1), 7][: len(requests)]


def check(body) -> list[str]:
    """Hold a body against the limits of Meta's reference; return the codes that it offers."""
    if body["type"] == "text":
        assert 1 <= utf16(body["text"]["body"]) <= 4096
        return []
    part = body["interactive"]
    assert 1 <= utf16(part["body"]["text"]) <= 1024
    if part["type"] == "button":
        replies = [one["reply"] for one in part["action"]["buttons"]]
        titles = [one["title"] for one in replies]
        assert 1 <= len(replies) <= 3
        assert len(set(titles)) == len(titles)
        assert all(1 <= utf16(title) <= 20 and title == title.strip() for title in titles)
        return [one["id"] for one in replies]
    assert 1 <= utf16(part["action"]["button"]) <= 20
    rows = part["action"]["sections"][0]["rows"]
    assert 1 <= len(rows) <= 10
    for row in rows:
        assert 1 <= utf16(row["title"]) <= 24
        assert 1 <= utf16(row.get("description", "…")) <= 72
    return [row["id"] for row in rows]
