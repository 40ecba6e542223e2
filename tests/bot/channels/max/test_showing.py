"""What an operator sees of MAX before a notice goes."""

from tests.bot.channels.foreseeing import Foreseeing


class TestMax(Foreseeing):
    """All that is so in every messenger."""
