"""Finding the header row of a table, what kind of table it is, and what each column is read as."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.shop.files import packs
from zhanggui.shop.files.cells import bare
from zhanggui.shop.files.contract import Column, Kind, Mapping
from zhanggui.shop.files.goods import ASSISTANT_ITEMS, GOODS
from zhanggui.shop.files.layouts import Field, Layout, normalise, without_brackets
from zhanggui.shop.files.orders import ORDER_LINES, ORDERS, REFUNDS
from zhanggui.shop.files.reports import PRODUCT_DAYS, PROMOTION
from zhanggui.shop.files.talk import FAQ, PHRASES, REVIEWS, are_text, asks, question_and_answer

LAYOUTS: dict[Kind, Layout] = {
    layout.kind: layout
    for layout in (
        *packs.LAYOUTS,
        ORDERS,
        ORDER_LINES,
        REFUNDS,
        GOODS,
        ASSISTANT_ITEMS,
        PRODUCT_DAYS,
        PROMOTION,
        REVIEWS,
        PHRASES,
        FAQ,
    )
}
DEEPEST_HEADER = 30
"""Rows from the top among which a header is looked for."""

_LONGEST_NAME = 12
_FOREIGN = 1_000.0
"""Taken off the score of a kind that a header speaks against: any other that fits then wins."""


@dataclass(frozen=True)
class Heading:
    """Where the header is (an index into the rows looked at, -1: the file has none) and what it
    means."""

    index: int
    mapping: Mapping


def find_heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The best reading of a table by its first rows, or None when no kind fits.

    A kind fits when a row has enough of its signature; the fit that explains most columns wins,
    then the upper row. A table without known headers may still be a question and an answer, by
    what its headers are like or else by what is in it.
    """
    best: tuple[float, Heading] | None = None
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        if sum(1 for cell in row if cell.strip()) < 2:
            continue
        for layout in LAYOUTS.values():
            mapping = map_columns(layout, row)
            found = {column.field for column in mapping.columns if column.field}
            if len(found & layout.signature) < layout.needs and not found & layout.decisive:
                continue
            if layout.exact and not _has_required(layout, found):
                continue
            score = sum(c.confidence for c in mapping.columns) + (0.5 if layout.exact else 0.0)
            score -= 0.75 * sum(
                1 for field in layout.fields if field.required and field.name in mapping.missing
            )
            if layout.is_foreign(row):
                score -= _FOREIGN
            if best is None or score > best[0]:
                best = score, Heading(index, mapping)
    return best[1] if best else _by_words(rows) or _by_content(rows)


def _has_required(layout: Layout, found: set[str]) -> bool:
    required = {field.name for field in layout.fields if field.required}
    return len(required & found) * 2 >= len(required)


def map_columns(layout: Layout, header: Sequence[str]) -> Mapping:
    """How `layout` reads a file with this header: each field by its best-ranked header."""
    claims: dict[str, tuple[int, float, int]] = {}  # field → (rank, confidence, column)
    seen: dict[str, int] = {}
    for index, cell in enumerate(header):
        text = bare(cell)
        if not text or len(text) > 60:
            continue
        key = text if layout.exact else normalise(text)
        seen[key] = seen.get(key, 0) + 1
        candidates = (
            [] if layout.exact and key != key.lower() else layout.by_header.get(normalise(text), [])
        )
        confidence = 1.0
        if not candidates and not layout.exact:
            candidates = layout.by_header.get(without_brackets(text), [])
            confidence = 0.9
        for rank, field in candidates:
            if field.nth == seen[key]:
                claim = (rank, confidence, index)
                if field.name not in claims or claim < claims[field.name]:
                    claims[field.name] = claim
    fields = {index: (name, confidence) for name, (_, confidence, index) in claims.items()}
    columns = tuple(
        Column(index, bare(cell), *fields.get(index, (None, 0.0)))
        for index, cell in enumerate(header)
    )
    return Mapping(layout.kind, columns, _missing(layout, set(claims)))


def _missing(layout: Layout, found: set[str]) -> tuple[str, ...]:
    absent: dict[str, Field] = {
        field.name: field for field in layout.fields if field.name not in found
    }
    return tuple(sorted(absent, key=lambda name: not absent[name].required))


_ASKED = re.compile(r"问|咨询|关键[词字]|触发词")
_ANSWERED = re.compile(r"答|回复|话术|解决方案")
_ABOUT = re.compile(
    r"时间|时长|日期|[率数次量人者]|id|编号|序号|状态|类型|类别|分类|方式|来源", re.I
)


def _by_words(rows: Sequence[Sequence[str]]) -> Heading | None:
    """A question and its answer under headers of the shop's own making: 顾客常问, 标准话术."""
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        named = {
            column: bare(cell)
            for column, cell in enumerate(row)
            if 0 < len(bare(cell)) <= _LONGEST_NAME and not _ABOUT.search(cell)
        }
        asked = next((c for c, name in named.items() if _ASKED.search(name)), None)
        answered = next(
            (c for c, name in named.items() if _ANSWERED.search(name) and c != asked), None
        )
        below = [r for r in rows[index + 1 :] if any(cell.strip() for cell in r)]
        if asked is None or answered is None or not are_text(below, (asked, answered)):
            continue
        mapping = map_columns(FAQ, row).assign(asked, "question").assign(answered, "answer")
        return Heading(index, mapping)
    return None


def _by_content(rows: Sequence[Sequence[str]]) -> Heading | None:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    for first in (1, 0):  # With a header that says nothing, or with none.
        columns = question_and_answer(rows[first:])
        if columns is None or (first and _is_entry(rows[0], *columns)):
            continue
        question, answer = columns
        width = max(len(row) for row in rows)
        header = list(rows[0]) if first else []
        header += [f"第{i + 1}列" for i in range(len(header), width)]
        fields = {question: "question", answer: "answer"}
        mapping = Mapping(
            Kind.FAQ,
            tuple(
                Column(i, bare(cell), fields.get(i), 0.6 if i in fields else 0.0)
                for i, cell in enumerate(header)
            ),
            _missing(FAQ, {"question", "answer"}),
        )
        return Heading(first - 1, mapping)
    return None


def _is_entry(row: Sequence[str], question: int, answer: int) -> bool:
    return (
        question < len(row) and answer < len(row) and asks(row[question]) and len(row[answer]) > 6
    )


def fingerprint(header: Sequence[str]) -> str:
    """Equal for files whose headers are equal in sequence, by :func:`normalise`."""
    text = "\x1f".join(normalise(bare(cell)) for cell in header).rstrip("\x1f")
    return hashlib.sha256(text.encode()).hexdigest()[:32]
