"""What MAX shows of us before anything is said: the menu of commands; pure."""

from bot.channels.commands import menu
from dialogs.json import Json
from dialogs.words import Words


def commands(words: Words) -> list[dict[str, Json]]:
    """List the commands; MAX has one list for people of all languages."""
    return [
        {"name": name, "description": words(f"messenger.command.{name}")}
        for name in menu(words.language)
    ]
