"""`python -m bot ask`: a published format that other people's scripts read."""

import io
import json
import sys

import pytest

from bot.__main__ import main
from bot.ask import ask, published
from bot.check.answers import TOPICS

LINES = [
    "потеряла полис что делать",
    "как поменять страховую компанию",
    "сколько стоит ОСАГО",
    "",
    "   ",
    "🙂",
    "фывапролдж",
    "полис",
    "полис " * 2000,
    'кавычки " и \\ черта',
]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_line_gets_one_object_of_the_published_shape(language):
    answers = [json.loads(answer) for answer in ask(LINES, language)]
    assert [one["text"] for one in answers] == LINES
    for one in answers:
        assert list(one) == ["text", "answer", "score", "suggestions"]
        assert one["answer"] is None or one["answer"] in TOPICS
        assert 0 <= one["score"] <= 1
        assert len(one["suggestions"]) <= 3
        assert set(one["suggestions"]) <= TOPICS
        assert len(set(one["suggestions"])) == len(one["suggestions"])
        assert one["answer"] not in one["suggestions"]


def test_an_answer_is_given_outright_where_the_assistant_is_sure():
    (answer,) = ask(["потеряла полис что делать"], "ru")
    assert json.loads(answer)["answer"] == "loss"


@pytest.mark.parametrize(
    ("topic", "name"), [("loss", "loss"), ("smo_change.deadline", "smo_change"), ("a.b.c", "a")]
)
def test_finer_articles_go_under_the_published_name(topic, name):
    assert published(topic) == name


def test_each_answer_comes_before_the_next_line_is_read(monkeypatch, capsys):
    """Whoever converses with it line by line must not wait for the end of the input."""

    def lines():
        yield "спасибо\n"
        assert json.loads(capsys.readouterr().out)["text"] == "спасибо"
        yield "полис\n"

    monkeypatch.setattr(sys, "stdin", lines())
    assert main(["ask"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "полис"


def test_line_ends_of_windows_are_no_part_of_the_text(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("спасибо\r\n", newline=""))
    assert main(["ask", "--lang", "ru"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "спасибо"


def test_a_byte_that_is_no_text_does_not_end_the_answers(monkeypatch, capsys):
    """A file of another encoding gets its lines answered all the same."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n\n"), "utf-8"))
    assert main(["ask"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
