"""Reads the settings: environment variables with the prefix `POLIS_`, also from a `.env` file."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from dotenv import dotenv_values

from bot.contradictions import contradiction
from bot.settings import BadSettings, Settings

PREFIX = "POLIS_"


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
    wrong = contradiction(settings)
    if wrong:
        raise BadSettings(wrong)
    return settings
