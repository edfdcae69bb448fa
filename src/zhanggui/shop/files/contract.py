"""The forms in which a file reaches its reader: kinds, problems, mappings, checkpoints, batches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from zhanggui.base.words import Text
from zhanggui.shop.files.records import Record


class Kind(StrEnum):
    """What a file is. The ``pack_`` kinds are the files of a shop pack."""

    PACK_SHOP = "pack_shop"
    PACK_PRODUCTS = "pack_products"
    PACK_ORDERS = "pack_orders"
    PACK_REFUNDS = "pack_refunds"
    PACK_COUPONS = "pack_coupons"
    PACK_FAQ = "pack_faq"
    PACK_POLICY = "pack_policy"
    ORDERS = "orders"
    ORDER_LINES = "order_lines"
    REFUNDS = "refunds"
    GOODS = "goods"
    ASSISTANT_ITEMS = "assistant_items"
    PRODUCT_DAYS = "product_days"
    PROMOTION = "promotion"
    REVIEWS = "reviews"
    FAQ = "faq"
    PHRASES = "phrases"
    CHAT_LOG = "chat_log"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was refused, or (where the row still went in) what was odd about it.

    `row` is the file's own, 1-based as in a spreadsheet; for a csv whose cells have line breaks
    it is the line on which the record begins. 0 stands for the file as a whole. `column` is the
    header as the file writes it. `refused` tells whether the row was left out.
    """

    row: int
    column: str | None
    reason: Text
    refused: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file and the field it is read as; `confidence` is from 0 to 1."""

    index: int
    header: str
    field: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file's columns are read. `missing` are fields of the kind that no column gives,
    those without which no row can be read first."""

    kind: Kind
    columns: tuple[Column, ...]
    missing: tuple[str, ...] = ()

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The headers that are not read."""
        return tuple(c.header for c in self.columns if c.field is None and c.header)

    def assign(self, index: int, field: str | None) -> Mapping:
        """The mapping with column `index` read as `field` (None: not read) by a person's word;
        another column read as the same field gives it up."""
        columns = []
        for column in self.columns:
            if column.index == index:
                column = replace(column, field=field, confidence=1.0)
            elif field is not None and column.field == field:
                column = replace(column, field=None, confidence=0.0)
            columns.append(column)
        missing = tuple(name for name in self.missing if name != field)
        return replace(self, columns=tuple(columns), missing=missing)

    def to_json(self) -> dict[str, Any]:
        """As JSON, to be remembered under the source's `header_fingerprint`."""
        return {
            "kind": self.kind.value,
            "columns": [[c.index, c.header, c.field, c.confidence] for c in self.columns],
            "missing": list(self.missing),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Mapping:
        """The inverse of :meth:`to_json`; raises KeyError, TypeError or ValueError."""
        columns = tuple(
            Column(int(index), str(header), None if field is None else str(field), float(sure))
            for index, header, field, sure in data["columns"]
        )
        return cls(Kind(data["kind"]), columns, tuple(str(m) for m in data["missing"]))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where to go on reading. Valid for the same bytes read with the same mapping only.

    `read`, `accepted` and `rejected` count rows from the file's beginning. `offset` is the byte
    of the decoded member at which reading resumes, `skip` the lines or rows to pass over from
    there, `line` the file's line number at `offset`. `carry` is what the reader of this kind
    remembers from earlier rows (a merged cell's value).
    """

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    offset: int = 0
    skip: int = 0
    line: int = 0
    carry: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As JSON, to be committed together with the batch it follows."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "offset": self.offset,
            "skip": self.skip,
            "line": self.line,
            "carry": list(self.carry),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Checkpoint:
        """The inverse of :meth:`to_json`; raises KeyError, TypeError or ValueError."""
        numbers = ("read", "accepted", "rejected", "offset", "skip", "line")
        carry = tuple(str(value) for value in data["carry"])
        return cls(**{name: int(data[name]) for name in numbers}, carry=carry)


@dataclass(slots=True)
class Batch:
    """Some thousands of rows, read. The counts are from the file's beginning: rows, not records
    (a row may give several records). `done_bytes` of `Source.size` are behind."""

    records: list[Record]
    problems: list[Problem]
    read: int
    accepted: int
    rejected: int
    done_bytes: int
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as the file has it, and the records it is understood as; `problem` if it is refused."""

    row: int
    seen: tuple[str, ...]
    understood: tuple[Record, ...]
    problem: Problem | None = None
