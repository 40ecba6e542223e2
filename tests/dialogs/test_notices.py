"""A notice as a value."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.notices.content import Conditions, Content, Listed, Results, Wording, dump, load
from dialogs.notices.placeholders import bare, fill, is_balanced, names_in

WORDS = st.text(max_size=20)
MOMENTS = st.none() | st.datetimes(datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 — hypothesis adds the zone
NAMES = st.lists(WORDS, max_size=3).map(tuple)
AUDIENCES = st.one_of(
    st.builds(
        Conditions, NAMES, NAMES, NAMES, st.none() | st.booleans(), st.booleans(), NAMES, MOMENTS,
        MOMENTS,
    ),
    st.just(Listed()),
    st.builds(Results, st.integers(1, 99), NAMES, NAMES, st.booleans()),
)  # fmt: skip
CONTENTS = st.builds(
    Content,
    WORDS,
    st.sampled_from(["duty", "service", "advertising"]),
    st.dictionaries(st.sampled_from(["ru", "en"]), st.builds(Wording, WORDS, WORDS, NAMES)),
    audience=AUDIENCES,
    buttons=NAMES,
    starts_at=MOMENTS,
    expires_at=MOMENTS,
    in_stages=st.booleans(),
)


@given(CONTENTS)
def test_a_notice_survives_being_stored(content):
    assert load(json.loads(json.dumps(dump(content)))) == content


@pytest.mark.parametrize("state", [{}, None, {"title": 1}, {"title": "т", "kind": "spam"}])
def test_what_is_no_notice_is_refused(state):
    with pytest.raises(ValueError, match="no such notice"):
        load(state)


def test_who_speaks_another_language_gets_the_fallback():
    content = Content("т", "duty", {"ru": Wording("да"), "en": Wording("yes")})
    assert content.wording("en") == ("en", Wording("yes"))
    assert content.wording("tt") == ("ru", Wording("да"))


def test_placeholders_give_way_to_what_stands_behind_them():
    text = "{name|Здравствуйте}! Звоните: {phone}."
    assert names_in(text) == {"name", "phone"}
    assert bare(text) == {"phone"}
    assert fill(text, {"name": "Анна", "phone": "8-800"}) == "Анна! Звоните: 8-800."
    assert fill(text, {"name": "", "phone": "8-800"}) == "Здравствуйте! Звоните: 8-800."
    assert fill(text, {"phone": "8-800"}).startswith("{name|Здравствуйте}!")


@pytest.mark.parametrize("text", ["{name", "name}", "{{name}}", "{na me}", "{a|b|{c}}"])
def test_a_brace_too_many_is_seen(text):
    assert not is_balanced(text)
