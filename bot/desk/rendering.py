"""Writing pages: templates, and how moments look in them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

from bot.desk.masking import masked_document, masked_enp, masked_phone, masked_snils

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"


def render(template: str, values: dict[str, object]) -> str:
    """Write a page; whatever people have written is escaped, and a missing value is an error."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — heavy

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        f"masked_{name}": mask
        for name, mask in (
            ("enp", masked_enp),
            ("snils", masked_snils),
            ("document", masked_document),
            ("phone", masked_phone),
        )
    }
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # letters take less room
    return made


class Times:
    """Moments as the reader's language has them, in the zone of the organisation."""

    def __init__(self, language: str, zone: ZoneInfo, now: datetime) -> None:
        self._locale = "en_GB" if language == "en" else language  # 24 hours, as in Russia
        self._zone = zone
        self._today = now.astimezone(zone).date()

    @property
    def today(self) -> str:
        """Write today as dates are written in forms of a browser."""
        return self._today.isoformat()

    def __call__(self, moment: datetime) -> str:
        """Write a moment shortly: the time, with the day unless it is today."""
        here = moment.astimezone(self._zone)
        if here.date() == self._today:
            return format_time(here, "HH:mm", locale=self._locale)
        shape = "d MMM HH:mm" if here.year == self._today.year else "d MMM y HH:mm"
        return format_datetime(here, shape, locale=self._locale)

    def exact(self, moment: datetime) -> str:
        """Write a moment to the second."""
        return format_datetime(
            moment.astimezone(self._zone), "dd.MM.y HH:mm:ss", locale=self._locale
        )

    def day(self, moment: datetime) -> str:
        """Write the day of a moment."""
        return format_date(moment.astimezone(self._zone), "long", locale=self._locale)
