"""One file a shop can be read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime

from zhanggui.base.words import Text
from zhanggui.shop.files.blobs import Blob, Unreadable
from zhanggui.shop.files.cells import CHINA, CellError
from zhanggui.shop.files.contract import (
    Batch,
    Checkpoint,
    Kind,
    Mapping,
    PreviewRow,
    Problem,
)
from zhanggui.shop.files.headers import LAYOUTS
from zhanggui.shop.files.reading import Table
from zhanggui.shop.files.records import ChatLogRecord, Record

ReadDocument = Callable[[], list[Record]]
"""Reads a file that has no columns; raises CellError or Unreadable."""


@dataclass(frozen=True)
class Source:
    """One file, sheet or zip member, understood but not yet read."""

    path: str
    """Relative to what was discovered, with ``/``; a zip member or a sheet follows ``!``."""
    kind: Kind
    blob: Blob
    encoding: str | None = None
    """The text encoding; None for a workbook."""
    pack: str | None = None
    """The path of the shop pack this file belongs to (``""``: what was discovered is the pack)."""
    mapping: Mapping | None = None
    """None for a file without columns (a policy, a chat log, shop.json)."""
    header_fingerprint: str | None = None
    """Equal for files with the same headers, to remember a correction by."""
    error: Text | None = None
    """Why nothing of the file can be used; `records` is then empty."""
    table: Table | None = None
    document: ReadDocument | None = None

    @property
    def size(self) -> int:
        """Bytes to be read in all (for a progress bar, see `Batch.done_bytes`)."""
        return self.blob.size

    @property
    def header_row(self) -> int:
        """The row number of the header; 0 for a file without one."""
        return self.table.header if self.table else 0

    @property
    def exported_at(self) -> datetime | None:
        """When the platform wrote the file: the time in its name (ExportOrderList202603121048),
        else what the zip or the disk says."""
        return time_in_name(self.path) or self.blob.modified

    def remap(self, mapping: Mapping) -> Source:
        """The same file read by a person's mapping, which may name another kind.

        A table whose error was that it had no known kind or lacked a column may lose it so.
        """
        if self.table is None or mapping.kind not in LAYOUTS:
            return self
        layout = LAYOUTS[mapping.kind]
        table = replace(self.table, layout=layout, mapping=mapping)
        return replace(
            self, kind=mapping.kind, mapping=mapping, table=table, error=missing_columns(mapping)
        )

    def preview(self) -> list[PreviewRow]:
        """The first 20 rows as seen and as understood."""
        if self.error is not None:
            return []
        try:
            if self.table is not None:
                return self.table.preview()
            records = self.document() if self.document else []
        except (CellError, Unreadable):
            return []
        return [PreviewRow(record.row, (), (record,)) for record in records[:20]]

    def records(self, start: Checkpoint | None = None) -> Generator[Batch, None, None]:
        """The file's records in batches, from the beginning or after `start`. The last batch may
        be empty; it says what was wrong with the end of the file."""
        if self.error is not None:
            return
        done = start or Checkpoint()
        try:
            if self.table is not None:
                for batch in self.table.batches(start):
                    done = batch.checkpoint
                    yield batch
            elif self.document is not None and not done.read:
                yield self._whole(self.document())
        except (CellError, Unreadable) as error:
            refused = 1 if self.table is None else 0
            yield Batch(
                [],
                [Problem(done.line + 1 if self.table else 1, None, error.reason, bool(refused))],
                done.read + refused,
                done.accepted,
                done.rejected + refused,
                self.size,
                replace(done, read=done.read + refused, rejected=done.rejected + refused),
            )

    def _whole(self, records: list[Record]) -> Batch:
        rows = sum(len(r.messages) if isinstance(r, ChatLogRecord) else 1 for r in records)
        problems = []
        if self.blob.cut_off:
            problems.append(Problem(0, None, _CUT, refused=False))
        if not records:
            problems.append(Problem(0, None, _NOBODY, refused=False))
        checkpoint = Checkpoint(rows, rows, 0, self.size)
        return Batch(records, problems, rows, rows, 0, self.size, checkpoint)


_CUT = Text(
    "文件不完整，只读入了剩下的部分。请重新下载完整的文件再导入一次。",
    "The file is incomplete; what is left of it was read. Download it again and import it.",
)


_NOBODY = Text(
    "聊天记录里分不出哪句是买家说的，没有读入。请导出带“发送人”或“角色”的记录。",
    "It cannot be told which of these messages a buyer wrote, so none was read. Export the log "
    "with the sender or a role beside each message.",
)


def missing_columns(mapping: Mapping) -> Text | None:
    """Why no row can be read by this mapping: a column that every row needs is not there."""
    layout = LAYOUTS[mapping.kind]
    present = {column.field for column in mapping.columns}
    absent = [f for f in layout.fields if f.required and f.name not in present]
    if not absent:
        return None
    names = "、".join(dict.fromkeys(field.aliases[0] for field in absent))
    return Text(
        f"缺少“{names}”列，没有一行可以用。请重新导出并勾选这一列，或在列对应里指定哪一列是它。",
        f"There is no column “{names}”, so no row can be used. Export again with this column, or "
        "say in the column mapping which one it is.",
    )


_STAMP = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:[-_ ]?(\d\d)(\d\d)(\d\d)?)?")


def time_in_name(path: str) -> datetime | None:
    """The time of export that platforms write into a file's name; None if there is none."""
    for match in reversed(list(_STAMP.finditer(path))):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
        except ValueError:
            continue
    return None
