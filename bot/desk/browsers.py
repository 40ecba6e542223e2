"""What a browser calls itself, short enough to be known again."""

from typing import Final

# The first that is found counts: most browsers call themselves by others' names as well.
_BROWSERS: Final = (
    ("YaBrowser", "Yandex Browser"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_LONGEST: Final = 60


def browser_name(told: str) -> str:
    """Shorten a ``User-Agent`` to browser and system; what is unknown stays, cut."""
    browser = next((name for mark, name in _BROWSERS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    return ", ".join(filter(None, (browser, system))) if browser else told[:_LONGEST]
