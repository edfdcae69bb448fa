"""Files of each form, made from what a test wants to be in them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl

Print = tuple[str, float, float, float]
"""A line of a pdf: text, distance from the left and from the top, size, in points."""

HEIGHT = 842


def pdf(pages: Sequence[Sequence[Print]]) -> bytes:
    """A pdf of A4 pages whose letters are not embedded, but told by a ToUnicode map."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    to_unicode = "\n".join(
        ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap"]
        + ["1 begincodespacerange <0000> <FFFF> endcodespacerange"]
        + [f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in _ranges()]
        + ["endcmap end end"]
    )
    objects += [
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 1000 /FontDescriptor 5 0 R"
        " /W [32 126 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0"
        " >> >>",
        "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800"
        " /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>",
        _stream(to_unicode),
    ]
    kids = []
    for page in pages:
        drawn = "\n".join(_drawn(*each) for each in page)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Resources"
            f" << /Font << /F 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(_stream(drawn))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _ranges() -> list[list[str]]:
    all_of = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    return [all_of[start : start + 100] for start in range(0, 256, 100)]


def _drawn(text: str, left: float, top: float, size: float) -> str:
    codes = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf 1 0 0 1 {left} {HEIGHT - top} Tm <{codes}> Tj ET"


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str], trailer: str = "") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{each}\nendobj\n".encode())
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer << /Size {size} /Root 1 0 R{trailer} >>\n".encode())
    out.write(f"startxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A pdf that opens with a password alone."""
    key = "00" * 32
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>",
    ]
    return _file(objects, f" /Encrypt 3 0 R /ID [<{key}> <{key}>]")


def word(make) -> bytes:
    """A docx: `make` fills it."""
    document = docx.Document()
    make(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheets(**rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of sheets by name; None is a blank cell."""
    book = openpyxl.Workbook(write_only=True)
    for name, each in rows.items():
        sheet = book.create_sheet(name)
        for row in each:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
