"""Words for people, read from the `.po` files of `locales/` by Babel."""

from collections.abc import Callable, Mapping
from datetime import date
from gettext import c2py  # what gettext itself reads plural rules with
from pathlib import Path
from string import Formatter

from babel.dates import format_date
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ru", "en")


class BadWords(ValueError):
    """A `.po` file that cannot be read; the message is for its editor."""


class Catalogue:
    """The words of one language; satisfies `dialogs.words.Words`.

    ``texts`` maps a key to its text, or to the texts of its plural forms in the order of
    the file's plural rule.
    """

    def __init__(
        self, language: str, texts: Mapping[str, tuple[str, ...]], plural: Callable[[int], int]
    ) -> None:
        self.language = language
        self.texts = texts
        self._plural = plural

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text with its placeholders filled; KeyError if there is none."""
        forms = self.texts[key]
        count = values.get("count")
        text = forms[self._plural(count)] if isinstance(count, int) else forms[0]
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in self.texts

    def options(self, key: str) -> tuple[str, ...]:
        """Return the lines of a text; none if there is no such text."""
        return tuple(self.texts[key][0].splitlines()) if key in self.texts else ()

    def day(self, day: date) -> str:
        """Write a date with the month in words."""
        return format_date(day, "long", locale=self.language)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of a text's placeholders; ValueError if its braces do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def read_words(language: str, locales: Path = LOCALES) -> Catalogue:
    """Read every `.po` file of a language; raises `BadWords`."""
    texts: dict[str, tuple[str, ...]] = {}
    rule = "n != 1"
    for file in sorted((locales / language / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=language, abort_invalid=True)
        rule = catalogue.plural_expr
        for message in catalogue:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            if not key:
                continue
            if key in texts:
                raise BadWords(f"{language}: {key} stands in two files")
            string = message.string
            forms = string if isinstance(string, tuple | list) else (string,)
            texts[key] = tuple(form or "" for form in forms)
    return Catalogue(language, texts, c2py(rule))
