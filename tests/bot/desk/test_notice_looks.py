"""A draft's page shows what each messenger will show, and says plainly what it cannot show."""

import re

import pytest

from tests.bot.desk.looking import beside_messengers
from tests.bot.desk.sitting import hire, words_of
from tests.bot.desk.test_notices import clock, write

__all__ = ["clock"]


@pytest.fixture
async def sitting(store, clock):
    """Sign an operator in."""
    async with beside_messengers(store, clock) as (desk, browser):
        _, secret = await hire(desk, "pavel", "operator")
        sitting = browser()
        await sitting.sign_in("pavel", secret)
        yield sitting


async def shown(sitting, **more):
    """Write a notice; return what its page says of its looks, channel by channel."""
    _, page, _ = await sitting.get(await write(sitting, **more))
    looks = page.partition("Как это придёт")[2].partition("<section")[0]
    parts = re.split(r'<article class="look">\s*<header><b>([^<]+)</b>', looks)
    return dict(zip(parts[1::2], map(words_of, parts[2::2]), strict=True)), words_of(looks)


async def test_each_channel_is_shown_with_its_messages_and_buttons(sitting):
    looks, _ = await shown(sitting, **{"question.ru": "Вам удобно?", "answers.ru": "Да\nНет"})
    assert list(looks) == ["Сайт", "Telegram", "WhatsApp", "MAX"]
    for words in looks.values():
        assert words.startswith("1 сообщение Мы переехали. Вам удобно?")
        assert "Да Нет" in words
    assert ["Чтобы" in words or "стоп" in words for words in looks.values()] == [True] * 4


async def test_who_has_not_written_to_whatsapp_for_a_day_gets_nothing_and_it_is_said(sitting):
    looks, _ = await shown(sitting)
    assert "Кто не писал сюда больше суток: Не придёт: не писали больше суток" in looks["WhatsApp"]
    assert "Кто не писал" not in looks["Telegram"] + looks["MAX"]


async def test_a_template_is_named_and_its_words_are_said_to_be_elsewhere(sitting):
    looks, _ = await shown(sitting, template="moved")
    assert "Согласованный шаблон polis_moved (ru)" in looks["WhatsApp"]
    assert "здесь они не видны" in looks["WhatsApp"]
    assert "Картинка и кнопки уведомления с шаблоном не приходят" in looks["WhatsApp"]


async def test_a_channel_that_may_not_carry_a_name_is_left_out_and_that_is_said(sitting):
    looks, words = await shown(sitting, **{"text.ru": "{name|Здравствуйте}! Мы переехали."})
    assert "MAX" not in looks
    assert "MAX: не придёт, личное по этому каналу нельзя." in words
    assert "Анна! Мы переехали." in looks["Telegram"]


async def test_a_language_of_its_own_is_shown_apart(sitting):
    _, words = await shown(sitting, **{"text.en": "We have moved."})
    assert words.count("Мы переехали.") == words.count("We have moved.") == 4


async def test_what_does_not_fit_one_message_is_counted(sitting):
    long = " ".join(["Мы переехали."] * 200)
    looks, _ = await shown(sitting, **{"text.ru": long, "answers.ru": "Да", "question.ru": "Да?"})
    assert looks["Telegram"].startswith("1 сообщение")
    assert looks["WhatsApp"].startswith("2 сообщения")


async def test_who_approves_sees_what_they_answer_for(sitting):
    """A notice that waits for approval is shown as it was to whoever wrote it."""
    address = await write(sitting)
    assert (await sitting.post(f"{address}/submit"))[0] == 303
    _, page, _ = await sitting.get(address)
    assert "согласовани" in words_of(page)
    assert page.count('class="look"') == 4
