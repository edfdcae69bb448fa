"""A table as a file that any engine can read: gzipped JSON lines.

The first line names the columns and their kinds; each further line is a row. Kinds are those of
:data:`KINDS`, so that a file can be read without the models that wrote it.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    LargeBinary,
    String,
    Table,
    null,
)
from sqlalchemy.sql import column, table
from sqlalchemy.sql.selectable import TableClause
from sqlalchemy.types import TypeDecorator, TypeEngine

from zhanggui.base.db import UtcDateTime

KINDS: dict[str, type[TypeEngine[Any]]] = {
    "json": JSON,
    "bytes": LargeBinary,
    "time": UtcDateTime,
    "date": Date,
    "bool": Boolean,
    "int": BigInteger,
    "float": Float,
    "text": String,
}
_PYTHON = {
    bytes: "bytes",
    datetime: "time",
    date: "date",
    bool: "bool",
    int: "int",
    float: "float",
    str: "text",
}

Head = list[tuple[str, str]]
"""Column names and kinds."""


def head_of(source: Table) -> Head:
    """The columns of a table; raises TypeError for one of a kind that has no form here."""
    return [(item.name, _kind(item)) for item in source.columns]


def _kind(item: Column[Any]) -> str:
    if isinstance(item.type, JSON):
        return "json"
    type_ = item.type.impl_instance if isinstance(item.type, TypeDecorator) else item.type
    kind = _PYTHON.get(type_.python_type)
    if kind is None:
        raise TypeError(f"a backup has no form for {item.table.name}.{item.name}")
    return kind


def write(path: Path, head: Head, rows: Iterable[Sequence[Any]]) -> int:
    """Write the file; returns how many rows."""
    count = 0
    into = [_INTO.get(kind) for _, kind in head]
    # Neither a name nor a time in the header: equal rows make equal files.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        file.write(_line(head))
        for row in rows:
            file.write(
                _line(
                    [
                        value if value is None or turn is None else turn(value)
                        for value, turn in zip(row, into, strict=True)
                    ]
                )
            )
            count += 1
    return count


def read(path: Path) -> tuple[Head, Iterator[dict[str, Any]]]:
    """The columns and the rows of a file."""
    lines = gzip.open(path, "rt", encoding="utf-8")  # noqa: SIM115 # Closed by the iterator.
    head: Head = [(name, kind) for name, kind in json.loads(next(lines))]

    def rows() -> Iterator[dict[str, Any]]:
        with lines:
            for line in lines:
                yield {
                    name: _back(kind, value)
                    for (name, kind), value in zip(head, json.loads(line), strict=True)
                }

    return head, rows()


def target(name: str, head: Head) -> TableClause:
    """What to insert the rows of a file into."""
    return table(name, *(column(item, KINDS[kind]()) for item, kind in head))


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _back(kind: str, value: Any) -> Any:
    if value is None:
        return null() if kind == "json" else None  # None would become the JSON value null.
    turn = _FROM.get(kind)
    return turn(value) if turn else value


_INTO: dict[str, Callable[[Any], Any]] = {
    "bytes": lambda value: base64.b64encode(value).decode(),
    "time": lambda value: value.isoformat(),
    "date": lambda value: value.isoformat(),
}
_FROM: dict[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
}
