"""Files to check: what is in them is read, and what cannot be read or means harm is refused."""

from __future__ import annotations

import io
import struct
import time
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from zhanggui.base.errors import Invalid
from zhanggui.rules.files import picture_of, text_of

PAGE = """<html><head><title>茶杯</title><style>p{}</style></head>
<body><!-- 全国第一 --><p class="a">青瓷&amp;白瓷</p><script>alert("最好")</script>二级</body>"""


def docx(text: str = "全国第一") -> bytearray:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:p>{text}</w:p><w:p>茶杯</w:p>")
    return bytearray(out.getvalue())


def encrypted() -> bytearray:
    data = docx()
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return data


def packed_otherwise() -> bytearray:
    data = docx()
    data[8] = data[data.rindex(b"PK\x01\x02") + 10] = 99
    return data


def torn() -> bytearray:
    data = docx()
    at = data.index(b"word/document.xml") + len("word/document.xml")
    data[at : at + 8] = b"\xff" * 8
    return data


def huge() -> bytes:
    """A PNG that says that it has 400 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    size = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b""))


def test_a_reader_sees_neither_tags_nor_what_they_hide() -> None:
    assert text_of("a.html", PAGE.encode()).split() == ["茶杯", "青瓷&白瓷", "二级"]
    assert text_of("a.docx", bytes(docx())).split() == ["全国第一", "茶杯"]


@pytest.mark.parametrize("part", ["<script>", "<!--", "<", "<p "])
def test_no_page_is_dear_to_read(part: str) -> None:
    began = time.process_time()
    text_of("a.html", part.encode() * 40_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("data", [encrypted(), packed_otherwise(), torn(), b"PK"])
def test_a_document_that_cannot_be_opened_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        text_of("a.docx", bytes(data))


@pytest.mark.parametrize("data", [huge(), b"%!PS-Adobe-3.0 EPSF-3.0", b"BM" + bytes(60)])
def test_a_picture_of_another_kind_or_of_too_many_pixels_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        picture_of("a.png", data)
