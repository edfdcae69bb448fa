"""Reading the rows of a table into records: the loop that every row of every file goes through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from zhanggui.base.words import Text
from zhanggui.shop.files.cells import CellError, Convert
from zhanggui.shop.files.contract import Batch, Checkpoint, Mapping, PreviewRow, Problem
from zhanggui.shop.files.delimited import Fault, Position
from zhanggui.shop.files.grids import Cursor, Grid
from zhanggui.shop.files.layouts import Carry, Field, Layout, normalise
from zhanggui.shop.files.records import Record

BATCH_ROWS = 5_000
_TRIAL_ROWS = 2_000
_MANY = 600
"""Different cells in the trial rows above which remembering a column's cells does not pay."""

_FAULTS = {
    "undecodable": Text(
        "这一行有读不出的字符，编码可能已损坏。请从平台重新导出，不要转换编码后保存。",
        "This row has characters that cannot be read; its encoding is damaged. "
        "Export it again and do not convert it.",
    ),
    "cut_off": Text(
        "文件在这一行中断，后面的内容没有了。请重新下载或导出完整的文件；之前的行已读入。",
        "The file breaks off in this row. Download or export it again; the rows before are read.",
    ),
    "quote": Text(
        "这一行的引号没有成对，列已错位。请补上或删除多余的引号。",
        "This row has an unpaired quote, so its columns are shifted. Pair or remove it.",
    ),
}
_TOO_MANY = Text(
    "这一行比表头多出了内容，列可能已错位（例如地址里有没加引号的逗号）。请核对后重新导出。",
    "This row has more cells than the header, so its columns may be shifted (an unquoted comma "
    "in an address, for instance). Check it and export again.",
)
_REQUIRED = Text(
    "缺少“{column}”，这一行无法使用。请补上后再导入；若它是合并的单元格，请取消合并并逐行填写。",
    "“{column}” is missing, so the row cannot be used. Fill it in; if it is a merged cell, "
    "unmerge it and fill every row.",
)
_TOO_FEW = Text(
    "这一行在“{column}”之前就结束了，可能被换行拆开。请重新导出后再导入。",
    "This row ends before “{column}”; a line break may have split it. Export it again.",
)
_CUT = Text(
    "文件不完整，到这里就中断了；之前的行已读入。请重新下载完整的文件再导入一次。",
    "The file is incomplete and ends here; the rows before are read. Download it again and "
    "import it once more.",
)
_NO_ROWS = Text(
    "文件里只有表头，没有一行数据。请确认导出时选的时间范围里有数据。",
    "The file holds a header and not one row. Check that there is something in the period it was "
    "exported for.",
)
_TOTALS = re.compile(
    r"(?:总?合计|总计|小计|汇总|共计|总和|grandtotal|total|sum)(?:[\d:：(（].*)?", re.I
)
_TOTAL_LEADS = frozenset("合总小汇共TtGgSs")
_REMARK = re.compile(
    r"(?:备注|说明|注意|注|数据来源|导出时间|以上|提示|下载时间|统计口径|报表生成|制表|制单|导出人)\S{0,2}[:：]|\*|※|以上数据"
)


@dataclass(frozen=True)
class Table:
    """A grid read by a mapping. `header` is the row number of the header, 0 if there is none."""

    grid: Grid
    layout: Layout
    mapping: Mapping
    header: int

    def batches(self, start: Checkpoint | None = None) -> Iterator[Batch]:
        """Every row after the header, or after `start`."""
        return _Reading(self, start or Checkpoint()).batches()

    def preview(self, limit: int = 20) -> list[PreviewRow]:
        """The first rows as seen and as understood."""
        reading = _Reading(self, Checkpoint())
        rows = []
        for number, cells, records, problem in islice(reading.rows(), limit):
            rows.append(PreviewRow(number, tuple(cells), tuple(records), problem))
        return rows


