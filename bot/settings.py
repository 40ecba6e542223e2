"""Settings: environment variables with the prefix `POLIS_`, also from a `.env` file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from dotenv import dotenv_values

from bot.texts import LOCALES

PREFIX = "POLIS_"
CHANNELS = ("web",)
_SHORTEST_SECRET = 16
_SHORTEST_FILES_KEY = 32


class BadSettings(ValueError):
    """Settings that the program cannot start with; one sentence for whoever runs it."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the program is to run; each field is the variable `POLIS_<NAME>`.

    ``secret`` signs cookies (one is made and kept in the database if none is given);
    ``public_url`` is how people reach the server from outside;
    ``organisation`` is the path of the insurer's facts; ``demo`` allows what only a
    demonstration may do; ``history_days`` is how long messages and files are kept;
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
        return tuple(filter(None, (name.strip() for name in self.channels.split(","))))

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


def read_settings(environment: Mapping[str, str], dotenv: Path = Path(".env")) -> Settings:
    """Read the settings; raises `BadSettings` for what is unknown, malformed or contradictory."""
    given = {**_from_file(dotenv), **environment}
    named = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in given.items()
        if name.startswith(PREFIX) and value is not None
    }
    unknown = sorted(set(named) - set(Settings.__struct_fields__))
    if unknown:
        raise BadSettings(f"unknown setting {PREFIX}{unknown[0].upper()}; see docs/settings.md")
    try:
        settings = msgspec.convert(named, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings(_readable(error)) from error
    return _checked(settings)


def _from_file(dotenv: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(dotenv) if dotenv.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{dotenv} cannot be read: {error}") from error


def _readable(error: msgspec.ValidationError) -> str:
    problem, _, place = str(error).partition(" - at `$.")
    name = place.rstrip("`")
    return f"{PREFIX}{name.upper()}: {problem[:1].lower()}{problem[1:]}"


def _checked(settings: Settings) -> Settings:
    for name in settings.channel_names:
        if name not in CHANNELS:
            raise BadSettings(f"POLIS_CHANNELS names {name}; known: {', '.join(CHANNELS)}")
    if not settings.channel_names:
        raise BadSettings("POLIS_CHANNELS is empty; name at least one channel")
    if settings.public_url and not settings.public_url.startswith(("http://", "https://")):
        raise BadSettings("POLIS_PUBLIC_URL must begin with http:// or https://")
    if settings.organisation and not settings.organisation_file.is_file():
        raise BadSettings(f"POLIS_ORGANISATION names {settings.organisation}, which is no file")
    for name, url in (("REGISTER", settings.register_url), ("SMS", settings.sms_url)):
        if url and not url.startswith(("http://", "https://")):
            raise BadSettings(f"POLIS_{name}_URL must begin with http:// or https://")
    if settings.secret and len(settings.secret) < _SHORTEST_SECRET:
        raise BadSettings(f"POLIS_SECRET is too short: {_SHORTEST_SECRET} characters at least")
    if any(len(key) < _SHORTEST_FILES_KEY for key in settings.files_keys):
        raise BadSettings(
            f"POLIS_FILES_KEY is too short: each key has {_SHORTEST_FILES_KEY} characters at least"
        )
    return settings
