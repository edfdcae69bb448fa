"""Finding the sources in a path: a file, a folder, a shop pack, a zip; what each is, by content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from zhanggui.base.words import Text
from zhanggui.shop.files import chatlogs, packs
from zhanggui.shop.files.blobs import DAMAGED, Blob, DiskBlob, Unreadable, open_zip, take
from zhanggui.shop.files.cells import CellError, identifier
from zhanggui.shop.files.contract import Column, Kind, Mapping
from zhanggui.shop.files.delimited import sniff_delimiter
from zhanggui.shop.files.encodings import SAMPLE, Encoding, detect
from zhanggui.shop.files.grids import Grid, MarkupGrid, SheetGrid, TextGrid
from zhanggui.shop.files.headers import (
    DEEPEST_HEADER,
    LAYOUTS,
    find_heading,
    fingerprint,
    map_columns,
)
from zhanggui.shop.files.markup import MAX_BYTES, is_markup, tables
from zhanggui.shop.files.reading import Table
from zhanggui.shop.files.records import Record
from zhanggui.shop.files.source import Source, missing_columns
from zhanggui.shop.files.workbooks import sheet_heads

MAX_FILES = 5_000
MAX_DOCUMENT = 64 << 20
_JSON = re.compile(r"""\s*(?:\{\s*"|\[\s*[\[{"]|[{\[]\s*$)""")
_HEAD_ROWS = DEEPEST_HEADER + 30
_NOT_FOR_SHOPS = frozenset({"cases.jsonl", "now.txt"})
_ORDER = {kind: place for place, kind in enumerate(Kind)}


def discover(path: Path | str) -> list[Source]:
    """Every file under `path` that a shop can be read from, in the order to read them in.

    A file that looks like data but cannot be used is listed with its `error`; in a folder or a
    zip, pictures, notes and the like are passed over. Raises FileNotFoundError if there is
    nothing at `path`.
    """
    root = Path(path)
    if not root.exists():
        raise FileNotFoundError(root)
    if root.is_dir():
        files = islice(_files(root), MAX_FILES)
        blobs: Iterable[Blob] = [DiskBlob(f, f.relative_to(root).as_posix()) for f in files]
        sources = _from_many(blobs, "", 0)
        if not sources:
            return [_unusable(DiskBlob(root, root.name), root.name, _NOTHING)]
        return sources
    return _from_one(DiskBlob(root, root.name), root.name, 0, alone=True)


def _files(root: Path) -> Iterator[Path]:
    for entry in sorted(root.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in entry.relative_to(root).parts)
        if not hidden and entry.is_file() and not entry.is_symlink():
            yield entry


def _from_many(blobs: Iterable[Blob], prefix: str, depth: int) -> list[Source]:
    """The sources among the files of a folder or a zip; `prefix` goes before their names."""
    blobs = list(blobs)
    roots = {_parent(blob.name) for blob in blobs if _base(blob.name) == "shop.json"}
    found: list[Source] = []
    for blob in blobs:
        pack = next((root for root in roots if _within(blob.name, root)), None)
        if pack is not None and _base(blob.name) in _NOT_FOR_SHOPS:
            continue
        sources = _from_one(blob, prefix + blob.name, depth, alone=len(blobs) == 1)
        if pack is not None:
            sources = [_in_pack(source, prefix + pack) for source in sources]
        found.extend(sources)
    return sorted(found, key=lambda source: (_ORDER[source.kind], source.path))


def _in_pack(source: Source, pack: str) -> Source:
    return replace(source, pack=pack)


def _parent(name: str) -> str:
    return name.rsplit("/", 1)[0] if "/" in name else ""


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _within(name: str, root: str) -> bool:
    return not root or name.startswith(root + "/")


def _from_one(blob: Blob, path: str, depth: int, *, alone: bool) -> list[Source]:
    """The sources in one file; none if it is no data and not `alone`."""
    try:
        with closing(blob.open()) as file:
            head, broken = take(file, 4096)
        if broken and not head:
            raise Unreadable(DAMAGED)
        if not head:
            return [_unusable(blob, path, _EMPTY)]
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _from_zip(blob, path, depth)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            return _from_workbook(blob, path)
        for magic, reason in _OTHER_FORMATS:
            if head.startswith(magic):
                return [_unusable(blob, path, reason)] if alone or reason is _PACKED else []
        return _from_text(blob, path, alone=alone)
    except Unreadable as error:
        return [_unusable(blob, path, error.reason)]


def _unusable(blob: Blob, path: str, reason: Text) -> Source:
    return Source(path, Kind.UNKNOWN, blob, error=reason)


def _from_zip(blob: Blob, path: str, depth: int) -> list[Source]:
    archive = open_zip(blob)
    names = {member.name for member in archive.members}
    if {"xl/workbook.bin"} <= names or {"content.xml", "mimetype"} <= names:
        return [_unusable(blob, path, _OTHER_WORKBOOK)]
    if any(name.startswith("xl/") for name in names):
        if archive.cut_off:
            raise Unreadable(_CUT_WORKBOOK)
        return _from_workbook(blob, path)
    if depth >= 2:
        return [_unusable(blob, path, _TOO_DEEP)]
    found = [_unusable(blob, f"{path}!{name}", reason) for name, reason in archive.refused]
    found += _from_many(archive.members, path + "!", depth + 1)
    return found or [_unusable(blob, path, _NOTHING)]


def _from_workbook(blob: Blob, path: str) -> list[Source]:
    found: list[Source] = []
    strange: list[Source] = []
    for name, head in sheet_heads(blob, _HEAD_ROWS).items():
        rows = [(row.number, row.cells) for row in head]
        source = _from_grid(SheetGrid(blob, name), path, rows)
        (strange if source.kind is Kind.UNKNOWN else found).append(
            replace(source, path=f"{path}!{name}")
        )
    if not found:
        found = strange[:1]
    if len(found) == 1:
        return [replace(found[0], path=path)]
    return found or [_unusable(blob, path, _EMPTY)]


def _from_text(blob: Blob, path: str, *, alone: bool) -> list[Source]:
    with closing(blob.open()) as file:
        encoding = detect(file)
    with closing(blob.open()) as file:
        sample = take(file, SAMPLE)[0][encoding.bom :].decode(encoding.name, "replace")
    if not sample.strip("\0\ufeff \t\r\n"):
        return [_unusable(blob, path, _EMPTY)]
    if _is_binary(sample):
        return [_unusable(blob, path, _NO_TABLE)] if alone else []
    if _base(path.replace("!", "/")) == "shop.json":
        return [_document(blob, path, Kind.PACK_SHOP, encoding)]
    if packs.is_policy(sample):
        return [_document(blob, path, Kind.PACK_POLICY, encoding)]
    if _JSON.match(sample):  # Its commas part no columns.
        return [_unusable(blob, path, _NO_TABLE)] if alone else []
    if is_markup(sample):
        return _from_markup(blob, path, encoding, alone=alone)
    source = _from_grid(_text_grid(blob, encoding, sample), path)
    if (
        source.kind is Kind.UNKNOWN
        or (source.mapping and all(c.confidence < 0.7 for c in source.mapping.columns))
    ) and chatlogs.looks_like_chat(sample):
        return [_document(blob, path, Kind.CHAT_LOG, encoding)]
    if source.kind is Kind.UNKNOWN and not alone and not _has_columns(source):
        return []
    return [source]


def _has_columns(source: Source) -> bool:
    return source.mapping is not None and len(source.mapping.columns) >= 3


def _is_binary(sample: str) -> bool:
    odd = sum(1 for c in sample[:4096] if c == "\ufffd" or (c < " " and c not in "\t\r\n\f\0\x1a"))
    return odd * 8 > len(sample[:4096])


def _text_grid(blob: Blob, encoding: Encoding, sample: str) -> TextGrid:
    delimiter = sniff_delimiter(sample)
    return TextGrid(blob, encoding, delimiter)


def _from_markup(blob: Blob, path: str, encoding: Encoding, *, alone: bool) -> list[Source]:
    if blob.size > MAX_BYTES:
        return [_unusable(blob, path, _LARGE_MARKUP)]
    with closing(blob.open()) as file:
        text = file.read()[encoding.bom :].decode(encoding.name, "replace")
    best: Source | None = None
    for index, rows in enumerate(tables(text)):
        if index >= 50:
            break
        filled = [(n, cells) for n, cells in enumerate(rows[:_HEAD_ROWS], 1) if any(cells)]
        if not filled:
            continue
        source = _from_grid(MarkupGrid(blob, encoding, index), path, filled)
        if source.kind is not Kind.UNKNOWN:
            return [source]
        best = best or source
    if chatlogs.looks_like_chat("\n".join(chatlogs.html_lines(text))):
        return [_document(blob, path, Kind.CHAT_LOG, encoding)]
    if best is not None:
        return [best]
    return [_unusable(blob, path, _NO_TABLE)] if alone else []


def _from_grid(grid: Grid, path: str, rows: list[tuple[int, list[str]]] | None = None) -> Source:
    """What a table is by its first rows."""
    if rows is None:
        rows = [(number, cells) for _, (number, cells, _) in islice(grid.read(), _HEAD_ROWS)]
    cells = [row for _, row in rows]
    columns = message_columns_of(cells)
    if columns is not None:  # Before the other kinds: what is said looks like a FAQ.
        index, places = columns
        read = partial(_read_message_rows, grid, rows[index][0], places)
        return Source(path, Kind.CHAT_LOG, grid.blob, grid.encoding, document=read)
    heading = find_heading(cells)
    if heading is None:
        return _unknown(grid, path, rows)
    header = cells[heading.index] if heading.index >= 0 else []
    number = rows[heading.index][0] if heading.index >= 0 else 0
    following = cells[heading.index + 1] if heading.index + 1 < len(cells) else []
    layout = LAYOUTS[heading.mapping.kind]
    again = map_columns(layout, following)
    if header and sum(1 for c in again.columns if c.field) >= max(3, layout.needs):
        number = rows[heading.index + 1][0]  # 淘宝助理 names its columns twice.
    mapping = heading.mapping
    table = Table(grid, layout, mapping, number)
    error = missing_columns(mapping)
    if error is None and _rounded_numbers(mapping, cells[heading.index + 1 :]):
        error = _ROUNDED
    print_of = fingerprint(header or [f"{len(mapping.columns)}"])
    return Source(
        path, mapping.kind, grid.blob, grid.encoding, None, mapping, print_of, error, table
    )


def message_columns_of(rows: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """The header row of a table with a chat message per row, and its columns."""
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        columns = chatlogs.message_columns(row)
        if columns is not None:
            return index, columns
    return None


def _unknown(grid: Grid, path: str, rows: list[tuple[int, list[str]]]) -> Source:
    """A table of no known kind, whose columns a person may still assign."""
    width = max(len(cells) for _, cells in rows) if rows else 0
    number, header = next((r for r in rows if len(r[1]) == width), (0, []))
    columns = tuple(Column(i, cell.strip(), None, 0.0) for i, cell in enumerate(header))
    mapping = Mapping(Kind.UNKNOWN, columns)
    table = Table(grid, LAYOUTS[Kind.FAQ], mapping, number)
    return Source(
        path,
        Kind.UNKNOWN,
        grid.blob,
        grid.encoding,
        None,
        mapping,
        fingerprint(header),
        _UNKNOWN,
        table,
    )


def _rounded_numbers(mapping: Mapping, rows: list[list[str]]) -> bool:
    """Whether the order numbers are long digits that a spreadsheet has rounded to end in zeros."""
    index = next((c.index for c in mapping.columns if c.field == "order_no"), None)
    if index is None:
        return False
    numbers = []
    for row in rows:
        try:
            number = identifier(row[index]) if index < len(row) else None
        except CellError:
            continue
        if number and number.isdigit() and len(number) >= 18:
            numbers.append(number)
    return len(numbers) >= 5 and all(number.endswith("000") for number in numbers)


def _document(blob: Blob, path: str, kind: Kind, encoding: Encoding) -> Source:
    read = {
        Kind.PACK_SHOP: _read_shop,
        Kind.PACK_POLICY: _read_policy,
        Kind.CHAT_LOG: _read_chat,
    }[kind]
    error = _LARGE_DOCUMENT if blob.size > MAX_DOCUMENT else None
    document = partial(read, blob, encoding)
    return Source(path, kind, blob, encoding.name, error=error, document=document)


def _text_of(blob: Blob, encoding: Encoding) -> str:
    with closing(blob.open()) as file:
        data = file.read()[encoding.bom :]
    return data.decode(encoding.name, "replace").replace("\0", "")


def _read_shop(blob: Blob, encoding: Encoding) -> list[Record]:
    return [packs.read_shop(_text_of(blob, encoding))]


def _read_policy(blob: Blob, encoding: Encoding) -> list[Record]:
    return [packs.read_policy(_text_of(blob, encoding))]


def _read_chat(blob: Blob, encoding: Encoding) -> list[Record]:
    text = _text_of(blob, encoding)
    lines = chatlogs.html_lines(text) if is_markup(text) else text.splitlines()
    return list(chatlogs.from_text(lines))


def _read_message_rows(grid: Grid, header: int, columns: dict[str, int]) -> list[Record]:
    rows = ((number, cells) for _, (number, cells, _) in grid.read() if number > header)
    return list(chatlogs.from_rows(rows, columns))


_EMPTY = Text(
    "文件是空的。请重新导出；如果平台还在生成文件，稍后再下载。",
    "The file is empty. Export it again; if the platform is still preparing it, download it later.",
)
_NO_TABLE = Text(
    "这不是表格、聊天记录或店铺包。请导入平台导出的 csv、xls、xlsx 或 zip 文件。",
    "This is no table, chat log or shop pack. Import a csv, xls, xlsx or zip that the platform "
    "exported.",
)
_NOTHING = Text(
    "里面没有可以导入的文件。请选择平台导出的 csv、xls、xlsx 或 zip 文件。",
    "There is nothing in it to import. Choose a csv, xls, xlsx or zip that the platform exported.",
)
_PACKED = Text(
    "这种压缩格式读不了。请先解压，再导入里面的文件，或压缩成 zip。",
    "This archive format cannot be read. Unpack it and import the files, or pack them as zip.",
)
_TOO_DEEP = Text(
    "压缩包里套了太多层压缩包。请解压后再导入。",
    "Zips are nested too deep. Unpack them and import the files.",
)
_OTHER_WORKBOOK = Text(
    "这种工作簿（xlsb、ods）读不了。请用表格软件另存为 xlsx 或 csv 后再导入。",
    "This form of workbook (xlsb, ods) cannot be read. Save it as xlsx or csv and import that.",
)
_CUT_WORKBOOK = Text(
    "工作簿不完整（没有下载完），打不开。请重新下载或导出后再导入。",
    "The workbook is cut off (not downloaded to its end) and cannot be opened. "
    "Download or export it again.",
)
_LARGE_MARKUP = Text(
    "网页格式的表格太大。请用表格软件打开，另存为 csv 或 xlsx 后再导入。",
    "The HTML table is too large. Open it in a spreadsheet, save it as csv or xlsx, and import "
    "that.",
)
_LARGE_DOCUMENT = Text(
    "文件太大，无法整个读入。请分成几份再导入。",
    "The file is too large to be read whole. Split it and import the parts.",
)
_UNKNOWN = Text(
    "认不出这是什么表。请在列对应里说明它是哪一种、各列是什么；下次同样的表会自动认出。",
    "This table is of no known kind. Say in the column mapping what it is and what its columns "
    "are; the same kind of file will be known next time.",
)
_ROUNDED = Text(
    "订单编号的后几位都成了 0，是被表格软件四舍五入过的，已经对不上真实订单。"
    "请从平台重新导出后直接导入，不要先用表格软件打开保存。",
    "The order numbers all end in zeros: a spreadsheet has rounded them and they match no real "
    "order any more. Export again and import the file without saving it in a spreadsheet.",
)
_OTHER_FORMATS = (
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"%PDF", _NO_TABLE),
    (b"\x89PNG", _NO_TABLE),
    (b"\xff\xd8\xff", _NO_TABLE),
    (b"GIF8", _NO_TABLE),
    (b"RIFF", _NO_TABLE),
    (b"SQLite format 3", _NO_TABLE),
)
