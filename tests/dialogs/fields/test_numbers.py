import pytest

from dialogs.fields import Doubt, Enp, Problem, Snils
from tests.dialogs.fields.asked import asking, read

ENP = "6449020886006380"  # of the table in the domain: 13.10.1979, female
SNILS = "11223344595"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("6449020886006380", ENP),
        ("6449 0208 8600 6380", ENP),
        ("6449-0208-8600-6380", ENP),
        ("6449 — 0208 — 8600 — 6380", ENP),
        ("64.49.02.08.86.00.63.80", ENP),
        ("  6449020886006380\n", ENP),
        ("ЕНП: 6449020886006380", ENP),
        ("полис № 6449 0208 8600 6380.", ENP),
        ("６４４９０２０８８６００６３８０", ENP),
        ("9967150818000015", "9967150818000015"),
        ("9978940898005000", "9978940898005000"),
        ("9998899748000072", "9998899748000072"),
        ("", Problem("enp")),
        ("не знаю", Problem("enp")),
        ("👍", Problem("enp")),
        ("1234567890123456", Problem("enp.check")),
        ("6449020886006381", Problem("enp.check")),
        ("6449020886006308", Problem("enp.check")),
        ("12345678901", Problem("enp.blank")),
        ("010 0123 4567", Problem("enp.blank")),
        ("112-233-445 95", Problem("enp.snils")),
        ("123456789", Problem("enp.temporary")),
        ("123 456 789", Problem("enp.temporary")),
        ("644902088600638", Problem("enp.length")),
        ("64490208860063800", Problem("enp.length")),
        ("6449020886006380 и 9967150818000015", Problem("enp.length")),
        ("5", Problem("enp.length")),
    ],
)
def test_the_number_of_a_policy_is_read_or_refused_with_its_reason(typed, read_as):
    assert read(Enp(), typed) == read_as


@pytest.mark.parametrize(
    ("birth", "sex", "read_as"),
    [
        ("1979-10-13", "female", ENP),
        (None, None, ENP),
        ("1979-10-13", None, ENP),
        ("nonsense", "female", ENP),
        ("1979-10-14", "female", Doubt(ENP, "enp.birth")),
        ("1979-10-13", "male", Doubt(ENP, "enp.sex")),
        ("1980-01-01", "male", Doubt(ENP, "enp.birth")),
    ],
)
def test_a_number_that_says_otherwise_is_doubted_and_never_refused(birth, sex, read_as):
    assert read(Enp("born_on", "sex"), ENP, born_on=birth, sex=sex) == read_as


def test_a_number_whose_digits_make_no_date_is_doubted_beside_a_birth_date():
    odd = "9900000000000002"

    assert read(Enp(), odd) == odd
    assert read(Enp("born_on"), odd, born_on="1979-10-13") == Doubt(odd, "enp.birth")


def test_the_first_two_digits_of_a_policy_say_nothing():
    field = Enp("born_on", "sex")

    assert read(field, "0049020886006387", born_on="1979-10-13", sex="female") == "0049020886006387"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("11223344595", SNILS),
        ("112-233-445 95", SNILS),
        ("112 233 445 95", SNILS),
        ("112.233.445.95", SNILS),
        ("112–233–445–95", SNILS),
        ("112-233-445-95", SNILS),
        ("СНИЛС 112-233-445 95", SNILS),
        ("１１２-233-445 95", SNILS),
        ("087-654-303 00", "08765430300"),
        ("132-109-302 00", "13210930200"),
        ("404-003-712 00", "40400371200"),
        ("637-345-331 00", "63734533100"),
        ("001-001-998 00", "00100199800"),
        ("", Problem("snils")),
        ("не помню", Problem("snils")),
        ("112-233-445 96", Problem("snils.check")),
        ("112-233-454 95", Problem("snils.check")),
        ("001-001-999 00", Problem("snils.check")),
        ("000-000-000 00", Problem("snils.check")),
        ("112-233-445", Problem("snils.length")),
        ("112-233-445 955", Problem("snils.length")),
        ("6449020886006380", Problem("snils.enp")),
        ("нет", Problem("snils")),
    ],
)
def test_the_number_of_pension_insurance_is_read_or_refused_with_its_reason(typed, read_as):
    assert read(Snils(), typed) == read_as


@pytest.mark.parametrize("typed", ["нет", "Нету", "СНИЛС нет", "no", "не получали"])
def test_an_optional_number_hears_that_there_is_none(typed):
    assert read(Snils(optional=True), typed) is None


def test_numbers_are_shown_in_groups():
    assert Enp().show(ENP, asking()) == "6449 0208 8600 6380"
    assert Snils().show(SNILS, asking()) == "112-233-445 95"


@pytest.mark.parametrize("stored", [None, 5, "", "6449 0208 8600 6380", ENP[:-1], ENP + "\n", []])
def test_only_a_number_as_it_is_kept_is_accepted_from_a_draft(stored):
    assert Enp().accepts(ENP)
    assert Snils().accepts(SNILS)
    assert not Enp().accepts(stored)
    assert not Snils().accepts(stored)
