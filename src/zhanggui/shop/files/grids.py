"""Rows of cells, from whatever holds them: delimited text, a workbook's sheet, a table in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from zhanggui.shop.files.blobs import Blob
from zhanggui.shop.files.delimited import DelimitedReader, Fault, Position
from zhanggui.shop.files.encodings import Encoding
from zhanggui.shop.files.markup import is_cut_off, tables
from zhanggui.shop.files.workbooks import sheet_rows

GridRow = tuple[int, list[str], Fault | None]


class Cursor(Protocol):
    """Rows being read; `position` is where the next one begins."""

    position: Position
    width: int
    damage: bool

    def __iter__(self) -> Iterator[GridRow]: ...


class Grid(Protocol):
    """A table that can be read any number of times, from any position a cursor has had."""

    @property
    def blob(self) -> Blob: ...
    @property
    def encoding(self) -> str | None: ...
    @property
    def keeps_blank_cells(self) -> bool:
        """Whether every row has all its cells, so that a short row says nothing."""
        ...

    def read(self, start: Position | None = None) -> Iterator[tuple[Cursor, GridRow]]: ...


@dataclass(frozen=True)
class TextGrid:
    """Delimited text."""

    blob: Blob
    text_encoding: Encoding
    delimiter: str
    keeps_blank_cells = False

    @property
    def encoding(self) -> str | None:
        return self.text_encoding.name

    def read(self, start: Position | None = None) -> Iterator[tuple[Cursor, GridRow]]:
        with closing(self.blob.open()) as file:
            reader = DelimitedReader(file, self.text_encoding, self.delimiter, start)
            for row in reader:
                yield reader, row


class _Counter:
    """The cursor of rows that lie in memory."""

    def __init__(self) -> None:
        self.position = Position()
        self.width = 0
        self.damage = False

    def __iter__(self) -> Iterator[GridRow]:
        return iter(())


def _walk(
    rows: Iterator[tuple[int, list[str]]], start: Position | None
) -> Iterator[tuple[Cursor, GridRow]]:
    cursor = _Counter()
    behind = start.skip if start else 0
    for number, cells in rows:
        if number > behind:
            cursor.position = Position(0, number, number)
            yield cursor, (number, cells, None)


@dataclass(frozen=True)
class SheetGrid:
    """A sheet of a workbook, which is held in memory only while it is read."""

    blob: Blob
    sheet: str
    encoding = None
    keeps_blank_cells = True

    def read(self, start: Position | None = None) -> Iterator[tuple[Cursor, GridRow]]:
        rows = sheet_rows(self.blob, self.sheet)
        return _walk(((row.number, row.cells) for row in rows), start)


@dataclass(frozen=True)
class MarkupGrid:
    """The `index`-th table of an HTML or XML document; rows are counted from the table's top."""

    blob: Blob
    text_encoding: Encoding
    index: int
    keeps_blank_cells = True

    @property
    def encoding(self) -> str | None:
        return self.text_encoding.name

    def read(self, start: Position | None = None) -> Iterator[tuple[Cursor, GridRow]]:
        with closing(self.blob.open()) as file:
            text = file.read().decode(self.text_encoding.name, "replace")
        # No parser minds a missing end, so that of a row cut off the rest would seem to be blank.
        found = list(tables(text))
        last = len(found) - 1 == self.index and is_cut_off(text)
        filled = [(n, cells) for n, cells in enumerate(found[self.index], 1) if any(cells)]
        for cursor, (number, cells, _) in _walk(iter(filled), start):
            cut = last and number == filled[-1][0]
            yield cursor, (number, cells, Fault("cut_off") if cut else None)
