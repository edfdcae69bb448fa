"""Reads one workbook in a process of its own (:mod:`zhanggui.base.confined`), for
:mod:`zhanggui.shop.files.workbooks`.

The engine is native code that a damaged workbook can drive into endless allocation. The request
is ``{"sheet": name or null, "limit": rows or null}``; the frames are ``("sheet", name)`` and
``("rows", [[number, [cell, …]], …])`` for the sheet, or for all of them. Failures are called
``password``, ``broken`` and ``large``.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import python_calamine as calamine

MAX_MEMORY = 2 << 30
MAX_CPU_SECONDS = 600
MAX_UNPACKED = 700 << 20
MAX_CELLS = 30_000_000
MAX_COLUMNS = 512
_CHUNK = 500


class TooLarge(Exception):
    """More than this process can hold."""


def answer(request: dict[str, Any], data: bytes) -> Iterator[tuple[Any, ...]]:
    """The sheets that are asked for and their rows, as they are read."""
    is_zip = data[:2] == b"PK"
    if is_zip:
        _check_size(data)
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in book.sheets_metadata:
        wanted = request["sheet"] in (None, sheet.name)
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet or not wanted:
            continue
        yield ("sheet", sheet.name)
        rows = islice(_rows(book, sheet.name, data if is_zip else None), request["limit"])
        while chunk := list(islice(rows, _CHUNK)):
            yield ("rows", chunk)


def reason(error: BaseException, data: bytes) -> str:
    """A failure in a word."""
    if isinstance(error, TooLarge):
        return "large"
    is_encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return "password" if isinstance(error, calamine.PasswordError) or is_encrypted else "broken"


def _rows(
    book: calamine.CalamineWorkbook, name: str, data: bytes | None
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that are not blank. A vertically merged cell's value stands in each
    of its rows; a formula without a value stands as ``=…``, an error value as ``#…``."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return
    left = sheet.start[1]
    merged = _downward(sheet.merged_cell_ranges or [])
    odd = _valueless(data, name) if data else {}
    top: dict[tuple[int, int], str] = {}
    for number, values in enumerate(sheet.iter_rows()):
        cells = [text_of(value) for value in values[:MAX_COLUMNS]]
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
            yield number + 1, cells


def _check_size(data: bytes) -> None:
    """Raise TooLarge for a workbook that unpacks to too much, or whose cells lie so far apart
    that the engine, which holds a sheet as a rectangle, could not hold it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise TooLarge
        for info in infos:
            if not info.filename.startswith("xl/worksheets/"):
                continue
            rows = columns = 1
            with archive.open(info) as file:
                rest = b""
                while chunk := file.read(1 << 20):
                    found = _PLACE.findall(rest + chunk)
                    rest = chunk[-64:]
                    if found:
                        rows = max(rows, max(int(row) for _, row in found))
                        columns = max(columns, max(_column(c) for c in {c for c, _ in found}) + 1)
            if rows * columns > MAX_CELLS:
                raise TooLarge


def _valueless(data: bytes, name: str) -> dict[int, dict[int, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, name)
            return _scan(archive, part) if part else {}
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, ValueError, RuntimeError, OSError):
        return {}


def text_of(value: object) -> str:
    """A workbook's cell as the text its column would have in a csv.

    A number that a spreadsheet cannot hold exactly (over 15 digits) comes out in scientific
    notation, so that no converter takes it for an id.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= 1e15:
            return f"{value:.5E}"
        return str(int(value)) if value == int(value) else repr(round(value, 10))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


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
