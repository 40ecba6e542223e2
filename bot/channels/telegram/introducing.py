"""What the bot says of itself in Telegram: its menu of commands and its profile."""

from collections.abc import Mapping
from typing import Final

from aiogram.methods import (
    GetChatMenuButton,
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.types import BotCommand, MenuButtonCommands

from bot.channels.commands import menu
from bot.channels.telegram.calling import Calls
from dialogs.words import Words

_DEFAULT: Final = "ru"
"""Whose words are shown to people of a language that there are no words in."""


async def introduce(calls: Calls, words: Mapping[str, Words]) -> None:
    """Set what is not as it should be; raises `Undelivered`.

    Only what changed is set, for Telegram allows few changes of a profile. The bot's name and
    its picture are its owner's affair, in @BotFather.
    """
    for code in (None, *words):
        spoken = words[code or _DEFAULT]
        await _list_commands(calls, code, spoken)
        await _describe(calls, code, spoken)
    button = await calls(GetChatMenuButton())
    if not isinstance(button, MenuButtonCommands):
        await calls(SetChatMenuButton(menu_button=MenuButtonCommands()))


async def _list_commands(calls: Calls, code: str | None, words: Words) -> None:
    wanted = {name: words(f"messenger.command.{name}") for name in menu(words.language)}
    found = await calls(GetMyCommands(language_code=code))
    if {one.command: one.description for one in found} != wanted:
        commands = [BotCommand(command=name, description=text) for name, text in wanted.items()]
        await calls(SetMyCommands(commands=commands, language_code=code))


async def _describe(calls: Calls, code: str | None, words: Words) -> None:
    """Say what the bot is: before the first message, and where it is found or shared."""
    full, short = words("telegram.description"), words("telegram.short_description")
    if (await calls(GetMyDescription(language_code=code))).description != full:
        await calls(SetMyDescription(description=full, language_code=code))
    found = await calls(GetMyShortDescription(language_code=code))
    if found.short_description != short:
        await calls(SetMyShortDescription(short_description=short, language_code=code))
