"""Sheets of xlsx and xls workbooks as rows of text."""

from __future__ import annotations

import json
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

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
    command = [sys.executable, "-P", "-S", str(_WORKER)]
    environment = {"PYTHONPATH": _packages()}
    if root := os.environ.get("SYSTEMROOT"):  # Windows starts nothing without it.
        environment["SYSTEMROOT"] = root
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    requests, frames = cast(BinaryIO, worker.stdin), cast(BinaryIO, worker.stdout)
    try:
        try:
            request = json.dumps({"sheet": sheet, "limit": limit}).encode() + b"\n"
            requests.write(request + data)
            requests.close()
        except BrokenPipeError:
            raise Unreadable(_REASONS["broken"]) from None
        del data
        name = ""
        for kind, *values in _frames(frames):
            if kind == "sheet":
                [name] = values
            elif kind == "rows":
                for number, cells in values[0]:
                    yield SheetRow(name, number, cells)
            elif kind == "error":
                raise Unreadable(_REASONS[values[0]])
            else:
                return
        raise Unreadable(_REASONS["broken"])
    finally:
        worker.kill()
        frames.close()
        worker.wait()


def _packages() -> str:
    """Where the engine's package lies: the worker starts without `site`, which is slow."""
    import python_calamine

    return str(Path(python_calamine.__file__).parents[1])


def _frames(stream: BinaryIO) -> Iterator[tuple[Any, ...]]:
    while len(head := stream.read(4)) == 4:
        frame = stream.read(struct.unpack("<I", head)[0])
        yield marshal.loads(frame)  # noqa: S302 - written by our own worker


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
