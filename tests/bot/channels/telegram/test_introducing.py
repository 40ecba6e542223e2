"""What the bot says of itself, in which language, and how often."""

from bot.channels.commands import heard, menu
from dialogs.incoming import Pressed
from tests.bot.channels.telegram.conftest import run

FEW = {"setmycommands", "setmydescription", "setmyshortdescription", "setchatmenubutton"}


async def introduced(server, telegram):
    """Start once; return what was set."""
    before = len(server.calls)
    async with run(telegram):
        await server.until(lambda: "getupdates" in names(server.calls[before:]))
    return [name for name in names(server.calls[before:]) if name in FEW]


def names(calls):
    return [call.name for call in calls]


async def test_the_menu_and_the_profile_are_set_for_every_language(server, telegram, words):
    await introduced(server, telegram)
    assert set(server.commands) == {"", "ru", "en"}
    assert server.commands["ru"][0] == ("menu", "Меню: с чего начать")
    assert server.commands["en"][-1] == ("russian", "Перейти на русский")
    assert server.commands[""] == server.commands["ru"]
    assert server.profile["description", "en"] == words["en"]("telegram.description")
    assert server.profile["short_description", ""] == words["ru"]("telegram.short_description")
    assert server.profile["menu", ""] == "commands"
    assert server.violations == []


async def test_a_second_start_sets_nothing(server, telegram):
    """Telegram allows few changes of a profile."""
    assert len(await introduced(server, telegram)) == 10
    assert await introduced(server, telegram) == []


async def test_only_what_is_not_as_it_should_be_is_set(server, telegram):
    await introduced(server, telegram)
    server.profile["description", "en"] = "Buy cheap insurance"
    assert await introduced(server, telegram) == ["setmydescription"]


async def test_a_bot_that_cannot_be_introduced_still_answers(server, telegram, desk):
    server.fail("500", 1, "getMyCommands")
    async with run(telegram):
        server.start("anna")
        await desk.until(1)


def test_every_command_of_the_menu_does_something():
    """None of them is taken for words."""
    for language in ("ru", "en"):
        for name in menu(language):
            assert isinstance(heard(f"/{name}"), Pressed), name
