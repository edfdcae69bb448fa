"""Sheets of xlsx, xls, xlsb and ods workbooks as rows of text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import python_calamine as calamine

from zhanggui.base.words import Text
from zhanggui.shop.files.blobs import PASSWORD, Blob, Unreadable
from zhanggui.shop.files.cells import from_spreadsheet

MAX_BYTES = 300 << 20
MAX_UNPACKED = 700 << 20
"""A workbook is held in memory while it is read; what is larger has to come as a csv."""
MAX_COLUMNS = 512


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet with its 1-based number; blank rows are left out."""

    number: int
    cells: list[str]


class Workbook:
    """An opened workbook. Raises Unreadable if it cannot be opened."""

    def __init__(self, blob: Blob) -> None:
        if blob.size > MAX_BYTES:
            raise Unreadable(_TOO_LARGE)
        with blob.open() as file:
            self._data = file.read(MAX_BYTES + 1)
        self._is_zip = self._data[:2] == b"PK"
        if self._is_zip:
            _check_size(self._data)
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._data))
            self.sheet_names = [
                sheet.name
                for sheet in self._book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
        except calamine.PasswordError:
            raise Unreadable(PASSWORD) from None
        except BaseException as error:  # A panic in the engine is no Exception.
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            raise Unreadable(PASSWORD if _is_encrypted(self._data) else _BROKEN) from None

    def rows(self, name: str) -> Iterator[SheetRow]:
        """The rows of a sheet that are not blank. A vertically merged cell's value stands in each
        of its rows; a formula without a value stands as ``=…``, an error value as ``#…``."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            height = sheet.total_height
            left = sheet.start[1] if sheet.start else 0
            table = sheet.iter_rows()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            raise Unreadable(_BROKEN) from None
        if not height:
            return
        merged = _downward(sheet.merged_cell_ranges or [])
        odd = self._valueless(name)
        top: dict[tuple[int, int], str] = {}
        for number, values in enumerate(table):
            cells = [from_spreadsheet(value) for value in values[:MAX_COLUMNS]]
            for column, text in odd.get(number, {}).items():
                if column - left < len(cells) and not cells[column - left]:
                    cells[column - left] = text
            for row, column in merged.get(number, ()):
                if 0 <= column - left < len(cells):
                    if row == number:
                        top[row, column] = cells[column - left]
                    else:
                        cells[column - left] = top.get((row, column), "")
            if any(cells):
                yield SheetRow(number + 1, cells)

    def _valueless(self, name: str) -> dict[int, dict[int, str]]:
        if not self._is_zip:
            return {}
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                part = _part_of(archive, name)
                return _scan(archive, part) if part else {}
        except (
            zipfile.BadZipFile,
            KeyError,
            zlib.error,
            EOFError,
            ValueError,
            RuntimeError,
            OSError,
        ):
            return {}


_TOO_LARGE = Text(
    "工作簿太大，无法整个读入。请在平台导出 csv，或用表格软件另存为 csv 后再导入。",
    "The workbook is too large to be read whole. Export or save it as csv and import that.",
)
_BROKEN = Text(
    "工作簿已损坏或不完整，打不开。请重新下载或导出；能用表格软件打开的话，另存一份再导入。",
    "The workbook is damaged or cut off. Download or export it again; if a spreadsheet program "
    "opens it, save a copy and import that.",
)


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Unreadable(_BROKEN) from None
    if total > MAX_UNPACKED:
        raise Unreadable(_TOO_LARGE)


def _is_encrypted(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data[: 1 << 20] or (
        "EncryptedPackage".encode("utf-16-le") in data[-(1 << 20) :]
    )


def _downward(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[int, list[tuple[int, int]]]:
    """Row → the (top row, column) of merged cells that cover it and more than one row."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in ranges[:100_000]:
        if bottom > top and right == left and bottom - top < 5_000:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((top, left))
    return found


_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_RELATION_ID = re.compile(rb'\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID = re.compile(rb'\bId="([^"]*)"')
_TARGET = re.compile(rb'\bTarget="([^"]*)"')
_CELL = re.compile(
    rb'<c\s(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")([^>]*)>'
    rb"(?:<f\b[^>]*?(?:/>|>([^<]{0,2000})</f>))?(?:<v\s*/>|<v[^>]*>([^<]{0,40})</v>)?</c>"
)


def _part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """The path of the XML part that holds the sheet called `name`."""
    escaped = name.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    ids = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        sheet, relation = _NAME.search(tag), _RELATION_ID.search(tag)
        if sheet and relation:
            ids[sheet[1]] = relation[1]
    wanted = ids.get(escaped)
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        key, target = _ID.search(tag), _TARGET.search(tag)
        if key and target and key[1] == wanted:
            path = target[1].decode().lstrip("/")
            return path if path.startswith("xl/") else "xl/" + path
    return None


def _scan(archive: zipfile.ZipFile, part: str) -> dict[int, dict[int, str]]:
    """Cells of a sheet's XML that are formulas without a value or error values."""
    found: dict[int, dict[int, str]] = {}
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(1 << 20):
            data = rest + chunk
            end = data.rfind(b"</c>") + 4
            if end < 4:
                rest = data[-65_536:]
                continue
            rest = data[end:]
            if b"<f" not in data and b't="e"' not in data:
                continue
            for letters, row, attributes, formula, value in _CELL.findall(data[:end]):
                is_error = b't="e"' in attributes
                if value and not is_error:
                    continue
                if is_error or formula:
                    text = value.decode("utf-8", "replace") if is_error else ""
                    shown = text or "=" + formula.decode("utf-8", "replace")
                    found.setdefault(int(row) - 1, {})[_column(letters)] = shown
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
