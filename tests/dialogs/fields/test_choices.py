import pytest

from dialogs.fields import Insurer, Problem, Sex
from tests.dialogs.fields.asked import asking, read


@pytest.mark.parametrize(
    ("typed", "sex"),
    [
        ("женский", "female"),
        ("Ж", "female"),
        ("жен.", "female"),
        ("девочка", "female"),
        ("F", "female"),
        ("мужской", "male"),
        ("м", "male"),
        ("сын", "male"),
        ("Male", "male"),
        ("не скажу", Problem("choice")),
        ("", Problem("choice")),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_sex_is_understood_by_common_words(language, typed, sex):
    assert read(Sex(), typed, language) == sex


@pytest.mark.parametrize(
    ("typed", "insurer"),
    [
        ("СОГАЗ-Мед", "СОГАЗ-Мед"),
        ("согаз", "СОГАЗ-Мед"),
        ("согас мед", "СОГАЗ-Мед"),
        ("sogaz", "СОГАЗ-Мед"),
        ("капитал мс", "Капитал МС"),
        ("Росгосстрах-Медицина", "Капитал МС"),
        ("страховая компания «Капитал МС»", "Капитал МС"),
        ("альфастрахование", "АльфаСтрахование-ОМС"),
        ("альфастрохование", "АльфаСтрахование-ОМС"),
        ("ингосстрах", "Ингосстрах-М"),
        ("Ингострах", "Ингосстрах-М"),
        ("reso-med", "РЕСО-Мед"),
        ("макс", "МАКС-М"),
        ("Ромашка-Мед", "Ромашка-Мед"),
        ("согаз или капитал", "согаз или капитал"),
        ("не знаю", Problem("insurer.unknown")),
        ("don't know", Problem("insurer.unknown")),
        ("", Problem("insurer")),
        ("63", Problem("insurer")),
        ("я" * 101, Problem("long")),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_insurer_is_found_by_a_common_name_or_kept_as_written(language, typed, insurer):
    assert read(Insurer(), typed, language) == insurer


def test_an_insurer_is_shown_by_its_name():
    assert Insurer().show("СОГАЗ-Мед", asking()) == "СОГАЗ-Мед"
    assert not Insurer().accepts(None)
