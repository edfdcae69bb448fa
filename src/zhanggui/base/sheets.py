"""A table written as a file for a spreadsheet, a batch of rows at a time.

A cell is what its column's kind says: `text` a string, `money` fen, `count` an integer, `time` an
aware datetime, `day` a date; None is an empty cell. Memory does not grow with the rows.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Literal, Protocol

from zhanggui.base import clock
from zhanggui.base.words import Text

Kind = Literal["text", "money", "count", "time", "day"]
Cell = str | int | date | None
Row = Sequence[Cell]
Format = Literal["xlsx", "csv"]
Encoding = Literal["utf-8", "gbk"]

MARK = "〓"
"""Stands where an encoding has no such character: printers' sign for a missing type."""

FORMULA_LEADS = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER_LIKE = re.compile(r"0\d+|\d{12,}")
_SHEET_ROWS = 2**20
_CELL_CHARACTERS = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and what its cells are."""

    name: Text
    kind: Kind = "text"


class Sheet(Protocol):
    """A file being written."""

    replaced: int
    """Characters that were replaced by :data:`MARK`."""

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish; the file is whole only then."""

    def discard(self) -> None:
        """Let go of what was made on the way; after :meth:`close`, or instead of it."""


def sheet(
    file: IO[bytes], columns: Sequence[Column], form: Format, encoding: Encoding = "utf-8"
) -> Sheet:
    """A table with these columns, in the reader's language, written to `file`."""
    return Workbook(file, columns) if form == "xlsx" else Csv(file, columns, encoding)


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in FORMULA_LEADS else cell


class Csv:
    """Comma-separated text; spreadsheets take UTF-8 only by its mark, and GBK without one."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], encoding: Encoding) -> None:
        self._file = file
        self._kinds = [column.kind for column in columns]
        self._encoding = encoding
        self.replaced = 0
        if encoding == "utf-8":
            file.write("\ufeff".encode())
        self._put([[str(column.name) for column in columns]])

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        kinds = self._kinds
        self._put(
            [_said(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows
        )

    def close(self) -> None:
        """Nothing is left to do."""

    def discard(self) -> None:
        """Nothing was made on the way."""

    def _put(self, rows: Iterable[Sequence[str]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        self._file.write(self._encoded(text.getvalue()))

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode(self._encoding)
        except UnicodeEncodeError:
            kept = "".join(char if self._holds(char) else MARK for char in text)
            self.replaced += sum(a != b for a, b in zip(text, kept, strict=True))
            return kept.encode(self._encoding)

    def _holds(self, char: str) -> bool:
        try:
            char.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True


def _said(cell: Any, kind: Kind) -> str:
    if cell is None:
        return ""
    if kind == "money":
        return f"{'-' if cell < 0 else ''}{abs(cell) // 100}.{abs(cell) % 100:02d}"
    if kind == "time":
        return clock.local(cell).strftime("%Y-%m-%d %H:%M:%S")
    text = str(cell)
    if kind != "text":
        return text
    # An order's number read as a number loses its last digits; a tab after it keeps it text.
    return f"{text}\t" if _NUMBER_LIKE.fullmatch(text) else inert(text)


class Workbook:
    """An xlsx whose rows go to disk as they come; what fits no sheet goes on in the next. Text is
    written as text, so nothing in it is a formula or a link."""

    replaced = 0

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        from xlsxwriter import Workbook as Book  # Takes a while, and few processes need it.

        self._folder = tempfile.TemporaryDirectory(prefix="zhanggui-sheet-")
        options = {
            "constant_memory": True,
            "strings_to_urls": False,
            "strings_to_formulas": False,
            "tmpdir": self._folder.name,
        }
        self._book = Book(file, options)
        self._columns = columns
        self._bold = self._book.add_format({"bold": True})
        self._formats = {
            "money": self._book.add_format({"num_format": "0.00"}),
            "time": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "day": self._book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._columns):
            self._sheet.set_column(number, number, 20 if column.kind in ("text", "time") else 12)
            self._sheet.write_string(0, number, str(column.name), self._bold)
        self._next = 1

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            if self._next == _SHEET_ROWS:
                self._begin()
            for number, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
                if cell is not None:
                    self._cell(number, cell, column.kind)
            self._next += 1

    def _cell(self, number: int, cell: Any, kind: Kind) -> None:
        at, put, form = (self._next, number), self._sheet, self._formats.get(kind)
        if kind == "text":
            put.write_string(*at, cell[:_CELL_CHARACTERS])
        elif kind == "money":
            put.write_number(*at, cell / 100, form)
        elif kind == "count":
            put.write_number(*at, cell)
        elif kind == "time":
            put.write_datetime(*at, clock.local(cell).replace(tzinfo=None), form)
        else:
            put.write_datetime(*at, datetime.combine(cell, datetime.min.time()), form)

    def close(self) -> None:
        """Put the parts together."""
        self._book.close()

    def discard(self) -> None:
        """Take the parts away."""
        for part in self._book.worksheets():
            part.row_data_fh.close()
        self._folder.cleanup()