def _picker(indexes: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Takes the cells at `indexes` out of a row."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda cells: tuple(cells[index] for index in indexes)


class _Memo(dict[str, object]):
    """A column's cells already converted. Most columns repeat few values, and a look-up costs a
    fraction of any converter."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self.convert = convert

    def __missing__(self, cell: str) -> object:
        value = self.convert(cell)
        if len(self) < 10_000 and len(cell) < 200 and not isinstance(value, dict):
            self[cell] = value
        return value


class _Reading:
    """One pass over a table's rows."""

    def __init__(self, table: Table, start: Checkpoint) -> None:
        self._table = table
        self._start = start
        self._carry = Carry()
        self._fills = table.layout.fills
        if start.carry:
            split = len(self._fills)
            self._above = dict(zip(self._fills, start.carry[:split], strict=False))
            self._carry.state = start.carry[split:]
        else:
            self._above = dict.fromkeys(self._fills, "")
        width = len(table.mapping.columns)
        columns = [
            c
            for c in table.mapping.columns
            if c.field in table.layout.by_name and 0 <= c.index < width
        ]
        self._headers = {c.field: c.header for c in columns}
        self._memos = [_Memo(table.layout.by_name[c.field].convert) for c in columns if c.field]
        self._converts: list[Convert] = [memo.__getitem__ for memo in self._memos]
        self._names = [c.field for c in columns if c.field]
        self._pick = _picker([c.index for c in columns])
        self._index = {c.field: c.index for c in columns if c.field}
        fields = table.layout.by_name.values()
        self._required = [f.name for f in fields if f.required]
        self._width = width
        self._shortest, self._vital = self._last_vital(fields)
        self._summed = [self._index[name] for name in table.layout.summed if name in self._index]
        self._repeated = [c.header for c in table.mapping.columns]
        self.cursor: Cursor | None = None

    def _settle(self) -> None:
        """After the trial rows: convert directly what hardly repeats."""
        self._converts = [
            memo.convert if len(memo) > _MANY else memo.__getitem__ for memo in self._memos
        ]

    def _last_vital(self, fields: Sequence[Field] | object) -> tuple[int, str]:
        vital = [
            (self._index[name], name)
            for name, field in self._table.layout.by_name.items()
            if name in self._index and (field.vital or field.required)
        ]
        index, name = max(vital, default=(-1, ""))
        return index + 1, name

    def batches(self) -> Iterator[Batch]:
        start = self._start
        read, accepted, rejected = start.read, start.accepted, start.rejected
        records: list[Record] = []
        problems: list[Problem] = []
        last = 0
        for number, _, found, problem in self.rows():
            last = number
            read += 1
            if problem is None:
                accepted += 1
                records.extend(found)
            else:
                rejected += 1
                problems.append(problem)
            if read - start.read == _TRIAL_ROWS:
                self._settle()
            if read % BATCH_ROWS == 0:
                yield self._batch(records, problems, read, accepted, rejected)
                records, problems = [], []
        cursor = self.cursor
        broken = self._table.grid.blob.cut_off or (cursor is not None and cursor.damage)
        if broken and not (problems and problems[-1].reason is _FAULTS["cut_off"]):
            problems.append(Problem(last, None, _CUT, refused=False))
        elif not read and self._table.header:
            problems.append(Problem(self._table.header, None, _NO_ROWS, refused=False))
        yield self._batch(records, problems, read, accepted, rejected, ended=True)

    def _batch(
        self,
        records: list[Record],
        problems: list[Problem],
        read: int,
        accepted: int,
        rejected: int,
        ended: bool = False,
    ) -> Batch:
        at = self.cursor.position if self.cursor else self._resume_at() or Position()
        size = self._table.grid.blob.size
        done = size if ended else min(size, at.offset)
        carry = (*(self._above[name] for name in self._fills), *self._carry.state)
        checkpoint = Checkpoint(read, accepted, rejected, at.offset, at.skip, at.line, carry)
        return Batch(records, problems, read, accepted, rejected, done, checkpoint)

    def _resume_at(self) -> Position | None:
        start = self._start
        if not (start.offset or start.skip or start.line):
            return None
        return Position(start.offset, start.skip, start.line)

    def rows(self) -> Iterator[tuple[int, list[str], Sequence[Record], Problem | None]]:
        """Each row that counts, with its records or the problem for which it is refused."""
        header = self._table.header
        resumed = self._resume_at()
        after_header = resumed is None and header > 0
        for cursor, (number, cells, fault) in self._table.grid.read(resumed):
            if self.cursor is None:
                self.cursor = cursor
                cursor.width = self._width
            if number <= header:
                continue
            if fault is None and len(cells) == self._width:
                problem = None
            else:
                problem = self._misfit(number, cells, fault)
            if problem is not None:
                if not self._is_furniture(cells, after_header):
                    yield number, cells, (), problem
                continue
            if len(cells) < self._width:
                cells = [*cells, *[""] * (self._width - len(cells))]
            if cells == self._repeated or (cells[0][:1] in _TOTAL_LEADS and _is_total(cells[0])):
                continue
            if not any(cells) or any(_is_total(cells[index]) for index in self._summed):
                continue
            if self._fills:
                self._fill(cells)
            result = self._read(number, cells)
            if isinstance(result, Problem):
                if not self._is_furniture(cells, after_header):
                    yield number, cells, (), result
            else:
                yield number, cells, result, None
            after_header = False

    def _read(self, number: int, cells: list[str]) -> Sequence[Record] | Problem:
        values: dict[str, object] = {}
        name = ""
        try:
            for cell, name, convert in zip(
                self._pick(cells), self._names, self._converts, strict=True
            ):
                if cell:
                    value = convert(cell)
                    if value is not None:
                        values[name] = value
            for name in self._required:
                if name not in values:
                    header = self._headers.get(name) or self._table.layout.by_name[name].aliases[0]
                    return Problem(number, header, _REQUIRED.format(column=header))
            return self._table.layout.build(number, values, self._carry)
        except CellError as error:
            return Problem(number, self._headers.get(name), error.reason)

    def _misfit(self, number: int, cells: list[str], fault: Fault | None) -> Problem | None:
        if fault is not None:
            return Problem(number, None, _FAULTS[fault.kind])
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            return Problem(number, None, _TOO_MANY)
        if len(cells) < self._shortest and not self._table.grid.keeps_blank_cells and any(cells):
            column = self._headers.get(self._vital, self._vital)
            return Problem(number, column, _TOO_FEW.format(column=column))
        return None

    def _fill(self, cells: list[str]) -> None:
        """Give a row that continues the one above what only the first row of a group carries."""
        above = self._above
        key = self._index.get(self._fills[0])
        if key is None or key >= len(cells):
            return
        if cells[key].strip():
            for name in self._fills:
                index = self._index.get(name)
                above[name] = cells[index] if index is not None and index < len(cells) else ""
        elif above[self._fills[0]]:
            for name in self._fills:
                index = self._index.get(name)
                if index is not None and index < len(cells) and not cells[index].strip():
                    cells[index] = above[name]

    def _is_furniture(self, cells: list[str], after_header: bool) -> bool:
        """Whether a row that cannot be read was never meant as one: a total, a remark, the header
        once more."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return True
        if any(map(_is_total, filled[:2])):
            return True
        if len(filled) == 1 and self._width > 2 and _REMARK.match(filled[0]):
            return True
        known = self._table.layout.by_header
        names = sum(1 for cell in filled if normalise(cell) in known)
        same = sum(1 for a, b in zip(cells, self._repeated, strict=False) if a and a.strip() == b)
        return names * 2 > len(filled) or same * 2 > len(filled) or (after_header and names >= 3)


def _is_total(cell: str) -> bool:
    return _TOTALS.fullmatch(normalise(cell)) is not None
