"""Questions that ask the same stand together; others do not; nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.faq.likeness import Asked, grouped


def _asked(*texts, language="ru"):
    return [Asked(number, language, text) for number, text in enumerate(texts)]


def test_the_same_question_in_other_words_endings_and_order_is_one():
    questions = _asked(
        "можно ли оформить полис на собаку",
        "полис на собак оформляете?",
        "где принимает стоматолог в субботу",
        "хочу оформить собаке полис",
        "в субботу стоматолог принимает?",
    )
    assert grouped(questions) == [[0, 1, 3], [2, 4]]


def test_words_that_all_have_bind_nobody():
    questions = _asked(
        "полис и загранпаспорт", "полис и ипотека", "полис и каско", "полис и рыбалка"
    )
    assert len(grouped(questions)) == 4


def test_languages_stay_apart():
    ru, en = Asked(1, "ru", "polis"), Asked(2, "en", "polis")
    assert grouped([ru, en]) == [[1], [2]]


def test_what_has_no_words_is_like_itself_alone():
    assert grouped(_asked("???", "!!", "??? ", "")) == [[0, 2], [1], [3]]


@given(st.lists(st.text(max_size=40), max_size=30))
def test_each_question_is_in_one_group_and_groups_keep_the_order(texts):
    groups = grouped(_asked(*texts))
    assert sorted(number for group in groups for number in group) == list(range(len(texts)))
    assert all(group == sorted(group) for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    for group in groups:  # whoever asks the very same is in the same group
        assert not any(
            texts[number] == texts[group[0]]
            for other in groups
            if other != group
            for number in other
        )
