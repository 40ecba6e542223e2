import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import shorten, split, split_before, utf16


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, ()),
        (" \n ", 10, ()),
        ("Полис готов.", 12, ("Полис готов.",)),
        ("Раз, два.\n\nТри, четыре.", 15, ("Раз, два.", "Три, четыре.")),
        ("Что взять:\n• паспорт\n• СНИЛС", 22, ("Что взять:\n• паспорт", "• СНИЛС")),
        ("Полис готов. Возьмите паспорт.", 20, ("Полис готов.", "Возьмите паспорт.")),
        ("Готово? Тогда приходите.", 20, ("Готово?", "Тогда приходите.")),
        ("«Заберите полис.» Он готов.", 20, ("«Заберите полис.»", "Он готов.")),
        ("Приходите на ул. Ленина завтра", 24, ("Приходите на ул. Ленина", "завтра")),
        ("Позвоните И. И. Иванову", 18, ("Позвоните И. И.", "Иванову")),
        ("абвгдеёжзи", 4, ("абвг", "деёж", "зи")),
        ("й" * 5, 5, ("й" * 5,)),
        ("абв👩‍👩‍👧где", 8, ("абв", "👩‍👩‍👧", "где")),
        ("👍👍👍", 3, ("👍", "👍", "👍")),
    ],
)
def test_a_text_is_parted_where_a_reader_pauses(text, limit, pieces):
    assert split(text, limit) == pieces


def test_a_greater_pause_near_the_beginning_is_passed_over():
    """Pieces are not crumbs: a short heading stays with what follows it."""
    text = "Да.\n\nПервое длинное предложение. Второе предложение."

    assert split(text, 40) == ("Да.\n\nПервое длинное предложение.", "Второе предложение.")


@given(st.text(max_size=300), st.integers(2, 60))
def test_pieces_fit_and_lose_nothing_but_white_space(text, limit):
    pieces = split(text, limit)

    assert all(utf16(piece) <= limit for piece in pieces)
    assert all(piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=300), st.integers(10, 60), st.integers(2, 10))
def test_the_last_piece_leaves_room_for_what_hangs_on_it(text, limit, last):
    pieces = split_before(text, limit, last)

    assert all(utf16(piece) <= limit for piece in pieces)
    assert not pieces or utf16(pieces[-1]) <= last
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=80), st.integers(2, 40))
def test_what_must_be_one_piece_is_cut_with_an_ellipsis(text, limit):
    short = shorten(text, limit)

    assert utf16(short) <= limit
    assert short == text or short.endswith("…")
