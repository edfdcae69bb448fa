"""A file's bytes to clauses, whatever its form, or an error that says what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhanggui.base.errors import Invalid, TooLarge
from zhanggui.base.words import Text
from zhanggui.knowledge.documents import formats, texts
from zhanggui.knowledge.documents.blocks import Block, clean
from zhanggui.knowledge.documents.cutting import MOST_CLAUSES, Clause, cut
from zhanggui.knowledge.documents.formats import Unusable
from zhanggui.knowledge.documents.outline import outlined
from zhanggui.knowledge.documents.tables import TooManyPlaces
from zhanggui.shop.files.blobs import Unreadable
from zhanggui.shop.files.encodings import detect
from zhanggui.shop.files.markup import is_markup

MAX_BYTES = 50 << 20
LONGEST_TITLE = 200
_LONGEST_LINE = 30
_STOPS = "。！？；：，、…!?;:,."
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SCRAP = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_TAKEN = Text(
    "可以上传 md、txt、docx、pdf、xlsx 和 xls 文件。",
    "Files of these kinds can be uploaded: md, txt, docx, pdf, xlsx and xls.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says: the title it gives itself, else its file's name; its clauses; and of a
    pdf the pages without text, such as scans, counted from 1."""

    title: str
    clauses: list[Clause]
    unread_pages: list[int]


def read(name: str, data: bytes) -> Draft:
    """Read a document; `name` is its file's, for its title and in errors. Blocking: run it in a
    thread. Raises TooLarge for more than :data:`MAX_BYTES` or MOST_CLAUSES, and Invalid for what is
    empty, damaged, has a password or is no document."""
    if len(data) > MAX_BYTES:
        raise TooLarge(
            Text(f"文件太大：{name}", f"The file is too large: {name}"),
            hint=Text(
                f"文档最多 {MAX_BYTES >> 20} MB，请拆成几份再上传。",
                f"A document may have {MAX_BYTES >> 20} MB; split it and upload the parts.",
            ),
            where=name,
        )
    unread: list[int] = []
    try:
        form = _form(name, data)
        if form == "pdf":
            blocks, unread = formats.pdf_blocks(data)
        else:
            blocks = _READERS[form](data)
    except TooManyPlaces:
        what, hint = formats.REASONS["large"]
        raise Invalid(what, hint=hint, where=name) from None
    except Unusable as error:
        raise Invalid(error.what, hint=error.hint, where=name) from None
    except Unreadable as error:
        raise Invalid(
            Text(f"打不开：{name}", f"Cannot be opened: {name}"), hint=error.reason, where=name
        ) from None
    title, clauses = _cut(blocks, name)
    return Draft(title or clean(PurePosixPath(name).stem)[:LONGEST_TITLE] or name, clauses, unread)


def clauses_of_text(text: str, where: str) -> list[Clause]:
    """The clauses of what a person wrote or pasted; raises as :func:`read` does."""
    return _cut(_of_text(text), where, titled=False)[1]


def _cut(blocks: Sequence[Block], where: str, *, titled: bool = True) -> tuple[str, list[Clause]]:
    found = outlined(blocks)
    title = _title(found) if titled else ""
    clauses = cut(found[1:] if title else found)
    if not clauses:
        raise Invalid(
            Text(f"里面没有可用的内容：{where}", f"There is nothing to read in it: {where}"),
            hint=Text("请检查是不是选错了文件。", "Check whether it is the right file."),
            where=where,
        )
    if len(clauses) > MOST_CLAUSES:
        raise TooLarge(
            Text(f"条款太多：{len(clauses)} 条", f"Too many clauses: {len(clauses)}"),
            hint=Text(
                f"一份文档最多 {MOST_CLAUSES} 条，请按章节拆成几份。",
                f"A document may have {MOST_CLAUSES}; split it by its chapters.",
            ),
            where=where,
        )
    return title, clauses


def _title(blocks: Sequence[Block]) -> str:
    """The heading a document begins with, if it is wider than every other; or its first line, if it
    stands there like a title."""
    if len(blocks) < 2 or len(blocks[0].text) > LONGEST_TITLE:
        return ""
    first, rest = blocks[0], blocks[1:]
    if first.kind == "heading":
        wider = all(block.level > first.level for block in rest if block.kind == "heading")
        return first.text if wider else ""
    is_line = first.kind == "paragraph" and len(first.text) <= _LONGEST_LINE and len(rest) > 2
    return first.text if is_line and first.text[-1] not in _STOPS else ""


def _form(name: str, data: bytes) -> str:
    """What kind of file it is, by its content. Raises Unusable."""
    if not data.strip():
        raise Unusable(Text("文件是空的", "The file is empty"), _TAKEN)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLD):
        return _old(data)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".pdf", ".docx", ".xlsx", ".xls"):
        raise Unusable(
            Text(f"内容不是 {suffix[1:]}", f"Its content is no {suffix[1:]}"),
            Text("请检查扩展名，或重新导出。", "Check its ending, or export it again."),
        )
    return "markdown" if suffix in (".md", ".markdown") else "text"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unusable(*formats.REASONS["broken"]) from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "sheets"
    raise _refused()


def _old(data: bytes) -> str:
    """A file of the format before docx and xlsx, or one of those with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unusable(*formats.REASONS["password"])
    if "WordDocument".encode("utf-16-le") in data:
        raise Unusable(
            Text("旧版 Word 文件（doc）读不了", "Old Word files (doc) cannot be read"),
            Text("请用 Word 或 WPS 另存为 docx 再上传。", "Save it as docx and upload that."),
        )
    return "sheets"


def _decoded(data: bytes) -> str:
    encoding = detect(io.BytesIO(data))
    text = data[encoding.bom :].decode(encoding.name, "replace")
    if len(_SCRAP.findall(text)) > len(text) // 50 or is_markup(text):
        raise _refused()
    return text


def _of_text(text: str) -> list[Block]:
    return texts.markdown_blocks(text) if texts.is_markdown(text) else texts.plain_blocks(text)


def _refused() -> Unusable:
    return Unusable(Text("不是能读的文档", "It is no document that can be read"), _TAKEN)


_READERS: dict[str, Callable[[bytes], list[Block]]] = {
    "docx": formats.word_blocks,
    "sheets": formats.sheet_blocks,
    "markdown": lambda data: texts.markdown_blocks(_decoded(data)),
    "text": lambda data: _of_text(_decoded(data)),
}
