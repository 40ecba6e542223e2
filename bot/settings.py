"""Settings: every word of how the program is to run; `bot.environment` reads them."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec

from bot.texts import LOCALES

Mode: TypeAlias = Literal["polling", "webhook"]
Clearance: TypeAlias = Literal["allow", "link"]


class BadSettings(ValueError):
    """Settings that the program cannot start with; one sentence for whoever runs it."""


class MessengerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the messengers are reached, and what may be said in them.

    A ``…_mode`` is how a messenger's news come; in the mode ``webhook`` it calls
    `Settings.webhook` and proves itself by the secret. ``telegram_forum`` is the id of the
    staff's supergroup, 0 for none; ``telegram_paid_per_second`` is how many notices a second are
    paid for there, 0 for none; ``whatsapp_per_second`` is the throughput that Meta has given the
    number, what comes in included, 0 for the usual one. ``max_ca_file`` holds roots that MAX's
    certificate is checked by beside the system's; ``max_contact_hash`` says whether a shared
    number has to be signed.
    ``personal_data_…`` says whether personal data may go through a channel, or a link to the web
    chat goes in its place.
    """

    telegram_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Mode = "polling"
    telegram_webhook_secret: str = ""
    telegram_forum: int = 0
    telegram_paid_per_second: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    whatsapp_token: str = ""
    whatsapp_phone_number_id: str = ""
    whatsapp_app_secret: str = ""
    whatsapp_verify_token: str = ""
    whatsapp_api_url: str = "https://graph.facebook.com"
    whatsapp_graph_version: str = "v26.0"
    whatsapp_per_second: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    max_token: str = ""
    max_api_url: str = "https://platform-api2.max.ru"
    max_mode: Mode = "polling"
    max_webhook_secret: str = ""
    max_ca_file: str = ""
    max_contact_hash: Literal["required", "unchecked"] = "required"
    personal_data_web: Clearance = "allow"
    personal_data_telegram: Clearance = "allow"
    personal_data_whatsapp: Clearance = "allow"
    personal_data_max: Clearance = "allow"


class Settings(MessengerSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the program is to run; each field is the variable `POLIS_<NAME>`.

    ``secret`` signs cookies (one is made and kept in the database if none is given);
    ``public_url`` is how people reach the server from outside;
    ``organisation`` is the path of the insurer's facts; ``demo`` allows what only a
    demonstration may do; ``history_days`` is how long messages and files are kept,
    ``records_days`` what was filed, agreed to, proven and issued;
    ``files_key`` seals files, several keys parted by commas open what they have sealed
    (without one the secret does both). ``register_url`` is the register of another system,
    ``sms_url`` the gateway of text messages, each with the token it wants.
    """

    database_url: str = "sqlite:///var/polis.db"
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8080
    public_url: str = ""
    secret: str = ""
    files_key: str = ""
    register_url: str = ""
    register_token: str = ""
    sms_url: str = ""
    sms_token: str = ""
    channels: str = "web"
    demo: Annotated[int, msgspec.Meta(ge=0, le=1)] = 0
    organisation: str = ""
    history_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 365
    records_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] = 1825

    def __repr__(self) -> str:
        """Show nothing: the secret and the database's password are inside."""
        return "Settings(…)"

    @property
    def address(self) -> str:
        """Where people reach the server."""
        return self.public_url.rstrip("/") or f"http://{self.http_host}:{self.http_port}"

    @property
    def channel_names(self) -> tuple[str, ...]:
        """Return the channels that are switched on."""
        names = (name.strip() for name in self.channels.split(","))
        return tuple(dict.fromkeys(filter(None, names)))

    def webhook(self, channel: str) -> str:
        """Return the address that a messenger is to call, empty when it is polled."""
        modes = {"telegram": self.telegram_mode, "whatsapp": "webhook", "max": self.max_mode}
        return f"{self.address}/{channel}/webhook" if modes[channel] == "webhook" else ""

    def clearance(self, channel: str) -> Clearance:
        """Tell whether personal data may travel in a channel."""
        cleared: dict[str, Clearance] = {
            "telegram": self.personal_data_telegram,
            "whatsapp": self.personal_data_whatsapp,
            "max": self.personal_data_max,
        }
        return cleared.get(channel, "allow")

    @property
    def files_keys(self) -> tuple[str, ...]:
        """Return the keys that open files; the first one also seals."""
        return tuple(filter(None, (key.strip() for key in self.files_key.split(","))))

    def sealing_keys(self, kept: str) -> tuple[str, ...]:
        """List the keys of what is sealed: secrets last, for what was sealed before keys were set.

        ``kept`` is the secret that the database was given at its first start.
        """
        return (*self.files_keys, *filter(None, (self.secret, kept)))

    @property
    def organisation_file(self) -> Path:
        """Return the insurer's file, the demonstration's if none is named."""
        if self.organisation:
            return Path(self.organisation)
        return LOCALES / "demonstration" / "organisation.toml"
