"""How MAX is reached, and what it is believed."""

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

API: Final = "https://platform-api2.max.ru"

Mode: TypeAlias = Literal["polling", "webhook"]
ContactHash: TypeAlias = Literal["required", "unchecked"]


@dataclass(frozen=True, slots=True)
class MaxSettings:
    """The bot that is spoken for.

    ``webhook_url`` is the address that MAX is to call, with ``webhook_secret`` in a header.
    ``ca_file`` holds roots to trust beside those of the system: MAX has a certificate of the
    Russian ministry's. ``contact_hash`` says whether a shared number must be signed by MAX.
    """

    token: str = field(repr=False)
    api_url: str = API
    mode: Mode = "webhook"
    webhook_secret: str = field(default="", repr=False)
    webhook_url: str = ""
    ca_file: str = ""
    contact_hash: ContactHash = "required"
