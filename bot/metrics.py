"""What is counted for whoever runs the program; labels never hold what people said."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The program's own counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "polis_turns",
            "Events taken, by outcome",
            ("channel", "outcome"),
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "polis_turn_seconds",
            "From the arrival of an event to its commit",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=self.registry,
        )
        self.batch = Histogram(
            "polis_batch_turns",
            "Turns committed together",
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=self.registry,
        )
        self.waiting = Gauge(
            "polis_turns_waiting", "Events not yet committed", registry=self.registry
        )
        self.sent = Counter(
            "polis_sent", "Messages sent", ("channel", "lane"), registry=self.registry
        )
        self.lag = Histogram(
            "polis_send_seconds",
            "From a message's turn to its delivery",
            ("channel", "lane"),
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 600, 3600),
            registry=self.registry,
        )
        self.missed = Counter(
            "polis_reminders_missed",
            "Reminders that came too late to be said, or were folded into a later one",
            ("kind",),
            registry=self.registry,
        )
        self.undelivered = Counter(
            "polis_undelivered",
            "Sends that failed, by what was done next",
            ("channel", "failure"),
            registry=self.registry,
        )
        self.held = Gauge(
            "polis_channel_held",
            "Whether the messenger wants silence of the whole bot",
            ("channel",),
            registry=self.registry,
        )
        self.up = Gauge(
            "polis_channel_up",
            "Whether this process sends and receives for the channel",
            ("channel",),
            registry=self.registry,
        )
        self.receipts = Counter(
            "polis_receipts",
            "What messengers told of messages",
            ("channel", "state"),
            registry=self.registry,
        )
        self.unwelcome = Counter(
            "polis_updates_refused",
            "Requests of messengers that were forged, malformed or too large",
            ("channel", "why"),
            registry=self.registry,
        )
        self.extracts = Counter(
            "polis_extracts",
            "Extracts asked for, by what came of it; an increase of mismatch is an alarm",
            ("outcome",),
            registry=self.registry,
        )
        self.talks_waiting = Gauge(
            "polis_talks_waiting", "Citizens who wait for a representative", registry=self.registry
        )
        self.oldest_wait = Gauge(
            "polis_talks_oldest_wait_seconds",
            "How long the first of them has waited",
            registry=self.registry,
        )
        self.talks_led = Gauge(
            "polis_talks_led", "Talks that representatives have", registry=self.registry
        )
        self.first_reply = Histogram(
            "polis_talks_first_reply_seconds",
            "From a citizen's call to the first words of a representative",
            buckets=(30, 60, 120, 300, 600, 900, 1800, 3600, 14_400, 86_400),
            registry=self.registry,
        )
        self.refused = Counter(
            "polis_http_refused", "Requests refused, by status", ("status",), registry=self.registry
        )

    def page(self) -> bytes:
        """Write everything in the text format of Prometheus."""
        return generate_latest(self.registry)
