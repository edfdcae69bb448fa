"""Tables in HTML and in XML Spreadsheet 2003, which back ends call .xls."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_BYTES = 64 << 20
MAX_SPAN = 2_000


def is_markup(text: str) -> bool:
    """Whether `text` begins like HTML or XML."""
    head = text.lstrip("\ufeff \t\r\n")[:20_000].lower()
    return head.startswith("<") and any(
        tag in head for tag in ("<table", "<html", "<!doctype html", "<workbook", "<body", "<div")
    )


def is_cut_off(text: str) -> bool:
    """Whether the document ends within a table."""
    end = text.lower()
    opened = max(end.rfind("<tr"), end.rfind("<row"))
    return opened > max(end.rfind("</table"), end.rfind("</worksheet"))


def tables(text: str) -> Iterator[list[list[str]]]:
    """The rows of each table in the document; a merged cell's value is in all its rows."""
    tree = LexborHTMLParser(text.replace("\0", ""))
    sheets = tree.css("worksheet")
    if sheets:
        for sheet in sheets:
            yield [_sheet_row(row) for row in sheet.css("row")]
        return
    for table in tree.css("table"):
        if table.css_first("table table") is None:
            yield _rows(table)


def _rows(table: LexborNode) -> list[list[str]]:
    rows: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}  # column → rows still covered, the merged cell's value
    for row in table.css("tr"):
        cells: list[str] = []
        below: dict[int, tuple[int, str]] = {}

        def put(
            text: str,
            left: int,
            cells: list[str] = cells,
            below: dict[int, tuple[int, str]] = below,
        ) -> None:
            if left > 0:
                below[len(cells)] = left, text
            cells.append(text)

        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            while len(cells) in above:
                left, text = above[len(cells)]
                put(text, left - 1)
            text = cell.text(deep=True, separator="").replace("\u00a0", " ").strip()
            down = _span(cell, "rowspan") - 1
            put(text, down)
            for _ in range(_span(cell, "colspan") - 1):
                put("", down)
        while len(cells) in above:
            left, text = above[len(cells)]
            put(text, left - 1)
        above = below
        rows.append(cells)
    return rows


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(int(value), MAX_SPAN)) if value.isdecimal() else 1


def _sheet_row(row: LexborNode) -> list[str]:
    cells: list[str] = []
    for cell in row.css("cell"):
        index = cell.attributes.get("ss:index") or ""
        if index.isdecimal() and len(cells) < int(index) <= MAX_SPAN:
            cells.extend([""] * (int(index) - 1 - len(cells)))
        cells.append(cell.text(deep=True, separator="").strip())
    return cells
