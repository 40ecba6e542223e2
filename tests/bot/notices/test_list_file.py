"""Lists out of spreadsheets: every row is told by its number, and no file does harm."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from bot.notices.list_columns import Match
from bot.notices.list_file import LARGEST, MOST_ROWS, Line, UnfitList, open_list, read_list
from tests.worlds import knowledge

WORDS = tuple(knowledge().words.values())
ANNA, IVAN = "9956410892000015", "9949020836000029"


def sheet(*rows):
    """Write a spreadsheet as Excel does."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content, match=None):
    return read_list(content, WORDS, match)


def unfit(content, match=None):
    with pytest.raises(UnfitList) as refused:
        read(content, match)
    return refused.value.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_wrote_it(encoding, delimiter):
    rows = [["№", "ФИО", "Номер полиса"], ["1", "А. П.", "9956 4108 9200 0015"], ["2", "И", "1"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    file = read(text.encode(encoding))
    assert file.columns == {"C": "enp"}
    assert file.lines == [Line(2, "enp", ANNA, "C"), Line(3, "enp", "", "C", "enp")]


def test_a_spreadsheet_is_read_with_its_own_row_numbers():
    file = read(sheet(["Телефон", "ЕНП"], [], ["8 (912) 345-67-89", ""], [79123456789, IVAN]))
    assert file.columns == {"A": "phone", "B": "enp"}
    assert file.lines == [
        Line(3, "phone", "+79123456789", "A"),
        Line(4, "enp", IVAN, "B"),
    ]


def test_a_policy_number_kept_as_a_number_is_a_fault_and_not_guessed_at():
    file = read(sheet(["ЕНП"], [int(ANNA)], [float(IVAN)], [ANNA]))
    assert [line.fault for line in file.lines] == ["as_number", "as_number", None]


def test_people_are_found_by_the_number_that_the_desk_shows_them_under():
    file = read("Получатель,Канал\nГость 17,Сайт\n18,\nникто,\n,Сайт\n".encode())
    assert [(line.key, line.fault) for line in file.lines] == [
        ("17", None), ("18", None), ("", "guest"), ("", "empty"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        ("Имя;Город\nАнна;Омск\n".encode(), "no_column"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "kind"),
        (b"%PDF-1.7\x00", "kind"),
        (sheet(["ЕНП"], [ANNA])[:400], "broken"),
        (b"x" * (LARGEST + 1), "too_large"),
        (("ЕНП\n" + f"{ANNA}\n" * (MOST_ROWS + 1)).encode(), "too_many"),
    ],
)
def test_what_is_no_list_is_said_in_one_word(content, problem):
    assert unfit(content) == problem


def test_a_zip_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"\x00" * (65 * 1024 * 1024))
    assert len(packed.getvalue()) < 100_000
    assert unfit(packed.getvalue()) == "too_large"


def test_a_sheet_that_claims_a_million_rows_and_columns_takes_no_memory_for_them():
    whole = sheet(["ЕНП"], [ANNA])
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
                assert b"XFD1048576" in part
            new.writestr(name, part)
    assert [line.key for line in read(packed.getvalue()).lines] == [ANNA]


def test_columns_that_somebody_has_chosen_are_read_and_no_row_is_lost():
    """Without a header the first row is somebody; of two phones in a row the first counts."""
    rows = f"Анна;;89123456789;{ANNA}\nИван;8 912 345-67-80;89123456781;\n;;+7 912 345-67-82;\n"
    match = Match({3: "enp", 2: "phone", 1: "phone"}, has_header=False)
    file = read(rows.encode(), match)
    assert file.columns == {"B": "phone", "C": "phone", "D": "enp"}
    assert file.lines == [
        Line(1, "enp", ANNA, "D"),
        Line(2, "phone", "+79123456780", "B"),
        Line(3, "phone", "+79123456782", "C"),
    ]
    assert [line.row for line in read(rows.encode(), Match({3: "enp"})).lines] == [2, 3]


def test_a_chosen_column_that_no_row_has_makes_faults_and_no_chosen_one_is_said():
    file = read(f"ЕНП\n{ANNA}\n".encode(), Match({49: "phone"}))
    assert [(line.row, line.fault) for line in file.lines] == [(2, "empty")]
    assert unfit(f"ЕНП\n{ANNA}\n".encode(), Match({})) == "not_chosen"


def test_a_file_without_a_header_may_have_as_many_people_as_one_with_it_and_no_more():
    people = f"{ANNA}\n" * MOST_ROWS
    match = Match({0: "enp"}, has_header=False)
    assert len(read(people.encode(), match).lines) == MOST_ROWS
    assert unfit(f"{people}{ANNA}\n".encode(), match) == "too_many"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_how_a_file_begins_is_shown_without_columns_in_which_nothing_stands(kind):
    rows = [("Кто", "", "Полис застрахованного"), *[("А", "", ANNA)] * 9]
    table = "\n".join(map(";".join, rows)).encode()
    opening = open_list(sheet(*rows) if kind == "xlsx" else table, WORDS)
    assert list(opening.rows) == [1, 2, 3, 4, 5]
    assert opening.places == [0, 2]
    assert opening.guess.match == Match({2: "enp"}, has_header=True)
    assert not opening.guess.is_sure
    assert ANNA not in repr(opening)
