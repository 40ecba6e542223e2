"""The errand of looking for a paper policy in photos that somebody has sent."""

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from bot.errands import Do
from bot.letters import Answer
from bot.safekeeping import Safe
from bot.scanning.scanner import Scanner
from dialogs.incoming import Scanned
from dialogs.paper import Instead, PaperPolicy
from storage.errands import Claimed, Kind

_MOST: Final = 5  # photos of one message; each may take three seconds

_log = logging.getLogger(__name__)


class ScanErrand:
    """Reads photos in a thread of its own; ``today`` is the day it is where the insurer is."""

    def __init__(self, safe: Safe, scanner: Scanner, today: Callable[[], date]) -> None:
        self._safe = safe
        self._scanner = scanner
        self._today = today

    def doers(self) -> Mapping[Kind, Do]:
        """Say who does what."""
        return {"scan": self._scan}

    async def _scan(self, claimed: Claimed) -> Answer:
        wish = claimed.errand.wish["files"]
        files = tuple(map(str, wish)) if isinstance(wish, list) else ()
        try:
            seen = [await self._look(claimed, name) for name in files[:_MOST]]
        except Exception as error:  # noqa: BLE001 — ours; the person is told and goes on typing
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.error("a photo was not looked at: %s\n%s", type(error).__name__, place)
            return Scanned(files, instead="failed")
        policies = [one for one in seen if isinstance(one, PaperPolicy)]
        if policies:
            return Scanned(files, policies[0])
        others = [one for one in seen if not isinstance(one, PaperPolicy) and one != "nothing"]
        return Scanned(files, instead=others[0] if others else "nothing")

    async def _look(self, claimed: Claimed, name: str) -> PaperPolicy | Instead:
        found = await self._safe.fetch(claimed.channel, claimed.address, name)
        if found is None:
            return "failed"
        _, content = found
        return await self._scanner.scan(content, self._today())
