"""Sheets of xlsx and xls workbooks as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from zhanggui.base import confined
from zhanggui.base.words import Text
from zhanggui.shop.files.blobs import PASSWORD, Blob, Unreadable

MAX_BYTES = 300 << 20
_WORKER = Path(__file__).with_name("workbook_worker.py")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet with its 1-based number; blank rows are left out."""

    sheet: str
    number: int
    cells: list[str]


def sheet_heads(blob: Blob, limit: int) -> dict[str, list[SheetRow]]:
    """The first rows of every sheet. Raises Unreadable if the workbook cannot be opened."""
    found: dict[str, list[SheetRow]] = {}
    for row in _rows(blob, None, limit):
        found.setdefault(row.sheet, []).append(row)
    return found


def sheet_rows(blob: Blob, sheet: str) -> Iterator[SheetRow]:
    """The rows of a sheet. Raises Unreadable if the workbook cannot be read to its end."""
    return _rows(blob, sheet, None)


def _rows(blob: Blob, sheet: str | None, limit: int | None) -> Iterator[SheetRow]:
    if blob.size > MAX_BYTES:
        raise Unreadable(_REASONS["large"])
    with closing(blob.open()) as file:
        data = file.read(MAX_BYTES + 1)
    request = {"sheet": sheet, "limit": limit}
    answers = confined.frames(_WORKER, ["python_calamine"], request, data)
    del data
    try:
        name = ""
        for kind, value in answers:
            if kind == "sheet":
                name = value
                continue
            for number, cells in value:
                yield SheetRow(name, number, cells)
    except confined.Stopped as stopped:
        raise Unreadable(_REASONS[stopped.reason]) from None


_REASONS = {
    "password": PASSWORD,
    "large": Text(
        "工作簿太大，无法整个读入。请在平台导出 csv，或用表格软件另存为 csv 后再导入。",
        "The workbook is too large to be read whole. Export or save it as csv and import that.",
    ),
    "broken": Text(
        "工作簿已损坏或不完整，打不开。请重新下载或导出；能用表格软件打开的话，另存一份再导入。",
        "The workbook is damaged or cut off. Download or export it again; if a spreadsheet "
        "program opens it, save a copy and import that.",
    ),
}
