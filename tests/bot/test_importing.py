"""A file is taken in whole or not at all, and twice is as good as once."""

import json

import pytest

from bot.importing.importing import import_insured
from bot.importing.reading import BadFile
from tests.bot.proving import ANNA
from tests.worlds import NOON, knowledge

HEADER = (
    "ЕНП;Фамилия;Имя;Отчество;Дата рождения;Пол;Вид документа;Номер документа;Телефон;"
    "Код СМО;Застрахован с;Штрихкод"
)
ROW = (
    f"{ANNA.enp};Смирнова;Анна;Сергеевна;07.03.1985;Ж;14;99 00 100001;8 900 000-00-01;"
    "00000;2023-01-09;X1"
)


@pytest.fixture
def importing(store, tmp_path):
    """Import a file of these lines."""

    async def act(*lines, encoding="utf-8"):
        file = tmp_path / "people.csv"
        file.write_bytes("\n".join(lines).encode(encoding))
        return await import_insured(file, store, list(knowledge().words.values()), NOON)

    return act


async def _kept(store):
    async with store.look() as look:
        return await look.insured_by_enp(ANNA.enp)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
async def test_a_table_is_taken_in_whatever_it_is_encoded_in(importing, store, encoding):
    assert (await importing(HEADER, ROW, encoding=encoding)).new == 1
    (kept,) = await _kept(store)
    assert (kept.name, kept.phone, kept.document) == (ANNA.name, "+79000000001", "9900 100001")
    assert not kept.is_demo


async def test_json_lines_are_taken_in(importing, store):
    row = dict(zip(HEADER.split(";"), ROW.split(";"), strict=True))
    assert (await importing(json.dumps(row, ensure_ascii=False))).new == 1
    assert await _kept(store)


async def test_the_same_file_again_changes_nothing(importing):
    await importing(HEADER, ROW)
    again = await importing(HEADER, ROW)
    assert (again.rows, again.new, again.changed) == (1, 0, 0)


async def test_what_has_changed_is_changed_and_keeps_its_id(importing, store):
    await importing(HEADER, ROW)
    (before,) = await _kept(store)
    changed = await importing(HEADER, ROW.replace("Смирнова", "Петрова"))
    (after,) = await _kept(store)
    assert (changed.changed, after.surname, after.id) == (1, "Петрова", before.id)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ROW.replace(ANNA.enp, "9956410892000016"), "row 2, enp: not 16 digits"),
        (ROW.replace("07.03.1985", "07.03.2085"), "row 2, born_on: not a day from 1900"),
        (ROW.replace("07.03.1985", "вчера"), "row 2, born_on: not a day, write"),
        (ROW.replace(";Ж;", ";?;"), "row 2, sex: neither"),
        (ROW.replace(";14;", ";99;"), "row 2, document_kind: no such kind"),
        (ROW.replace("99 00 100001", "100001"), "row 2, document: not the number of a passport"),
        (ROW.replace("8 900 000-00-01", "900"), "row 2, phone: not a phone"),
        (ROW.replace("Смирнова", ""), "row 2, surname: missing"),
        (ROW + ";more", "row 2: 13 values where the header has 12"),
        (ROW, "row 2, enp: stands in row 1 too"),
    ],
)
async def test_a_fault_is_told_by_row_and_column_and_nothing_is_imported(
    importing, store, row, fault
):
    done = await importing(HEADER, ROW, row)
    (told,) = done.faults
    assert str(told).startswith(fault)
    assert await _kept(store) == []


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (HEADER + ";Любимый цвет", "no such column: Любимый цвет"),
        (HEADER.replace("Фамилия;", ""), "columns are missing: surname"),
        (HEADER + ";ЕНП", "twice"),
        ("", "empty"),
    ],
)
async def test_a_header_that_does_not_fit_is_refused(importing, header, why):
    with pytest.raises(BadFile, match=why):
        await importing(header, ROW)
