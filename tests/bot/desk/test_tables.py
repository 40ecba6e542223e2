"""Tables that staff take away."""

import csv
import io

import pytest

from bot.desk import tables


def test_a_table_is_read_back_as_it_was_written():
    rows = [("№", "said"), ("1", 'he said "no", and left'), ("2", "one\nanother"), ("3", "")]
    written = tables.head(rows[0]) + tables.lines(rows[1:])
    assert [tuple(row) for row in csv.reader(io.StringIO(written.decode("utf-8-sig")))] == rows


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_as_a_formula(begins):
    written = tables.lines([("plain", f"{begins}1+1")]).decode()
    assert next(csv.reader(io.StringIO(written, newline="")))[1] == f"'{begins}1+1"
