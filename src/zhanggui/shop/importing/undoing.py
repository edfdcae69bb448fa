"""Taking an import back.

Rows the import made go away and rows it wrote over become what they were, unless a later import
(or a person) has written them since: those keep the later values as they stand, and what that
later import remembers as "before" is mended, so that undoing it in turn does the right thing too.

Who wrote a row, in order, is a chain: its maker (`created_by`), then each import whose
:class:`ImportUndoRow` says that the one before it was written over (`before_by`), up to the last
(`written_by`). Undoing an import takes its link out.

Works in batches that each commit, in an order in which being interrupted and run again is safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import events
from zhanggui.base.bulk import update_many
from zhanggui.base.db import Database, hold
from zhanggui.shop import models
from zhanggui.shop.events import RecordRemoved
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.importing.shapes import (
    Key,
    Row,
    Shape,
    decode_key,
    decode_row,
    encode_key,
    shape_of,
)

_BATCH = 2_000


async def undo(db: Database, shop_id: str, import_id: str, tables: Sequence[type[Any]]) -> None:
    """Take back what `import_id` wrote in `tables`."""
    for model in tables:
        shape = shape_of(model)
        more = True
        while more:
            async with db.transaction(shop_id) as session:
                await hold(session, lock_of(shop_id))
                more = await _restore(session, shape, shop_id, import_id)
        last: Any = ()
        while last is not None:
            async with db.transaction(shop_id) as session:
                await hold(session, lock_of(shop_id))
                last = await _remove_made(session, shape, shop_id, import_id, last)


def lock_of(shop_id: str) -> str:
    """What whoever writes a shop's imported rows holds, so that two imports take turns."""
    return f"{shop_id}/imported-rows"


async def _restore(session: AsyncSession, shape: Shape, shop_id: str, import_id: str) -> bool:
    """Put back, or hand on, the next rows the import wrote over."""
    entries = list(
        await session.scalars(
            select(ImportUndoRow)
            .where(
                ImportUndoRow.shop_id == shop_id,
                ImportUndoRow.import_id == import_id,
                ImportUndoRow.table_name == shape.table.name,
            )
            .order_by(ImportUndoRow.key)
            .limit(_BATCH)
        )
    )
    if not entries:
        return False
    keys = [decode_key(shape, entry.key) for entry in entries]
    found = select(shape.table).where(shape.table.c.shop_id == shop_id)
    rows = {
        shape.key_of(row): dict(row)
        for row in (await session.execute(shape.at_keys(found, keys))).mappings()
    }
    back: list[Row] = []
    for entry, key in zip(entries, keys, strict=True):
        row = rows.get(shape.key_of(key))
        if row is not None and row["written_by"] == import_id:
            before = decode_row(shape, entry.before)
            back.append({**row, **before, "written_by": entry.before_by})
    await update_many(session, shape.table, back)
    await _tell(session, shape, [shape.key_of(row) for row in back])
    next_ones = await _successors(session, shape, shop_id, import_id, [e.key for e in entries])
    for entry in entries:
        for successor in next_ones.get(entry.key, ()):
            successor.before, successor.before_by = entry.before, entry.before_by
        await session.delete(entry)
    await session.flush()
    return True


async def _remove_made(
    session: AsyncSession, shape: Shape, shop_id: str, import_id: str, after: Any
) -> Any:
    """Remove the next rows the import made, or hand them to who wrote them next; returns the last
    key looked at, None when there are no more."""
    table = shape.table
    columns = [table.c[name] for name in shape.key]
    query = select(table).where(table.c.shop_id == shop_id, table.c.created_by == import_id)
    if after:
        query = query.where(tuple_(*columns) > after if len(columns) > 1 else columns[0] > after[0])
    query = query.order_by(*columns).limit(_BATCH)
    rows = {_parts(shape, row): dict(row) for row in (await session.execute(query)).mappings()}
    if not rows:
        return None
    ours = [key for key, row in rows.items() if row["written_by"] == import_id]
    needed = await _needed(session, table, shop_id, ours)
    gone = [key for key in ours if key not in needed]
    if gone:
        chosen = (
            tuple_(*columns).in_(gone)
            if len(columns) > 1
            else columns[0].in_([key[0] for key in gone])
        )
        await session.execute(delete(table).where(table.c.shop_id == shop_id, chosen))
        await _tell(session, shape, [shape.key_of(rows[key]) for key in gone])
    kept = {encode_key(shape.key_of(row)): key for key, row in rows.items() if key not in set(gone)}
    next_ones = await _successors(session, shape, shop_id, import_id, list(kept))
    for text, key in kept.items():
        row = rows[key]
        if key in needed:
            row["created_by"] = row["written_by"] = needed[key]
            continue
        successors = next_ones.get(text, [])
        row["created_by"] = successors[0].import_id if successors else None
        for successor in successors:
            await session.delete(successor)
    await update_many(session, table, [rows[key] for key in kept.values()])
    await session.flush()
    return list(rows)[-1]


async def _successors(
    session: AsyncSession, shape: Shape, shop_id: str, import_id: str, keys: list[str]
) -> dict[str, list[ImportUndoRow]]:
    """What those imports remember, by key, that wrote over this import's rows."""
    found: dict[str, list[ImportUndoRow]] = {}
    if keys:
        query = select(ImportUndoRow).where(
            ImportUndoRow.shop_id == shop_id,
            ImportUndoRow.before_by == import_id,
            ImportUndoRow.table_name == shape.table.name,
            ImportUndoRow.key.in_(keys),
        )
        for entry in await session.scalars(query):
            found.setdefault(entry.key, []).append(entry)
    return found


async def _needed(
    session: AsyncSession, table: Table, shop_id: str, keys: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], str | None]:
    """Buyers whom remaining orders name, and an import that wrote such an order: the buyer is its
    from now on."""
    if table.name != models.Buyer.__tablename__ or not keys:
        return {}
    order = models.Order
    query = (
        select(order.buyer_id, func.min(order.written_by))
        .where(order.shop_id == shop_id, order.buyer_id.in_([key[0] for key in keys]))
        .group_by(order.buyer_id)
    )
    return {(buyer,): writer for buyer, writer in await session.execute(query)}


async def _tell(session: AsyncSession, shape: Shape, keys: Sequence[Key]) -> None:
    gone = [{"table": shape.table.name, "id": encode_key(key)} for key in keys]
    await events.append_facts(session, RecordRemoved, gone)


def _parts(shape: Shape, row: Any) -> tuple[Any, ...]:
    return tuple(row[name] for name in shape.key)
