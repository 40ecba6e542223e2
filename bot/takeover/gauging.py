"""How the desk stands, for whoever watches the program."""

from datetime import datetime

from bot.metrics import Metrics
from storage.db import Store


async def gauge(store: Store, metrics: Metrics, now: datetime) -> None:
    """Set the gauges of the queue."""
    async with store.look() as look:
        standing = await look.desk_standing()
    metrics.talks_waiting.set(standing.waiting)
    metrics.talks_led.set(standing.led)
    oldest = standing.oldest_since
    metrics.oldest_wait.set((now - oldest).total_seconds() if oldest else 0)
