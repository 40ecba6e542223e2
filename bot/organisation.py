"""The insurer's own facts, read from its file: names, phones, offices, hours."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from babel.dates import format_interval, get_day_names

from bot.extract.layout import Layout
from bot.texts import LANGUAGES
from dialogs.hours import Desk, Open
from dialogs.hours import Hours as OpenHours
from dialogs.words import Words
from dialogs.world import Promises

_SOON = timedelta(days=14)  # exceptions from the weekly hours are told this long before
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOSED = "closed"

ByLanguage = dict[str, str]
Hours = Annotated[str, msgspec.Meta(pattern=r"^(closed|\d\d:\d\d-\d\d:\d\d)$")]


class BadOrganisation(ValueError):
    """An organisation file that cannot be used; one sentence for whoever runs the program."""


class Insurer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the assistant speaks for."""

    name: ByLanguage
    short_name: ByLanguage
    registry_code: str
    regions: list[str]
    site: str
    email: str
    checked: date | None = None


class Fund(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The territorial fund of the region."""

    name: ByLanguage
    phone: str
    site: str
    checked: date | None = None


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that receives people; ``hours`` are words."""

    city: ByLanguage
    address: ByLanguage
    hours: ByLanguage
    checked: date | None = None


class Exceptional(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One day whose hours differ from those of the week."""

    day: date
    hours: Hours


class WeeklyHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When people answer; each value is ``HH:MM-HH:MM`` or ``closed``."""

    mon: Hours
    tue: Hours
    wed: Hours
    thu: Hours
    fri: Hours
    sat: Hours
    sun: Hours
    exceptions: tuple[Exceptional, ...] = ()
    checked: date | None = None

    @property
    def calendar(self) -> OpenHours:
        """Return the hours as the one calendar that texts and terms are reckoned by."""
        return OpenHours(
            tuple(_span(getattr(self, day)) for day in _WEEK),
            {one.day: _span(one.hours) for one in self.exceptions},
        )


class Representatives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is expected of those who answer in chats, in minutes.

    Within ``answer_minutes`` somebody answers who was called, within ``urgent_minutes`` when the
    person is in distress; who leads a dialog and owes an answer for ``lease_minutes`` loses it.
    """

    answer_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 15
    urgent_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 5
    lease_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 10


class Promised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is promised and asked for applications, in working days."""

    review_working_days: Annotated[int, msgspec.Meta(ge=1, le=60)] = 3
    clarification_working_days: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    checked: date | None = None


class Approved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template that WhatsApp has approved: its name and the code of its language there."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,512}$")]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-zA-Z_]{2,15}$")]


class WhatsApp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was agreed with WhatsApp: templates by our name of what they say, and by language."""

    templates: dict[str, dict[str, Approved]] = {}


class Notices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of notices: to more than ``approval_above`` people another person approves."""

    approval_above: Annotated[int, msgspec.Meta(ge=0)] = 100


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of the file; ``checked`` is when somebody last made sure of it."""

    checked: date
    time_zone: str
    insurer: Insurer
    phones: dict[str, str]
    hours: WeeklyHours
    fund: Fund
    offices: tuple[Office, ...]
    promises: Promised = Promised()
    representatives: Representatives = Representatives()
    extract: Layout = Layout()
    whatsapp: WhatsApp = WhatsApp()
    notices: Notices = Notices()

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which the hours are told."""
        return ZoneInfo(self.time_zone)

    @property
    def terms(self) -> Promises:
        """Return what the assistant may promise in the organisation's name."""
        return Promises(self.promises.review_working_days, self.promises.clarification_working_days)

    @property
    def desk(self) -> Desk:
        """Return when and how fast representatives answer, by the hours that texts tell."""
        wanted = self.representatives
        minutes = (wanted.answer_minutes, wanted.urgent_minutes, wanted.lease_minutes)
        return Desk(self.hours.calendar, *(timedelta(minutes=one) for one in minutes))

    def values(self, words: Words, today: date) -> dict[str, str]:
        """Return what fills the placeholders of answers in the language of the words."""
        language = words.language
        return {
            "insurer": self.insurer.name[language],
            "registry_code": self.insurer.registry_code,
            "phone": self.phones["main"],
            "hours": _hours(self.hours, words, today),
            "offices": "\n".join(f"• {_office(office, language)}" for office in self.offices),
            "site": self.insurer.site,
            "email": self.insurer.email,
            "fund": self.fund.name[language],
            "fund_phone": self.fund.phone,
        }


