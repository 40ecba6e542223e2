"""A desk beside three messengers that nobody calls."""

from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace

from msgspec import structs

from bot import organisation
from bot.assistant import assemble
from bot.channels import max as max_channel
from bot.channels import telegram, whatsapp
from bot.channels.whatsapp import Approved, WhatsAppSettings
from tests.bot.channels.desk import Desk as Arrivals
from tests.bot.channels.desk import Papers, surroundings
from tests.bot.desk.sitting import desk_of, served
from tests.worlds import knowledge

_NOWHERE = "http://127.0.0.1:9"


@asynccontextmanager
async def beside_messengers(store, clock):
    """Serve the desk; MAX may not carry personal data; a template is agreed with WhatsApp."""
    around = surroundings(Arrivals(), Papers())
    agreed = {"moved": {"ru": Approved("polis_moved", "ru")}}
    messengers = [
        telegram.build(telegram.TelegramSettings("42:TOKEN", _NOWHERE), around),
        whatsapp.build(WhatsAppSettings("t", "1", "s", "v", _NOWHERE, templates=agreed), around),
        max_channel.build(max_channel.MaxSettings("t", _NOWHERE, "polling"), around),
    ]
    names, known = [one.name for one in messengers], knowledge()
    templates = organisation.WhatsApp({"moved": {"ru": organisation.Approved("polis_moved", "ru")}})
    known = replace(known, organisation=structs.replace(known.organisation, whatsapp=templates))
    assistant = assemble(known, store, clock, names, withheld=("max",))
    lines = [SimpleNamespace(name=one.name, messenger=one) for one in messengers]
    desk = replace(await desk_of(store, clock), assistant=assistant, lines=lines)
    async with served(desk) as browser:
        yield desk, browser
    for one in messengers:
        await one.close()
