"""Tables as files: nothing in them runs, nothing long loses its last digits."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from zhanggui.base import sheets
from zhanggui.base.sheets import Column
from zhanggui.base.words import Text, speaking

COLUMNS = (
    Column(Text("编号", "Id")),
    Column(Text("金额", "Amount"), "money"),
    Column(Text("件数", "Pieces"), "count"),
    Column(Text("时间", "Time"), "time"),
    Column(Text("日期", "Day"), "day"),
)
FULL = (
    "4099120000000111111",
    -13_905,
    3,
    datetime(2026, 3, 1, 2, 11, 12, tzinfo=UTC),
    date(2026, 6, 18),
)
EMPTY = (None, None, None, None, None)


def made(rows, form="csv", encoding="utf-8"):
    """The bytes of a file, and how many characters were replaced."""
    file = io.BytesIO()
    out = sheets.sheet(file, COLUMNS, form, encoding)
    for row in rows:
        out.write([row])
    out.close()
    out.discard()
    return file.getvalue(), out.replaced


def cells(data, encoding="utf-8-sig"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def test_csv_says_each_kind_in_the_shops_own_terms():
    data, replaced = made([FULL, EMPTY])
    assert data.startswith(b"\xef\xbb\xbf")
    heading, full, empty = cells(data)
    assert heading == ["编号", "金额", "件数", "时间", "日期"]
    assert full[1:] == ["-139.05", "3", "2026-03-01 10:11:12", "2026-06-18"]
    assert (empty, replaced) == ([""] * 5, 0)


def test_headings_are_in_the_readers_language():
    with speaking("en"):
        assert cells(made([])[0])[0] == ["Id", "Amount", "Pieces", "Time", "Day"]


@pytest.mark.parametrize("number", ["4099120000000111111", "001234", "199900001234"])
def test_a_long_number_stays_text_in_csv(number):
    (cell, *_) = cells(made([(number, *EMPTY[1:])])[0])[1]
    assert cell == f"{number}\t"


@pytest.mark.parametrize("text", ["199", "SF1234567890123", "12345678901"])
def test_what_loses_nothing_is_left_alone(text):
    assert cells(made([(text, *EMPTY[1:])])[0])[1][0] == text


@pytest.mark.parametrize("lead", sorted(sheets.FORMULA_LEADS))
def test_no_cell_runs_as_a_formula_in_csv(lead):
    cell = cells(made([(f"{lead}1+1", *EMPTY[1:])])[0])[1][0]
    assert cell == f"'{lead}1+1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "https://a.example", "007"])
def test_text_is_text_in_xlsx(text):
    data, _ = made([(text, *EMPTY[1:])], "xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_xlsx_keeps_kinds():
    data, _ = made([FULL, EMPTY], "xlsx")
    heading, full, *rest = (
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    )
    assert heading == ("编号", "金额", "件数", "时间", "日期")
    number, amount, pieces, time, day = full
    assert (number, amount, pieces) == ("4099120000000111111", -139.05, 3)
    assert (str(time), str(day)) == ("2026-03-01 10:11:12", "2026-06-18 00:00:00")
    assert not any(any(row) for row in rest)


def test_rows_beyond_a_sheet_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sheets, "_SHEET_ROWS", 3)
    data, _ = made([(f"a{n}", *EMPTY[1:]) for n in range(5)], "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    said = [[cell.value for cell in sheet["A"]] for sheet in book.worksheets]
    assert said == [["编号", "a0", "a1"], ["编号", "a2", "a3"], ["编号", "a4"]]


def test_gbk_marks_what_it_does_not_have():
    data, replaced = made([("碗🍚和𠮷", *EMPTY[1:]), ("好", *EMPTY[1:])], encoding="gbk")
    assert [row[0] for row in cells(data, "gbk")] == ["编号", "碗〓和〓", "好"]
    assert replaced == 2


def test_a_workbook_that_is_given_up_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = sheets.sheet(io.BytesIO(), COLUMNS, "xlsx")
    out.write([FULL])
    assert list(tmp_path.rglob("*"))
    out.discard()
    assert list(tmp_path.rglob("*")) == []
