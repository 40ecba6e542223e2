import pytest

from dialogs.fields import Address, Doubt, Problem
from tests.dialogs.fields.asked import asking, read, words


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("г. Москва, ул. Тверская, д. 5", "77"),
        ("мск, тверская 5", "77"),
        ("в Москве на Тверской, 5", "77"),
        ("Московская область, г. Химки, ул. Кирова, 5", "50"),
        ("Московской обл., Кирова 5", "50"),
        ("подмосковье, дом 5", "50"),
        ("г. Санкт-Петербург, Невский пр., 5", "78"),
        ("питер, невский 5", "78"),
        ("СПб, Московский пр. 5", "78"),
        ("Ленинградская обл, Мурино, Оборонная 5", "47"),
        ("Башкирия, Ленина 5", "02"),
        ("республика марий эл, ленина 5", "12"),
        ("Йошкар-Ола, Ленина 5", "12"),
        ("живу в Татарстане, Ленина 5", "16"),
        ("село в Алтайском крае, 5", "22"),
        ("Горный Алтай, Ленина 5", "04"),
        ("ХМАО, Ленина 5", "86"),
        ("Омск, ул. Томская, 7", "55"),
        ("Самара, ул. Московская, 5", "63"),
        ("Ростов-на-Дону, Ленина 5", "61"),
        ("Нижний Новгород, Ленина 5", "52"),
        ("Великий Новгород, Ленина 5", "53"),
        ("Орёл, Ленина 5", "57"),
        ("Республика Коми, ком. 5", "11"),
        ("Чувашская Республика, ком. 5", "21"),
        ("Севастополь, Ленина 5", "92"),
        ("Ростовская область, Донецк, Ленина 5", "61"),
        # Streets bear the names of people and of other cities.
        ("ул. Кирова, д. 5", ""),
        ("ул. Владимира Высоцкого, 5", ""),
        ("ул. Иванова, д. 5, ком. 7", ""),
        ("ул. Омская, д. 5", ""),
        ("ул. Энгельса, д. 5", ""),
        ("ул. Дзержинского, 5", ""),
    ],
)
def test_a_region_is_told_by_the_words_of_an_address(typed, region):
    assert read(Address(), typed) == {"text": typed, "region": region}


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("Tverskaya 5, Moscow", "77"),
        ("Lenina 5, Khimki, Moscow region", "50"),
        ("Kazan, Bauman st. 5", "16"),
        ("Республика Татарстан, Ленина 5", "16"),
        ("Springfield, 5", ""),
    ],
)
def test_a_region_is_told_in_english_too(typed, region):
    assert read(Address(), typed, "en") == {"text": typed, "region": region}


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("", Problem("address")),
        ("12345678", Problem("address")),
        ("Самара", Problem("address.short")),
        ("Самара, " + "5" * 300, Problem("address.long")),
        (
            "Самарская область, деревня Ивановка",
            Doubt({"text": "Самарская область, деревня Ивановка", "region": "63"}, "address.house"),
        ),
        ("Самара\nСадовая 5", {"text": "Самара Садовая 5", "region": "63"}),
    ],
)
def test_what_is_hardly_an_address_is_told(typed, read_as):
    assert read(Address(), typed) == read_as


@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_region_is_known_by_its_own_name(language):
    """All 89 regions, each by every name in its line."""
    lines = words(language).options("field.regions")
    assert len({line.split("|")[0] for line in lines}) == 89

    for code, *names in (line.split("|") for line in lines):
        for name in names:
            assert read(Address(), f"{name}, Ленина 5", language)["region"] == code, name


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "Самара, Ленина 5",
        {"text": "Самара, Ленина 5"},
        {"text": "Самара", "region": "63"},
        {"text": "Самара, Ленина 5", "region": "Самара"},
        {"text": None, "region": ""},
    ],
)
def test_only_an_address_as_it_is_kept_is_accepted_from_a_draft(stored):
    assert Address().accepts({"text": "Самара, Ленина 5", "region": "63"})
    assert Address().accepts({"text": "Самара, Ленина 5", "region": ""})
    assert not Address().accepts(stored)


def test_an_address_is_shown_as_it_was_given():
    kept = {"text": "Самара, Ленина 5", "region": "63"}

    assert Address().show(kept, asking()) == "Самара, Ленина 5"
