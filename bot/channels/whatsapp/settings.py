"""How WhatsApp is reached, and the wordings that were agreed with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

GRAPH: Final = "https://graph.facebook.com"
GRAPH_VERSION: Final = "v26.0"


@dataclass(frozen=True, slots=True)
class Approved:
    """A template as it was approved: its name at WhatsApp, and the code of its language."""

    name: str
    language: str


Templates = Mapping[str, Mapping[str, Approved]]
"""Approved templates by our own name and language of what they say."""


@dataclass(frozen=True, slots=True)
class WhatsAppSettings:
    """The account that is spoken for.

    ``token`` is sent with every call; ``app_secret`` signs what arrives; ``verify_token`` is
    what the console of the app was told. ``phone_number_id`` is WhatsApp's name of our number;
    ``per_second`` is the throughput it was given, 0 for the usual one.
    """

    token: str = field(repr=False)
    phone_number_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    api_url: str = GRAPH
    graph_version: str = GRAPH_VERSION
    templates: Templates = field(default_factory=dict)
    per_second: float = 0.0

    @property
    def graph(self) -> str:
        """Return the address that the paths of all calls begin with."""
        return f"{self.api_url.rstrip('/')}/{self.graph_version}"

    @property
    def number(self) -> str:
        """Return the address of our number."""
        return f"{self.graph}/{self.phone_number_id}"
