"""The time zones of Russia, by region; what the clocks show there is the tz database's affair."""

from collections.abc import Mapping
from typing import Final

ZONES: Final[Mapping[str, str]] = {
    "kaliningrad": "Europe/Kaliningrad",
    "moscow": "Europe/Moscow",
    "samara": "Europe/Samara",
    "yekaterinburg": "Asia/Yekaterinburg",
    "omsk": "Asia/Omsk",
    "krasnoyarsk": "Asia/Krasnoyarsk",
    "irkutsk": "Asia/Irkutsk",
    "yakutsk": "Asia/Yakutsk",
    "vladivostok": "Asia/Vladivostok",
    "magadan": "Asia/Magadan",
    "kamchatka": "Asia/Kamchatka",
}
"""The zones that can be chosen, from west to east; their names are those of texts too."""

_OF_REGIONS: Final[Mapping[str, str]] = {
    "Europe/Kaliningrad": "39",
    "Europe/Samara": "18 63",
    "Europe/Saratov": "64",
    "Europe/Astrakhan": "30",
    "Europe/Ulyanovsk": "73",
    "Europe/Volgograd": "34",
    "Europe/Kirov": "43",
    "Asia/Yekaterinburg": "02 45 56 59 66 72 74 86 89",
    "Asia/Omsk": "55",
    "Asia/Barnaul": "04 22",
    "Asia/Novosibirsk": "54",
    "Asia/Novokuznetsk": "42",
    "Asia/Tomsk": "70",
    "Asia/Krasnoyarsk": "17 19 24",
    "Asia/Irkutsk": "03 38",
    "Asia/Chita": "75",
    "Asia/Yakutsk": "14 28",
    "Asia/Vladivostok": "25 27 79",
    "Asia/Sakhalin": "65",
    "Asia/Magadan": "49",
    "Asia/Kamchatka": "41",
    "Asia/Anadyr": "87",
}
# The greater part of Yakutia and of Sakhalin's people live in the zone named here.
_ZONE_OF: Final = {code: zone for zone, codes in _OF_REGIONS.items() for code in codes.split()}
KNOWN: Final = frozenset({*ZONES.values(), *_OF_REGIONS})
"""Every zone that a person of Russia may be in."""


def zone_of_region(code: str) -> str:
    """Return the zone of a region by its two digits; Moscow's for those not listed."""
    return _ZONE_OF.get(code, "Europe/Moscow")
