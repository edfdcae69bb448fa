"""Reading delimited text (csv, tsv) as a stream, whatever merchants' files have been through.

The file is read in blocks cut at a line's end, so a block can be found again by its byte offset:
a position is a block's offset and the lines of it that are behind. Memory stays at one block.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from zhanggui.shop.files.blobs import Unreadable, take
from zhanggui.shop.files.encodings import Encoding

BLOCK = 1 << 20
LONGEST_LINE = 1 << 24
LONGEST_RECORD = 2000
"""Lines in one record; more means a quote that nobody closed."""

_TELLING_WIDTH = 6
"""A line with this many cells is a row; with fewer it may be prose with commas in a cell."""

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a line begins: `skip` lines into the block at byte `offset`; `line` counts from 0."""

    offset: int = 0
    skip: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with the text of a row, before any column is looked at."""

    kind: str
    """``undecodable``, ``cut_off`` or ``quote``."""


class DelimitedReader:
    """The rows of one text, from a position on.

    Iterating gives ``(row, cells, fault)``: `row` is the 1-based line on which the record begins,
    blank lines are passed over. `position` is where the next record begins, `width` (once the
    caller has set it) how many cells a record should have, `damage` is set when the bytes under
    the text ended in an error.
    """

    def __init__(
        self, file: BinaryIO, encoding: Encoding, delimiter: str, start: Position | None = None
    ) -> None:
        self._file = file
        self._encoding = encoding
        self._delimiter = delimiter
        self._start = start or Position(encoding.bom)
        self._ahead: deque[tuple[str, Position]] = deque()
        self._taken: list[tuple[str, Position]] = []
        self.position = self._start
        self.width = 0
        self.damage = False
        self.ended_in_line = False

    def __iter__(self) -> Iterator[tuple[int, list[str], Fault | None]]:
        lines = self._lines()
        taken = self._taken
        records = csv.reader(lines, delimiter=self._delimiter)
        while True:
            taken.clear()
            try:
                cells = next(records)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            if not taken:
                continue
            row = taken[0][1].line + 1
            if cells is not None and len(taken) == 1 and not self.ended_in_line:
                if cells:
                    fault = Fault("undecodable") if "\ufffd" in taken[0][0] else None
                    yield row, cells, fault
                continue
            if self._runs_on(cells):
                cells = self._first_line_alone()
                records = csv.reader(lines, delimiter=self._delimiter)
                yield row, cells, None if len(cells) == self.width else Fault("quote")
                continue
            if cells:
                yield row, cells, self._fault(cells)

    def _fault(self, cells: list[str]) -> Fault | None:
        text = "".join(line for line, _ in self._taken)
        if self.ended_in_line:
            inside_quotes = text.count('"') % 2 == 1
            if inside_quotes or len(cells) < self.width or text.endswith("\ufffd"):
                return Fault("cut_off")
        return Fault("undecodable") if "\ufffd" in text else None

    def _runs_on(self, cells: list[str] | None) -> bool:
        """Whether an unclosed quote has swallowed the lines after it."""
        if cells is None or len(self._taken) >= LONGEST_RECORD:
            return True
        if not self.width or len(self._taken) < 2:
            return False
        if len(cells) == self.width and self.width < _TELLING_WIDTH:
            return False
        following = next(csv.reader([self._taken[1][0]], delimiter=self._delimiter), [])
        return len(following) == self.width

    def _first_line_alone(self) -> list[str]:
        """The first line taken at its word, quotes and all; the others are read again."""
        first = self._taken[0][0].rstrip("\r\n")
        for item in reversed(self._taken[1:]):
            self._ahead.appendleft(item)
        after = self._taken[0][1]
        self.position = Position(after.offset, after.skip + 1, after.line + 1)
        self.ended_in_line = False
        return first.split(self._delimiter)

    def _lines(self) -> Iterator[str]:
        """Lines with their ends; keeps `position` and what the record in hand has taken."""
        taken = self._taken
        fresh = self._fresh_lines()
        while True:
            if self._ahead:
                item = self._ahead.popleft()
            else:
                found = next(fresh, None)
                if found is None:
                    return
                item = found
            if len(taken) >= LONGEST_RECORD:
                self._ahead.appendleft(item)
                raise csv.Error("a record without end")
            taken.append(item)
            line, at = item
            self.position = Position(at.offset, at.skip + 1, at.line + 1)
            self.ended_in_line = line[-1] not in "\r\n"
            yield line

    def _fresh_lines(self) -> Iterator[tuple[str, Position]]:
        start = self._start
        number = start.line - start.skip
        for offset, text in self._blocks(start.offset):
            for index, line in enumerate(io.StringIO(text, newline="")):
                if offset != start.offset or index >= start.skip:
                    yield line, Position(offset, index, number)
                number += 1

    def _blocks(self, offset: int) -> Iterator[tuple[int, str]]:
        """Whole lines of about a block each, with the offset of their first byte."""
        try:
            self._file.seek(offset)
        except Unreadable:
            self.damage = True
            return
        rest = b""
        while True:
            chunk = self._read(BLOCK - len(rest)) if len(rest) < BLOCK else b""
            data = rest + chunk
            if not data:
                return
            end = self._line_end(data)
            while end == 0 and len(data) < LONGEST_LINE and (more := self._read(BLOCK)):
                data += more
                end = self._line_end(data)
            if end == 0:
                end = len(data)
            yield offset, self._decode(data[:end])
            offset += end
            rest = data[end:]

    def _read(self, size: int) -> bytes:
        if self.damage:
            return b""
        data, self.damage = take(self._file, size)
        return data

    def _line_end(self, data: bytes) -> int:
        """How many bytes of `data` are whole lines; 0 when it has no line's end."""
        newline = self._encoding.newline
        end = data.rfind(newline)
        while end >= 0 and end % len(newline):
            end = data.rfind(newline, 0, end + len(newline) - 1)
        if end >= 0:
            return end + len(newline)
        if len(newline) == 1:  # Old Mac line ends; one at the very end may be half of a CR LF.
            return data.rfind(b"\r", 0, len(data) - 1) + 1
        return 0

    def _decode(self, data: bytes) -> str:
        name = self._encoding.name
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            newline = self._encoding.newline
            if len(newline) > 1:
                text = data.decode(name, "replace")
            else:  # Line by line, so that one bad byte costs one line.
                text = newline.decode().join(
                    line.decode(name, "replace") for line in data.split(newline)
                )
        if "\0" in text:
            text = text.replace("\0", "")
        if "\r\r\n" in text:
            text = text.replace("\r\r\n", "\r\n")
        return text


DELIMITERS = (",", "\t", ";", "|")


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines of `text` into the most even rows."""
    lines = [line for line in io.StringIO(text, newline="") if line.strip()][:60]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        score = wide.count(usual) / len(widths) * min(usual, 12)
        if score > best_score:
            best, best_score = delimiter, score
    return best
