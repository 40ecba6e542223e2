import ast
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dialogs.fields
from bot.texts import LOCALES
from dialogs import certificate, names
from dialogs.fields import (
    Address,
    BirthCertificate,
    DocumentKind,
    DocumentNumber,
    Doubt,
    Email,
    Enp,
    FullName,
    FutureDate,
    Insurer,
    IssueDate,
    NamePart,
    Passport,
    PastDate,
    Phone,
    Problem,
    Sex,
    Snils,
    Text,
)
from dialogs.incoming import Attached, FileSent, Opened
from tests.dialogs.fields.asked import asking, read, words

SHOWN = [
    Address(),
    BirthCertificate("born_on"),
    DocumentNumber("kind"),
    Email(),
    Enp("born_on", "sex"),
    FullName(),
    FullName(foreign=True),
    FutureDate(),
    Insurer(),
    IssueDate("born_on", passport=True),
    NamePart("surname"),
    NamePart("patronymic", foreign=True),
    Passport(),
    PastDate(),
    PastDate(years=120, with_year=True),
    Phone(),
    Snils(),
    Text(),
]
ALL = [*SHOWN, DocumentKind(), Sex(), Snils(optional=True)]
_OURS = re.compile(r'^msgid "((?:problem|doubt)\..*)"$', re.MULTILINE)
ANSWERS = {"born_on": "2015-02-28", "sex": "male", "kind": "residence_permit"}

# Pieces that answers are made of, so that most texts come near to being one.
PIECES = """
Иванова МАРИЯ петровна оглы фон нет без отчества , - ’ . № II П аб AB 123456 2 11 4510 45 10
5 05 3 03 24 2024 марта March 5.3.24 вчера 6449020886006380 112-233-445 95 +7 8 912 345 3456789
@ example.ru ivanova Москва мск область обл ул. д. согаз капитал l I ß İ ŉ и̂ é ２ ٣ 😀
"""
pieces = st.sampled_from([*PIECES.split(), " ", "\n", "\u0301", "\u200d", "\u202f"])
mixed = st.lists(pieces | st.text(max_size=3), max_size=8).map(
    lambda parts: "".join(f"{part} " if len(part) % 2 else part for part in parts)
)
texts = st.text(max_size=60) | mixed | st.lists(pieces, max_size=6).map(" ".join)


@pytest.mark.parametrize("field", ALL, ids=lambda field: type(field).__name__)
@given(text=texts, language=st.sampled_from(["ru", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_an_answer_or_a_problem_with_words(field, text, language):
    """Nothing raises; what is kept is JSON that the field accepts; a problem can be told."""
    found = read(field, text, language, **ANSWERS)

    match found:
        case Problem(id=problem):
            assert words(language).has(f"problem.{problem}")
        case Doubt(value, about):
            assert field.accepts(value)
            assert words(language).has(f"doubt.{about}")
        case None:
            assert isinstance(field, Snils)
        case _:
            assert field.accepts(found)
            assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("field", SHOWN, ids=lambda field: type(field).__name__)
@given(text=texts, language=st.sampled_from(["ru", "en"]))
@settings(max_examples=150, deadline=None)
def test_what_is_shown_is_read_as_the_same_answer(field, text, language):
    """A person may copy what the review shows and send it as the answer."""
    value = _kept(read(field, text, language, **ANSWERS))
    if value is None:
        return

    shown = field.show(value, asking(language, **ANSWERS))

    assert _kept(read(field, shown, language, **ANSWERS)) == value


@pytest.mark.parametrize("field", ALL, ids=lambda field: type(field).__name__)
def test_a_photo_where_words_are_asked_is_a_problem(field):
    photo = Attached((FileSent("f1", "image/jpeg", 1000),), caption="Иванова")

    assert isinstance(field.read(photo, asking()), Problem)
    assert isinstance(field.read(Opened(), asking()), Problem)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("field", ALL, ids=lambda field: type(field).__name__)
@given(stored=_JSON)
@settings(max_examples=50, deadline=None)
def test_whatever_an_old_draft_holds_is_judged_without_raising(field, stored):
    if field.accepts(stored) and not isinstance(field, DocumentKind | Sex):
        assert isinstance(field.show(stored, asking()), str)


def test_every_problem_and_doubt_that_a_field_names_has_its_text():
    """And no text stands unused: each is named by a literal in the code."""
    named = {*get_args(names.Fault), *get_args(certificate.Fault)}
    problems = {f"problem.{fault}" for fault in named}
    doubts = set()
    for call in _calls():
        ids = {
            part.value
            for argument in call.args
            for part in ast.walk(argument)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
        if call.func.id == "Problem":
            problems |= {f"problem.{name}" for name in ids}
        else:
            doubts |= {f"doubt.{name}" for name in ids}

    for language in ("ru", "en"):
        assert problems | doubts <= set(words(language).texts)
        file = LOCALES / language / "LC_MESSAGES" / "fields.po"
        assert set(_OURS.findall(file.read_text("utf-8"))) <= problems | doubts


def _calls():
    for file in Path(dialogs.fields.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Problem" | "Doubt")):
                    yield node


def _kept(reading):
    """Return the value that is kept, doubted or not; none for a problem."""
    match reading:
        case Problem():
            return None
        case Doubt(value, _):
            return value
    return reading
