"""A notice in a file of its own, TOML, for scripts: see `docs/notices.md`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from bot.importing.reading import BadFile
from dialogs.notices.content import Conditions, Content, Kind, Wording


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    question: str = ""
    answers: tuple[str, ...] = ()


class _To(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    insured: bool | None = None
    terms: bool = False
    applications: tuple[str, ...] = ()
    seen_since: datetime | None = None
    seen_before: datetime | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    kind: Kind
    text: dict[str, _Text]
    to: _To = _To()
    fallback: str = "ru"
    buttons: tuple[str, ...] = ()
    template: str = ""
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    in_stages: bool = True
    brake: int = 5
    budget: int = 3


def read_notice(file: Path, zone: ZoneInfo) -> Content:
    """Read a notice; moments without an offset are of the zone. Raises `BadFile`."""
    try:
        told = msgspec.toml.decode(file.read_bytes(), type=_File)
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{file.name}: {error}") from error
    return Content(
        told.title,
        told.kind,
        {name: Wording(one.text, one.question, one.answers) for name, one in told.text.items()},
        told.fallback,
        Conditions(
            told.to.channels,
            told.to.languages,
            told.to.regions,
            told.to.insured,
            told.to.terms,
            told.to.applications,
            _in(zone, told.to.seen_since),
            _in(zone, told.to.seen_before),
        ),
        told.buttons,
        told.template,
        _in(zone, told.starts_at),
        zone.key,
        _in(zone, told.expires_at),
        told.in_stages,
        told.brake,
        told.budget,
    )


def _in(zone: ZoneInfo, moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo:
        return moment
    return moment.replace(tzinfo=zone)
