"""What an operator sees of WhatsApp before a notice goes."""

from datetime import timedelta

from bot.channels.base import Situation
from bot.channels.bubbles import Bubble
from dialogs.effects import Button, Template
from dialogs.message import Message
from tests.bot.channels.desk import utc_now
from tests.bot.channels.foreseeing import Foreseeing

PLACES = tuple(Button(f"p:{place}", place) for place in ("Дом", "Работа", "Учёба", "Дача"))


class TestWhatsApp(Foreseeing):
    """All that is so in every messenger."""


async def test_of_an_agreed_template_its_name_is_shown_and_no_words_of_ours(whatsapp):
    said = Message(1, "assistant", utc_now(), "Мы переехали", template=Template("moved"))
    late = Situation("ru", utc_now(), utc_now() - timedelta(days=2), is_notice=True)
    (call,) = whatsapp.write(said, late)
    assert whatsapp.show(call) == Bubble(template="polis_moved (ru)")


async def test_a_list_is_shown_with_the_button_that_opens_it(whatsapp):
    said = Message(1, "assistant", utc_now(), "Куда?", buttons=PLACES)
    (call,) = whatsapp.write(said, Situation("ru", utc_now(), utc_now()))
    shown = whatsapp.show(call)
    assert (shown.text, shown.opening) == ("Куда?", "Выбрать")
    assert len(shown.buttons) == len(PLACES)
