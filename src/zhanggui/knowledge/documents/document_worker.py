"""Reads one docx or pdf in a process of its own (:mod:`zhanggui.base.confined`), for
:mod:`zhanggui.knowledge.documents.formats`.

The request is ``{"form": "docx" | "pdf", "pages": most}``. Frames of a docx: ``("paragraph", text,
level)`` with a level for a heading (0 is the document's title) and -1 for none, ``("item", text,
depth)`` and ``("table", rows, headed)``. Frames of a pdf: ``("page", [[text, left, right, top,
height], …])`` in points. Failures are called ``password``, ``broken``, ``large`` and ``pages``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

MAX_MEMORY = 1 << 30
MAX_CPU_SECONDS = 120
MAX_UNPACKED = 200 << 20
MAX_CHARACTERS = 5_000_000
MAX_PLACES = 1_000_000
MAX_COLUMNS = 512
_DEEPEST = 20
_PASSWORD_ERROR = 4


class TooLarge(Exception):
    """More than this process can hold."""


class TooManyPages(Exception):
    """More pages than are read."""


def answer(request: dict[str, Any], data: bytes) -> Iterator[tuple[Any, ...]]:
    """What the document holds."""
    if request["form"] == "pdf":
        return _pages(data, request["pages"])
    return _word(data)


def reason(error: BaseException, data: bytes) -> str:
    """A failure in a word."""
    if isinstance(error, TooLarge):
        return "large"
    if isinstance(error, TooManyPages):
        return "pages"
    return "password" if getattr(error, "err_code", None) == _PASSWORD_ERROR else "broken"


def _pages(data: bytes, most: int) -> Iterator[tuple[Any, ...]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if len(document) > most:
        raise TooManyPages
    left = MAX_CHARACTERS
    for page in document:
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise TooLarge
        yield ("page", _lines(text, page.get_height()))
        text.close()
        page.close()


def _lines(text: Any, page_height: float) -> list[list[Any]]:
    from pypdfium2 import raw

    found: list[list[Any]] = []
    codes: list[int] = []
    places: list[int] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            _close(text, page_height, codes, places, found)
            codes, places = [], []
            continue
        codes.append(45 if code in (2, 0xFFFE) else code)  # A hyphen at the end of a line.
        places.append(index)
    _close(text, page_height, codes, places, found)
    return found


def _close(
    text: Any, page_height: float, codes: list[int], places: list[int], found: list[list[Any]]
) -> None:
    """Add the line that has been read, unless it is blank."""
    units = b"".join(chr(code).encode("utf-16-le", "surrogatepass") for code in codes)
    said = units.decode("utf-16-le", "replace")
    inked = [place for place, code in zip(places, codes, strict=True) if not chr(code).isspace()]
    if not said.strip() or not inked:
        return
    boxes = [text.get_charbox(place, loose=True) for place in (inked[0], inked[-1])]
    height = max(top - bottom for _, bottom, _, top in boxes)
    found.append([said, boxes[0][0], boxes[1][2], page_height - boxes[0][3], height])


def _word(data: bytes) -> Iterator[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
            raise TooLarge
    import docx

    document = docx.Document(io.BytesIO(data))
    yield from _body(document, document.element.body, 0, _Left())


class _Left:
    """What may still be read of a document, whose merged cells say a little many times over."""

    def __init__(self) -> None:
        self._characters = MAX_CHARACTERS
        self._places = MAX_PLACES

    def say(self, text: str) -> None:
        """Count a text. Raises TooLarge."""
        self._characters -= len(text)
        if self._characters < 0:
            raise TooLarge

    def lay(self, rows: int, columns: int) -> None:
        """Hold a table, as far as it is read, against what is left. Raises TooLarge."""
        if columns > MAX_COLUMNS or rows * columns > self._places:
            raise TooLarge

    def lay_whole(self, rows: int, columns: int) -> None:
        """Count a table, every row as wide as the widest. Raises TooLarge."""
        self.lay(rows, columns)
        self._places -= rows * columns


def _body(document: Any, element: Any, depth: int, left: _Left) -> Iterator[tuple[Any, ...]]:
    """The paragraphs and tables under `element`, also those in content controls."""
    for child in element:
        name = _name(child)
        if name == "p":
            yield from _paragraph(document, child, depth, left)
        elif name == "tbl":
            rows, headed = _table(child, left)
            yield ("table", rows, headed)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "smartTag") and depth < _DEEPEST:
            yield from _body(document, child, depth + 1, left)


def _paragraph(document: Any, element: Any, depth: int, left: _Left) -> Iterator[tuple[Any, ...]]:
    said = _text(element)
    left.say(said)
    if said.strip():
        level, listed = _place(document, element)
        if level < 0 and listed >= 0:
            yield ("item", said, listed)
        else:
            yield ("paragraph", said, level)
    if depth < _DEEPEST:
        for box in element.iter("{*}txbxContent"):
            if not any(_name(above) == "Fallback" for above in box.iterancestors()):
                yield from _body(document, box, _DEEPEST, left)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    """The words of a paragraph, with what was inserted and without what was deleted; text boxes
    in it are told apart."""
    parts: list[str] = []
    for each in element.iterchildren():
        name = _name(each)
        if name == "t":
            parts.append(each.text or "")
        elif name in ("tab", "ptab"):
            parts.append(" ")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name not in ("pPr", "rPr", "del", "moveFrom", "txbxContent", "Fallback", "instrText"):
            parts.append(_text(each))
    return "".join(parts)


_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)


def _place(document: Any, element: Any) -> tuple[int, int]:
    """The level of a heading, or -1, and the depth of a list's item, or -1: by the paragraph's own
    properties, else by its style and those that one is based on."""
    from docx.oxml.ns import qn

    level = listed = -1
    properties = element.find(qn("w:pPr"))
    style = None
    if properties is not None:
        level, listed = _properties(properties)
        named = properties.find(qn("w:pStyle"))
        style = named.get(qn("w:val")) if named is not None else None
    for _ in range(_DEEPEST):
        if style is None:
            break
        found = next((s for s in document.styles.element.style_lst if s.styleId == style), None)
        if found is None:
            break
        name = found.name_val or ""
        match = _HEADING.fullmatch(name.strip())
        if level < 0 and match:
            level = int(match[1])
        if level < 0 and name.strip().lower() in ("title", "标题"):
            level = 0
        if found.pPr is not None:
            of_style = _properties(found.pPr)
            level = of_style[0] if level < 0 else level
            listed = of_style[1] if listed < 0 else listed
        if listed < 0 and re.match(r"list (bullet|number)", name, re.I):
            listed = 0
        based = found.find(qn("w:basedOn"))
        style = based.get(qn("w:val")) if based is not None else None
    return level, listed


def _properties(properties: Any) -> tuple[int, int]:
    from docx.oxml.ns import qn

    outline = properties.find(qn("w:outlineLvl"))
    level = int(outline.get(qn("w:val"))) + 1 if outline is not None else -1
    listed = -1
    numbered = properties.find(qn("w:numPr"))
    if numbered is not None:
        number, depth = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
        if number is not None and number.get(qn("w:val")) != "0":
            listed = int(depth.get(qn("w:val"))) if depth is not None else 0
    return (level if level <= 9 else -1), listed


def _table(element: Any, left: _Left) -> tuple[list[list[str]], bool]:
    """The cells of a table as text, a merged cell's in each of its places, and whether its first
    row is marked as one that names the columns. Raises TooLarge."""
    from docx.oxml.ns import qn

    rows: list[list[str]] = []
    widest = 0
    for row in element.iterchildren(qn("w:tr")):
        cells: list[str] = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not row:
                continue
            said = "\n".join(_text(p) for p in cell.iter(qn("w:p")))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            if goes_on and rows and len(cells) < len(rows[-1]):
                said = rows[-1][len(cells)]
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            wide = int(span.get(qn("w:val"))) if span is not None else 1
            cells += [said, *[""] * (min(wide, 100) - 1)]
            widest = max(widest, len(cells))
            left.say(said)
            left.lay(len(rows) + 1, widest)
        rows.append(cells)
    left.lay_whole(len(rows), widest)
    first = element.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}")
    headed = first is not None and next(first.iterancestors(qn("w:tr"))) is element.find(qn("w:tr"))
    return rows, headed
