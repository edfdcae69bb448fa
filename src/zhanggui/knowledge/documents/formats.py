"""Documents of each form as blocks; what cannot be read says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from zhanggui.base import confined
from zhanggui.base.words import Text
from zhanggui.knowledge.documents.blocks import LIST, Block, clean
from zhanggui.knowledge.documents.outline import LONGEST_HEADING
from zhanggui.knowledge.documents.pages import Page, Printed, page_blocks
from zhanggui.knowledge.documents.tables import table_blocks
from zhanggui.shop.files.workbooks import SheetRow, sheet_heads

MOST_PAGES = 1_000
MOST_ROWS = 5_001
_WORKER = Path(__file__).with_name("document_worker.py")
_PACKAGES = {
    "docx": ("docx", "lxml", "typing_extensions"),
    "pdf": ("pypdfium2", "pypdfium2_raw"),
}
_NAMELESS = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]")


class Unusable(Exception):
    """A file nothing can be read from: what is wrong and what to do."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


def word_blocks(data: bytes) -> list[Block]:
    """The blocks of a docx. Raises Unusable, and TooManyPlaces of a table."""
    found: list[Block] = []
    for kind, *rest in _frames("docx", data):
        if kind == "table":
            rows, headed = rest
            cells = [[clean(cell) for cell in row] for row in rows]
            found += table_blocks(cells, headed=True if headed else None)
            continue
        said, level = clean(rest[0]), rest[1]
        if kind == "paragraph" and level >= 0 and len(said) <= 2 * LONGEST_HEADING:
            found.append(Block("heading", said.replace("\n", " "), level))
        elif kind == "item":
            found += [Block("item", line, LIST + level) for line in said.split("\n")]
        else:
            found += [Block("paragraph", line) for line in said.split("\n")]
    return found


def pdf_blocks(data: bytes) -> tuple[list[Block], list[int]]:
    """The blocks of a pdf, and the numbers of pages that hold no text. Raises Unusable."""
    pages: list[Page] = []
    for _, lines in _frames("pdf", data):
        pages.append([Printed(clean(said), *place) for said, *place in lines if clean(said)])
    whole = "".join(line.text for page in pages for line in page)
    if not whole:
        raise Unusable(
            Text("这份 pdf 里没有文字，多半是扫描件", "This pdf has no text: it is likely a scan"),
            Text(
                "请先做文字识别（OCR），或上传它的 Word 原稿。",
                "Have its text recognised (OCR) first, or upload the Word file it was made of.",
            ),
        )
    if len(_ODD.findall(whole)) > len(whole) // 5:
        raise Unusable(
            Text("这份 pdf 的字体没有带文字编码", "The fonts of this pdf do not tell its text"),
            Text(
                "请上传它的 Word 原稿，或用 Word、WPS 重新导出 pdf。",
                "Upload the Word file it was made of, or export the pdf again.",
            ),
        )
    return page_blocks(pages), [n for n, page in enumerate(pages, 1) if not page]


def _frames(form: str, data: bytes) -> Iterator[tuple[Any, ...]]:
    request = {"form": form, "pages": MOST_PAGES}
    try:
        yield from confined.frames(_WORKER, _PACKAGES[form], request, data)
    except confined.Stopped as stopped:
        raise Unusable(*REASONS[stopped.reason]) from None


@dataclass(frozen=True)
class _Bytes:
    """Bytes as the file of a workbook."""

    data: bytes
    name: str = ""
    modified: datetime | None = None
    cut_off: bool = False

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return BytesIO(self.data)


def sheet_blocks(data: bytes) -> list[Block]:
    """The blocks of a workbook: its sheets' names are headings where they say anything. Raises
    Unusable, Unreadable for a workbook that cannot be opened, and TooManyPlaces of a table."""
    sheets = sheet_heads(_Bytes(data), MOST_ROWS)
    if any(len(rows) == MOST_ROWS for rows in sheets.values()):
        raise Unusable(*REASONS["large"])
    return list(_sheets(sheets))


def _sheets(sheets: Mapping[str, Sequence[SheetRow]]) -> Iterator[Block]:
    for name, rows in sheets.items():
        if not _NAMELESS.fullmatch(name.strip()):
            yield Block("heading", clean(name), 1)
        elif len(sheets) > 1:
            yield Block("heading", level=1)
        # A blank row ends a table; rows without a gap have one distance to their place.
        for _, group in groupby(enumerate(rows), key=lambda each: each[1].number - each[0]):
            yield from _tables([[clean(c) for c in row.cells] for _, row in group])


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Rows of one cell are lines between tables."""
    for single, group in groupby(rows, key=lambda row: sum(map(bool, row)) == 1):
        table = list(group)
        if not single or len(table) > 1:
            yield from table_blocks(table)
            continue
        said = next(cell for cell in table[0] if cell)
        short = len(said) <= LONGEST_HEADING // 2 and not said.endswith(tuple("。；！？：:"))
        yield Block("heading", said.replace("\n", " "), 2) if short else Block("paragraph", said)


REASONS = {
    "password": (
        Text("文件有密码，打不开", "The file has a password"),
        Text(
            "请用原来的软件打开，去掉密码后另存一份再上传。",
            "Open it in the program it is from, save a copy without the password and upload that.",
        ),
    ),
    "large": (
        Text("文件内容太多，读不完", "The file holds more than can be read"),
        Text("请按章节拆成几份再上传。", "Split it into several files and upload those."),
    ),
    "pages": (
        Text(f"pdf 超过 {MOST_PAGES} 页", f"The pdf has more than {MOST_PAGES} pages"),
        Text("请拆成几份再上传。", "Split it into several files and upload those."),
    ),
    "broken": (
        Text("文件已损坏或不完整，打不开", "The file is damaged or cut off"),
        Text(
            "请重新下载或导出；能打开的话，另存一份再上传。",
            "Download or export it again; if it opens, save a copy and upload that.",
        ),
    ),
}