def read_organisation(file: Path) -> Organisation:
    """Read and check the file; raises `BadOrganisation`."""
    try:
        organisation = msgspec.toml.decode(file.read_bytes(), type=Organisation)
        ZoneInfo(organisation.time_zone)
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as error:
        raise BadOrganisation(f"{file.name}: {error}") from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadOrganisation(f"{file.name}: no such time zone") from error
    try:
        organisation.hours.calendar  # noqa: B018 — built once, so that an hour 25 is found here
    except ValueError as error:
        raise BadOrganisation(f"{file.name}: [hours]: {error}") from error
    if "main" not in organisation.phones:
        raise BadOrganisation(f"{file.name}: [phones] needs a number named main")
    for name, by_language in organisation.whatsapp.templates.items():
        unknown = sorted(set(by_language) - set(LANGUAGES))
        if unknown:
            raise BadOrganisation(
                f"{file.name}: whatsapp.templates.{name}: no language {unknown[0]}"
            )
    for name, said in _said(organisation).items():
        missing = [language for language in LANGUAGES if not said.get(language)]
        if missing:
            raise BadOrganisation(f"{file.name}: {name} lacks {', '.join(missing)}")
    return organisation


def _said(organisation: Organisation) -> Mapping[str, ByLanguage]:
    """List what is said to people, and so needed in every language."""
    said = {
        "insurer.name": organisation.insurer.name,
        "insurer.short_name": organisation.insurer.short_name,
        "fund.name": organisation.fund.name,
    }
    if organisation.extract.title:
        said["extract.title"] = organisation.extract.title
    for number, office in enumerate(organisation.offices, 1):
        said |= {
            f"office {number} city": office.city,
            f"office {number} address": office.address,
            f"office {number} hours": office.hours,
        }
    return said


def _office(office: Office, language: str) -> str:
    return f"{office.city[language]}, {office.address[language]}: {office.hours[language]}"


def _hours(hours: WeeklyHours, words: Words, today: date) -> str:
    """Write the week with equal days together, then the exceptions that are near."""
    days = get_day_names("abbreviated", locale=words.language)
    parts = []
    for open_hours, alike in groupby(range(7), lambda day: getattr(hours, _WEEK[day])):
        same = list(alike)
        names = days[same[0]] if len(same) == 1 else f"{days[same[0]]}–{days[same[-1]]}"
        parts.append(f"{names} {_open(open_hours, words)}")
    near = sorted(
        (one for one in hours.exceptions if today <= one.day <= today + _SOON),
        key=lambda one: one.day,
    )
    # Days in a row with equal hours have equal distances from their places in the list.
    runs = groupby(enumerate(near), lambda it: (it[1].day.toordinal() - it[0], it[1].hours))
    for (_, open_hours), group in runs:
        first, *_, last = [one for _, one in group] * 2
        days_in_words = format_interval(first.day, last.day, "MMMMd", locale=words.language)
        parts.append(f"{days_in_words} {_open(open_hours, words)}")
    return ", ".join(parts)


def _span(hours: str) -> Open | None:
    if hours == _CLOSED:
        return None
    begins, ends = hours.split("-")
    return time.fromisoformat(begins), time.max if ends == "24:00" else time.fromisoformat(ends)


def _open(hours: str, words: Words) -> str:
    if hours == _CLOSED:
        return words("hours.closed")
    return "–".join(one.removeprefix("0") for one in hours.split("-"))
