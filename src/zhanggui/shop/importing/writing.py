"""Writing imported rows: made if new, merged if known, remembered so that it can be taken back.

:class:`Writer` works a batch at a time: it reads the rows that exist, merges what the file says
into them in memory, inserts and updates in bulk, keeps the former values of rows that another
import (or a person) had written, and appends one event per row made or changed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import events
from zhanggui.base.events import Event
from zhanggui.shop.events import RecordWritten
from zhanggui.shop.importing.models import ImportUndoRow

Row = dict[str, Any]
Key = str | tuple[Any, ...]
Wins = Callable[[Mapping[str, Any], Row], bool]
Announce = Callable[[Row, bool], Event | None]

_LOOKUP = 5_000
"""Keys asked for in one statement; SQLite takes 32,766 parameters."""


@dataclass(slots=True)
class Written:
    """What became of a batch of rows: those made, and those changed, as they now stand."""

    made: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)

    def __iter__(self) -> Any:
        yield from self.made
        yield from self.changed


@dataclass(slots=True)
class _State:
    row: Row
    before: Row | None


class Writer:
    """Writes the rows of one import into a shop's tables, within the session's transaction."""

    def __init__(self, session: AsyncSession, shop_id: str, import_id: str) -> None:
        self._session = session
        self._shop_id = shop_id
        self._import_id = import_id

    async def write(
        self,
        model: type[Any],
        rows: Iterable[Row],
        *,
        wins: Wins | None = None,
        reconcile: Callable[[Mapping[str, Any], Row], None] | None = None,
        only_existing: bool = False,
        announce: Announce | None = None,
    ) -> Written:
        """Write `rows`: dicts of column values with the whole key, without shop and writer.

        A value of None means that the file does not say: it never replaces a known one. Where
        both say something, the new value replaces the old if `wins(old, new)` (default: always).
        `reconcile` may change a new row in the light of the old before they are merged.
        `announce` gives the event of a row (default :class:`RecordWritten`), or None.
        """
        rows = list(rows)
        if not rows:
            return Written()
        shape = shape_of(model)
        states = await self._existing(shape, rows)
        for new in rows:
            key = shape.key_of(new)
            state = states.get(key)
            if state is None:
                if not only_existing:
                    states[key] = _State({**shape.blank, **new}, None)
                continue
            if reconcile is not None:
                reconcile(state.row, new)
            _merge(state.row, new, wins is None or wins(state.row, new))
        written = Written()
        undo: list[Row] = []
        for key, state in states.items():
            if state.before is None:
                state.row.update(self._signature, created_by=self._import_id)
                written.made.append(state.row)
            elif state.row != state.before:
                if state.before["written_by"] != self._import_id:
                    undo.append(self._undo(shape, key, state.before))
                state.row["written_by"] = self._import_id
                written.changed.append(state.row)
        await self._store(shape, written, undo)
        announce = announce or shape.announce
        told = [announce(row, True) for row in written.made]
        told += [announce(row, False) for row in written.changed]
        await events.append_many(self._session, [event for event in told if event is not None])
        return written

    @property
    def _signature(self) -> Row:
        return {"shop_id": self._shop_id, "written_by": self._import_id}

    async def _existing(self, shape: Shape, rows: Sequence[Row]) -> dict[Key, _State]:
        table, found = shape.table, {}
        for start in range(0, len(rows), _LOOKUP):
            part = rows[start : start + _LOOKUP]
            query = select(table).where(table.c.shop_id == self._shop_id)
            for name in shape.key:
                # Each key column on its own asks for too much, never for too little.
                query = query.where(table.c[name].in_({row[name] for row in part}))
            for mapping in (await self._session.execute(query)).mappings():
                row = dict(mapping)
                found[shape.key_of(row)] = _State(row, dict(row))
        return found

    def _undo(self, shape: Shape, key: Key, before: Row) -> Row:
        return {
            "shop_id": self._shop_id,
            "import_id": self._import_id,
            "table_name": shape.table.name,
            "key": encode_key(key),
            "before": encode_row(before),
            "before_by": before["written_by"],
        }

    async def _store(self, shape: Shape, written: Written, undo: list[Row]) -> None:
        if written.made:
            await self._session.execute(insert(shape.table), written.made)
        if undo:
            await self._session.execute(insert(ImportUndoRow), undo)
        if written.changed:
            await self._session.execute(shape.update, [shape.bind(row) for row in written.changed])


class Shape:
    """What the writer needs to know of a table: its key besides the shop, and its statements."""

    def __init__(self, model: type[Any]) -> None:
        self.table: Table = model.__table__
        self.key = tuple(c.name for c in self.table.primary_key if c.name != "shop_id")
        self.key_of: Callable[[Mapping[str, Any]], Any] = itemgetter(*self.key)
        """The key of a row: its one column's value, or a tuple of several."""
        self.blank: Row = {column.name: _default(column) for column in self.table.columns}
        keys = ("shop_id", *self.key)
        self.update = (
            update(self.table)
            .where(*(self.table.c[name] == bindparam(f"key_{name}") for name in keys))
            .values(
                {c: bindparam(f"set_{c.name}") for c in self.table.columns if c.name not in keys}
            )
        )
        self._keys = keys

    def bind(self, row: Row) -> Row:
        """A row as the parameters of :attr:`update`."""
        return {f"{'key' if name in self._keys else 'set'}_{name}": v for name, v in row.items()}

    def announce(self, row: Row, made: bool) -> Event:
        """The usual event of a row."""
        key = encode_key(self.key_of(row))
        return RecordWritten.model_construct(table=self.table.name, id=key, made=made)


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


def _merge(row: Row, new: Row, new_wins: bool) -> None:
    for name, value in new.items():
        if value is None or value in ([], {}):
            continue
        if new_wins or row[name] is None or row[name] in ([], {}):
            row[name] = value


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
    """A row as JSON."""
    return {name: _encode(value) for name, value in row.items()}


def decode_row(shape: Shape, data: Row) -> Row:
    """The inverse of :func:`encode_row`; a column added since keeps its default."""
    return {
        column.name: _decode(column, data[column.name])
        if column.name in data
        else shape.blank[column.name]
        for column in shape.table.columns
    }


def _encode(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _decode(column: Any, value: Any) -> Any:
    if value is None:
        return None
    kind = column.type.python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value)
    return value
