"""The insurer's own facts: read from a file, told as people say them."""

from datetime import date

import pytest

from bot.organisation import BadOrganisation, read_organisation
from bot.texts import LOCALES
from tests.worlds import knowledge

FILE = LOCALES / "demonstration" / "organisation.toml"
HOURS = """[hours]
mon = "09:00-18:00"
tue = "09:00-18:00"
wed = "09:00-18:00"
thu = "09:00-18:00"
fri = "09:00-17:00"
sat = "closed"
sun = "closed"
"""


@pytest.fixture
def edited(tmp_path):
    """Write the demonstration's file with one passage changed, and name it."""

    def edit(old, new):
        text = FILE.read_text("utf-8")
        assert old in text
        file = tmp_path / "organisation.toml"
        file.write_text(text.replace(old, new, 1), "utf-8")
        return file

    return edit


@pytest.fixture
def hours(edited):
    """Tell the hours of a file with these exceptions, on a day."""

    def tell(today, *exceptions, language="ru"):
        text = FILE.read_text("utf-8")
        table = text[text.index("[hours]") :].partition("\n[")[0]
        rows = ", ".join(f'{{ day = {day}, hours = "{open_}" }}' for day, open_ in exceptions)
        file = edited(table, f"{HOURS}exceptions = [{rows}]\n")
        words = knowledge().words[language]
        return read_organisation(file).values(words, date.fromisoformat(today))["hours"]

    return tell


def test_every_placeholder_is_filled_in_every_language():
    organisation = read_organisation(FILE)
    for words in knowledge().words.values():
        values = organisation.values(words, date(2026, 11, 22))
        assert all(values.values())
        assert organisation.insurer.name[words.language] == values["insurer"]


def test_equal_days_are_told_together(hours):
    assert hours("2026-11-22") == "пн–чт 9:00–18:00, пт 9:00–17:00, сб–вс выходной"
    assert hours("2026-11-22", language="en") == (
        "Mon–Thu 9:00–18:00, Fri 9:00–17:00, Sat–Sun closed"
    )


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-12-16", ""),
        ("2026-12-17", ", 31 дек. 9:00–15:00"),
        ("2026-12-19", ", 31 дек. 9:00–15:00, 1–2 янв. выходной"),
        ("2027-01-01", ", 1–2 янв. выходной"),
        ("2027-01-03", ""),
    ],
)
def test_exceptions_are_told_when_they_are_near_and_days_in_a_row_together(hours, today, told):
    week = "пн–чт 9:00–18:00, пт 9:00–17:00, сб–вс выходной"
    exceptions = ("2027-01-02", "closed"), ("2026-12-31", "09:00-15:00"), ("2027-01-01", "closed")
    assert hours(today, *exceptions) == week + told


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[insurer]", "[insurer", "organisation.toml"),
        ("[insurer]", '[insurer]\ncolour = "red"', "colour"),
        ("main =", "other =", "main"),
        ('time_zone = "', 'time_zone = "Nowhere/', "time zone"),
        ("[hours]\n", '[hours]\nmoon = "closed"\n', "moon"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_in_one_line(edited, old, new, named):
    with pytest.raises(BadOrganisation) as told:
        read_organisation(edited(old, new))
    assert named in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_a_name_missing_in_a_language_is_named(tmp_path):
    lines = FILE.read_text("utf-8").splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("name ="))
    lines[place] = 'name = { ru = "Страховая" }'
    file = tmp_path / "organisation.toml"
    file.write_text("\n".join(lines), "utf-8")
    with pytest.raises(BadOrganisation, match=r"insurer\.name lacks en"):
        read_organisation(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadOrganisation, match=r"nowhere\.toml"):
        read_organisation(tmp_path / "nowhere.toml")


TEMPLATES = """
[whatsapp.templates.moved]
ru = { name = "polis_moved", language = "ru" }
"""


def test_wordings_agreed_with_whatsapp_are_named_by_language(edited):
    file = edited("\n[fund]", f"{TEMPLATES}\n[fund]")

    approved = read_organisation(file).whatsapp.templates["moved"]["ru"]

    assert (approved.name, approved.language) == ("polis_moved", "ru")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ru = { name = "polis_moved"', 'de = { name = "polis_moved"'),
        ('name = "polis_moved"', 'name = "Polis, moved!"'),
        (', language = "ru"', ""),
    ],
)
def test_a_wording_that_cannot_be_one_is_told(edited, old, new):
    assert old in TEMPLATES
    with pytest.raises(BadOrganisation):
        read_organisation(edited("\n[fund]", f"{TEMPLATES.replace(old, new)}\n[fund]"))
