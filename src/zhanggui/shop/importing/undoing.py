"""Taking an import back.

Rows the import made go away and rows it wrote over become what they were, unless a later import
(or a person) has written them since: those keep the later values, and what that later import
remembers as "before" is mended, so that undoing it in turn does the right thing too.

Works in batches that each commit, in an order in which being interrupted and run again is safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import events
from zhanggui.base.db import Database
from zhanggui.shop import models
from zhanggui.shop.events import RecordRemoved
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.importing.writing import Shape, decode_key, decode_row, encode_key, shape_of

_BATCH = 2_000


async def undo(db: Database, shop_id: str, import_id: str, tables: Sequence[type[Any]]) -> None:
    """Take back what `import_id` wrote in `tables`."""
    for model in tables:
        shape = shape_of(model)
        for step in (_restore, _remove_made):
            while True:
                async with db.transaction(shop_id) as session:
                    if not await step(session, shape, shop_id, import_id):
                        break


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
            .limit(_BATCH)
        )
    )
    for entry in entries:
        key = decode_key(shape, entry.key)
        before = decode_row(shape, entry.before)
        at_key = and_(
            shape.table.c.shop_id == shop_id,
            *(shape.table.c[name] == value for name, value in key.items()),
        )
        writer = await session.scalar(select(shape.table.c.written_by).where(at_key))
        if writer == import_id:
            await session.execute(update(shape.table).where(at_key).values(**before))
            await events.append(session, RecordRemoved(table=shape.table.name, id=entry.key))
        else:
            await _hand_on(session, shop_id, import_id, shape, entry)
        await session.delete(entry)
    await session.flush()
    return bool(entries)


async def _hand_on(
    session: AsyncSession, shop_id: str, import_id: str, shape: Shape, entry: ImportUndoRow
) -> None:
    """The next writer's "before" was ours: it becomes what was before us."""
    await session.execute(
        update(ImportUndoRow)
        .where(
            ImportUndoRow.shop_id == shop_id,
            ImportUndoRow.table_name == shape.table.name,
            ImportUndoRow.key == entry.key,
            ImportUndoRow.before_by == import_id,
        )
        .values(before=entry.before, before_by=entry.before_by)
    )


async def _remove_made(session: AsyncSession, shape: Shape, shop_id: str, import_id: str) -> bool:
    """Remove the next rows the import made, or hand them to who wrote them since."""
    table = shape.table
    columns = [table.c[name] for name in shape.key]
    rows = (
        await session.execute(
            select(*columns, table.c.written_by)
            .where(table.c.shop_id == shop_id, table.c.created_by == import_id)
            .limit(_BATCH)
        )
    ).all()
    if not rows:
        return False
    keep = await _still_needed(session, shape, shop_id, import_id, rows)
    ours = [r[:-1] for r in rows if r[-1] == import_id and r[:-1] not in keep]
    others = [r for r in rows if r[-1] != import_id or r[:-1] in keep]
    if ours:
        chosen = (
            columns[0].in_([key[0] for key in ours])
            if len(columns) == 1
            else tuple_(*columns).in_(ours)
        )
        await session.execute(
            delete(table).where(table.c.shop_id == shop_id, table.c.written_by == import_id, chosen)
        )
        await events.append_many(
            session, [RecordRemoved(table=table.name, id=encode_key(_key(k))) for k in ours]
        )
    for row in others:
        await _disown(session, shape, shop_id, import_id, row)
    return True


async def _disown(
    session: AsyncSession, shape: Shape, shop_id: str, import_id: str, row: Any
) -> None:
    """A row we made and another wrote is now the other's: undoing that one removes it."""
    table, key = shape.table, row[:-1]
    await session.execute(
        update(table)
        .where(
            table.c.shop_id == shop_id,
            *(table.c[name] == value for name, value in zip(shape.key, key, strict=True)),
        )
        .values(created_by=None if row[-1] == import_id else row[-1])
    )
    await session.execute(
        delete(ImportUndoRow).where(
            ImportUndoRow.shop_id == shop_id,
            ImportUndoRow.table_name == table.name,
            ImportUndoRow.key == encode_key(_key(key)),
            ImportUndoRow.before_by == import_id,
        )
    )


async def _still_needed(
    session: AsyncSession, shape: Shape, shop_id: str, import_id: str, rows: Sequence[Any]
) -> set[tuple[Any, ...]]:
    """Buyers whom orders of other imports still name."""
    if shape.table.name != models.Buyer.__tablename__:
        return set()
    order = models.Order
    found = await session.scalars(
        select(order.buyer_id)
        .where(order.shop_id == shop_id, order.buyer_id.in_([row[0] for row in rows]))
        .distinct()
    )
    return {(each,) for each in found}


def _key(columns: Any) -> Any:
    """Selected key columns as :func:`encode_key` takes them."""
    return columns[0] if len(columns) == 1 else tuple(columns)
