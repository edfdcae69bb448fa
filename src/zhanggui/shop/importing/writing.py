"""Writing imported rows: made if new, merged if known, remembered so that it can be taken back.

:class:`Writer` works a batch at a time: it reads the rows that exist, merges what the file says
into them in memory, inserts and updates in bulk, keeps the former values of rows that another
import (or a person) had written, and appends one event per row made or changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import events
from zhanggui.base.bulk import insert_many, update_many
from zhanggui.base.events import Event
from zhanggui.shop.events import RecordWritten
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.importing.shapes import Key, Row, Shape, encode_key, encode_row, shape_of

Wins = Callable[[Mapping[str, Any], Row], bool]
Settle = Callable[[Row, Row, bool], None]
Facts = Callable[[Shape, Row, bool], dict[str, Any]]

LOOKUP = 5_000
"""Rows asked for in one statement; SQLite takes 32,766 parameters and PostgreSQL one more."""

_STAMPS = frozenset({"exported_at"})
"""What alone makes no new version: a file exported again says the same, only later."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """The event of a written row: its type, and its fields from the row and whether it is new."""

    event: type[Event]
    facts: Facts


RECORD_WRITTEN = Announcement(
    RecordWritten,
    lambda shape, row, made: {
        "table": shape.table.name,
        "id": encode_key(shape.key_of(row)),
        "made": made,
    },
)


@dataclass(slots=True)
class Written:
    """What became of a batch of rows: those made, and those changed, as they now stand."""

    made: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)


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
        settle: Settle | None = None,
        only_existing: bool = False,
        announce: Announcement | None = RECORD_WRITTEN,
    ) -> Written:
        """Write `rows`: dicts of column values with the whole key, without shop and writer; all
        have the same columns.

        A value of None means that the file does not say: it never replaces a known one, and in a
        new row it is the column's default. Where both say something, the new value replaces the
        old if `wins(old, new)` (default: always). `settle(old, new, new_wins)` may change both
        before they are merged. Text longer than its column is cut. `announce` is the event of
        each row; None: none.
        """
        rows = list(rows)
        if not rows:
            return Written()
        shape = shape_of(model)
        shape.fit(rows)
        states = await self._existing(shape, rows)
        for new in rows:
            key = shape.key_of(new)
            state = states.get(key)
            if state is None:
                if not only_existing:
                    states[key] = _State(self._made(shape, new), None)
                continue
            new_wins = wins is None or wins(state.row, new)
            if settle is not None:
                settle(state.row, new, new_wins)
            _merge(state.row, new, new_wins)
        written = Written()
        undo: list[Row] = []
        for key, state in states.items():
            if state.before is None:
                written.made.append(state.row)
            elif _differs(state.row, state.before):
                if state.before["written_by"] != self._import_id:
                    undo.append(self._undo(shape, key, state.before))
                state.row["written_by"] = self._import_id
                written.changed.append(state.row)
        await insert_many(self._session, shape.table, written.made)
        await update_many(self._session, shape.table, written.changed)
        await self._remember(shape, undo)
        if announce is not None:
            facts = [announce.facts(shape, row, True) for row in written.made]
            facts += [announce.facts(shape, row, False) for row in written.changed]
            await events.append_facts(self._session, announce.event, facts)
        return written

    def _made(self, shape: Shape, new: Row) -> Row:
        row = {**shape.blank, **new}
        for name, default in shape.defaults:
            if row[name] is None:
                row[name] = default
        row["shop_id"] = self._shop_id
        row["created_by"] = row["written_by"] = self._import_id
        return row

    async def _existing(self, shape: Shape, rows: Sequence[Row]) -> dict[Key, _State]:
        found: dict[Key, _State] = {}
        for start in range(0, len(rows), LOOKUP):
            query = select(shape.table).where(shape.table.c.shop_id == self._shop_id)
            query = shape.at_keys(query, rows[start : start + LOOKUP])
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

    async def _remember(self, shape: Shape, undo: list[Row]) -> None:
        """Keep what rows were; the first time counts, where another import came in between."""
        undo_shape = shape_of(ImportUndoRow)
        for start in range(0, len(undo), LOOKUP):
            part = undo[start : start + LOOKUP]
            query = select(ImportUndoRow.key).where(
                ImportUndoRow.shop_id == self._shop_id,
                ImportUndoRow.import_id == self._import_id,
                ImportUndoRow.table_name == shape.table.name,
                ImportUndoRow.key.in_([entry["key"] for entry in part]),
            )
            known = set(await self._session.scalars(query))
            fresh = [entry for entry in part if entry["key"] not in known]
            await insert_many(self._session, undo_shape.table, fresh)


def _merge(row: Row, new: Row, new_wins: bool) -> None:
    for name, value in new.items():
        if value is None or value in ([], {}):
            continue
        if new_wins or row[name] is None or row[name] in ([], {}):
            row[name] = value


def _differs(row: Row, before: Row) -> bool:
    return row != before and any(
        value != before[name] for name, value in row.items() if name not in _STAMPS
    )
