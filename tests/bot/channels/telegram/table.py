"""Where arrivals and documents lie in memory."""

import asyncio

from tests.kit.checks.asking import picture


class Desk:
    """Takes arrivals, each key once; ``fault`` is raised as often as it says."""

    def __init__(self):
        self.taken = []
        self.refusals = []
        self.faults = []
        self._keys = set()
        self._news = asyncio.Condition()

    async def take(self, arrivals):
        """Lay arrivals on the table."""
        if self.faults:
            raise self.faults.pop(0)
        for arrival in arrivals:
            if arrival.letter.key not in self._keys:
                self._keys.add(arrival.letter.key)
                self.taken.append(arrival)
        async with self._news:
            self._news.notify_all()

    async def confirm(self, channel, receipts):
        """Fail: there are no receipts in Telegram."""
        raise AssertionError("Telegram tells nothing of messages")

    def refused(self, channel, why):
        """Count a request that was turned away."""
        self.refusals.append((channel, why))

    @property
    def incoming(self):
        """What happened, in order."""
        return [arrival.letter.incoming for arrival in self.taken]

    async def until(self, count):
        """Wait for so many arrivals."""
        async with asyncio.timeout(20), self._news:
            await self._news.wait_for(lambda: len(self.taken) >= count)


class Papers:
    """Draws documents by their name."""

    def __init__(self):
        self.drawn = []
        self.sizes = {"photo:file-1": (600, 400), "photo:notice-1": (600, 400)}

    async def document(self, channel, chat, name):
        """Draw a file."""
        self.drawn.append(name)
        if name == "application:gone":
            return None
        if name.startswith("calendar:"):
            return b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        return b"%PDF-1.7 " + name.encode()

    async def picture(self, channel, chat, name):
        """Draw a picture, of some documents only."""
        self.drawn.append(name)
        if name in self.sizes:
            return picture(*self.sizes[name], "JPEG")
        return picture(600, 800, "PNG") if name == "extract:K7QM" else None
