import pytest

from dialogs.fields import (
    DOCUMENTS,
    BirthCertificate,
    DocumentKind,
    DocumentNumber,
    Doubt,
    Passport,
    Problem,
)
from tests.dialogs.fields.asked import asking, read

SECOND = "II-АБ № 123456"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("II-АБ № 123456", SECOND),
        ("II-АБ 123456", SECOND),
        ("II АБ 123456", SECOND),
        ("IIАБ123456", SECOND),
        ("ii-аб 123456", SECOND),
        ("II–аб №123456", SECOND),
        ("II-AБ № 123456", SECOND),  # A is Latin
        ("ІІ-АБ 123456", SECOND),  # Cyrillic І
        ("П-АБ 123456", SECOND),
        ("ПАБ123456", SECOND),
        ("ll-аб 123456", SECOND),
        ("||-АБ 123456", SECOND),
        ("2-аб 123456", SECOND),
        ("ⅡАБ 123456", SECOND),
        ("II-АБ N 123456", SECOND),
        ("II-АБ #123 456", SECOND),
        ("свидетельство о рождении серия II-АБ номер 123456", SECOND),
        ("1-АБ 123456", "I-АБ № 123456"),
        ("Ш-АБ 123456", "III-АБ № 123456"),
        ("1V-МЮ 123456", "IV-МЮ № 123456"),
        ("У-МЮ 123456", "V-МЮ № 123456"),
        ("ХХУ-МЮ 123456", "XXV-МЮ № 123456"),
        ("12-МЮ 123456", "XII-МЮ № 123456"),
        ("ЛХІ-НО 123456", "LXI-НО № 123456"),
        ("I-CB 123456", "I-СВ № 123456"),
        ("11-АБ 123456", Doubt(SECOND, "certificate.series")),
        ("xl-аб 123456", Doubt("XI-АБ № 123456", "certificate.series")),
        ("", Problem("certificate")),
        ("не знаю", Problem("certificate")),
        ("4510 123456", Problem("certificate")),
        ("II-АБ", Problem("certificate")),
        ("II-АБ 12345", Problem("certificate.number")),
        ("II-АБ 1234567", Problem("certificate.number")),
        ("АБ 123456", Problem("certificate.roman")),
        ("IIII-АБ 123456", Problem("certificate.roman")),
        ("VX-АБ 123456", Problem("certificate.roman")),
        ("0-АБ 123456", Problem("certificate.roman")),
        ("123-АБ 123456", Problem("certificate.roman")),
        ("II-WZ 123456", Problem("certificate.letters")),
        ("II 123456", Problem("certificate.letters")),
    ],
)
def test_a_birth_certificate_is_read_however_its_numeral_was_typed(typed, read_as):
    assert read(BirthCertificate(), typed) == read_as


@pytest.mark.parametrize(
    ("birth", "read_as"),
    [
        ("2012-11-22", Problem("certificate.age")),
        ("2012-11-23", SECOND),
        (None, SECOND),
    ],
)
def test_a_birth_certificate_serves_until_the_fourteenth_birthday(birth, read_as):
    assert read(BirthCertificate("born_on"), SECOND, born_on=birth) == read_as


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("4510 123456", "4510 123456"),
        ("45 10 123456", "4510 123456"),
        ("45 10 №123456", "4510 123456"),
        ("4510123456", "4510 123456"),
        ("паспорт 4510 123456", "4510 123456"),
        ("серия 45-10 номер 123-456", "4510 123456"),
        ("", Problem("passport")),
        ("потеряла", Problem("passport")),
        ("123456", Problem("passport.series")),
        ("4510", Problem("passport.number")),
        ("75 1234567", Problem("passport.travel")),
        ("4510 123456 выдан 05.03.2010", Problem("passport.length")),
        ("4510 12345678", Problem("passport.length")),
    ],
)
def test_series_and_number_of_a_passport_come_in_one_message(typed, read_as):
    assert read(Passport(), typed) == read_as


@pytest.mark.parametrize(
    ("kind", "typed", "read_as"),
    [
        ("passport", "4510123456", "4510 123456"),
        ("passport", "82 1234567", Problem("passport.travel")),
        ("birth_certificate", "2-аб 123456", SECOND),
        ("birth_certificate", "4510 123456", Problem("certificate")),
        ("residence_permit", "82 №1234567", "82 № 1234567"),
        ("residence_permit", "82 n 1234567", "82 № 1234567"),
        ("foreign_passport", "ab1234567", "AB1234567"),
        ("foreign_passport", "№ 00-12/7", "00-12/7"),
        ("foreign_passport", "нет", Problem("document.number")),
        ("foreign_passport", "7", Problem("document.number")),
        ("foreign_passport", "7 😀 8", Problem("document.number")),
        ("foreign_passport", "1" * 31, Problem("document.number")),
        (None, "AB 12", "AB 12"),
    ],
)
def test_a_number_is_read_by_the_rules_of_its_document(kind, typed, read_as):
    assert read(DocumentNumber("kind"), typed, kind=kind) == read_as


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ВНЖ", "residence_permit"),
        ("вид на жительство", "residence_permit"),
        ("рвп", "temporary_residence"),
        ("паспорт РФ", "passport"),
        ("Паспорт", "passport"),
        ("свидетельство о рождении", "birth_certificate"),
        ("Temporary asylum", "temporary_asylum"),
        ("студенческий билет", Problem("choice")),
        ("", Problem("choice")),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_kind_of_document_is_known_by_its_common_name(language, typed, kind):
    assert read(DocumentKind(), typed, language) == kind


def test_only_the_kinds_a_form_offers_are_taken():
    assert DocumentKind("passport").choices() == ("passport",)
    assert read(DocumentKind("passport"), "ВНЖ") == Problem("choice")
    assert DocumentKind().choices() == tuple(DOCUMENTS)


@pytest.mark.parametrize("stored", [None, "", "ii-аб 123456", "ab12", "II-АБ 123456 ", [], {}])
@pytest.mark.parametrize("field", [Passport(), BirthCertificate(), DocumentNumber("kind")])
def test_only_a_number_as_it_is_kept_is_accepted_from_a_draft(field, stored):
    assert not field.accepts(stored)


def test_numbers_are_shown_as_on_the_document():
    assert Passport().show("4510 123456", asking()) == "45 10 № 123456"
    assert DocumentNumber("kind").show("4510 123456", asking(kind="passport")) == "45 10 № 123456"
    assert DocumentNumber("kind").show("AB 12", asking(kind="foreign_passport")) == "AB 12"
