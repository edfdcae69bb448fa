"""What writing and undoing need to know of a table, and rows and keys as JSON keeps them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Select, String, Table

from zhanggui.base.db import UtcDateTime

Row = dict[str, Any]
Key = str | tuple[Any, ...]

_SIGNATURE = ("created_by", "written_by")


class Shape:
    """A table's key besides the shop, its defaults and its widths."""

    def __init__(self, model: type[Any]) -> None:
        self.table: Table = model.__table__
        self.key = tuple(c.name for c in self.table.primary_key if c.name != "shop_id")
        self.key_of: Callable[[Mapping[str, Any]], Any] = itemgetter(*self.key)
        """The key of a row: its one column's value, or a tuple of several."""
        self.blank: Row = {column.name: _default(column) for column in self.table.columns}
        self.defaults = tuple(
            (name, default) for name, default in self.blank.items() if default is not None
        )
        """Columns that have a value where a file says nothing."""
        self._widths = tuple(
            (column.name, column.type.length)
            for column in self.table.columns
            if isinstance(column.type, String) and column.type.length
        )

    def fit(self, rows: Sequence[Row]) -> None:
        """Cut text that is longer than its column, for which PostgreSQL would refuse the whole
        batch; a key keeps apart what differs beyond the cut."""
        for name, width in self._widths:
            if name not in rows[0]:
                continue
            for row in rows:
                value = row[name]
                if value is not None and len(value) > width:
                    row[name] = _cut(value, width, is_key=name in self.key)

    def at_keys(self, query: Select[Any], rows: Sequence[Mapping[str, Any]]) -> Select[Any]:
        """The query narrowed to the keys of `rows`: each key column on its own, which asks for
        too much where there are several, never for too little."""
        for name in self.key:
            query = query.where(self.table.c[name].in_({row[name] for row in rows}))
        return query


def _cut(text: str, width: int, *, is_key: bool) -> str:
    if not is_key:
        return text[: width - 1] + "…"
    mark = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return f"{text[: width - 17]}~{mark}"


_shapes: dict[type[Any], Shape] = {}


def shape_of(model: type[Any]) -> Shape:
    """The shape of a table, computed once."""
    if model not in _shapes:
        _shapes[model] = Shape(model)
    return _shapes[model]


def _default(column: Any) -> Any:
    default = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def encode_key(key: Key) -> str:
    """A key as text: a lone string as it is, several parts as JSON."""
    if not isinstance(key, tuple):
        return str(key)
    return json.dumps([_encode(part) for part in key], ensure_ascii=False)


def decode_key(shape: Shape, text: str) -> Row:
    """The inverse of :func:`encode_key`, as a dict by column."""
    if len(shape.key) == 1:
        return {shape.key[0]: text}
    return {
        name: _decode(shape.table.c[name], part)
        for name, part in zip(shape.key, json.loads(text), strict=True)
    }


def encode_row(row: Mapping[str, Any]) -> Row:
    """A row as JSON, without who made and wrote it."""
    return {name: _encode(value) for name, value in row.items() if name not in _SIGNATURE}


def decode_row(shape: Shape, data: Row) -> Row:
    """The inverse of :func:`encode_row`; a column that is no more is left out."""
    columns = shape.table.columns
    return {name: _decode(columns[name], value) for name, value in data.items() if name in columns}


def _encode(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _decode(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value
