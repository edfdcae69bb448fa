"""The queries of batches and their items; each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer, undefer

from zhanggui.base.db import hold
from zhanggui.base.listing import Slice, records_of
from zhanggui.studio.models import Batch, Item

LEFT = ("waiting", "queued", "running", "review")
"""The states of items that are still to be made."""


async def batch(session: AsyncSession, shop_id: str, batch_id: str) -> Batch | None:
    """One batch."""
    return await session.get(Batch, (shop_id, batch_id))


async def hold_batch(session: AsyncSession, shop_id: str, batch_id: str) -> None:
    """Have the batch and its items to oneself until the transaction ends."""
    await hold(session, f"{shop_id}/studio/{batch_id}")


async def batches(
    session: AsyncSession, shop_id: str, *, state: str | None, page: int, size: int
) -> Slice[Batch]:
    """Batches, the newest first."""
    query = (
        select(Batch)
        .where(Batch.shop_id == shop_id)
        .order_by(Batch.created_at.desc(), Batch.id.desc())
    )
    if state is not None:
        query = query.where(Batch.state == state)
    return await records_of(session, query, page, size)


async def item(
    session: AsyncSession, shop_id: str, item_id: str, *, with_files: bool = False
) -> Item | None:
    """One item."""
    options = [undefer(Item.files)] if with_files else []
    return await session.get(Item, (shop_id, item_id), options=options, populate_existing=True)


async def held_item(
    session: AsyncSession, shop_id: str, item_id: str, *, with_files: bool = False
) -> Item | None:
    """One item as it stands once nobody else has its batch, which is ours until the transaction
    ends: whatever changes an item holds its batch."""
    row = await item(session, shop_id, item_id)
    if row is not None:
        await hold_batch(session, shop_id, row.batch_id)
        row = await item(session, shop_id, item_id, with_files=with_files)
    return row


async def items(
    session: AsyncSession, shop_id: str, batch_ids: Sequence[str], states: Sequence[str] = ()
) -> list[Item]:
    """The items of some batches in order, without what they are made from and their files."""
    query = (
        select(Item)
        .options(defer(Item.facts), defer(Item.frames), defer(Item.plan))
        .where(Item.shop_id == shop_id, Item.batch_id.in_(batch_ids))
        .order_by(Item.batch_id, Item.number)
    )
    if states:
        query = query.where(Item.state.in_(states))
    return list(await session.scalars(query))


async def items_page(
    session: AsyncSession, shop_id: str, batch_id: str, *, state: str | None, page: int, size: int
) -> Slice[Item]:
    """Items of a batch in order."""
    query = (
        select(Item).where(Item.shop_id == shop_id, Item.batch_id == batch_id).order_by(Item.number)
    )
    if state is not None:
        query = query.where(Item.state == state)
    return await records_of(session, query, page, size)


async def item_states(
    session: AsyncSession, shop_id: str, batch_ids: Sequence[str]
) -> dict[str, dict[str, int]]:
    """How many items of each batch are in which state."""
    query = (
        select(Item.batch_id, Item.state, func.count())
        .where(Item.shop_id == shop_id, Item.batch_id.in_(batch_ids))
        .group_by(Item.batch_id, Item.state)
    )
    found: dict[str, dict[str, int]] = {each: {} for each in batch_ids}
    for batch_id, state, count in await session.execute(query):
        found[batch_id][state] = count
    return found


async def waiting(session: AsyncSession, shop_id: str, most: int) -> list[Item]:
    """Items of running batches that are to be handed to the queue."""
    query = (
        select(Item)
        .join(Batch, (Batch.shop_id == Item.shop_id) & (Batch.id == Item.batch_id))
        .where(
            Item.shop_id == shop_id,
            Batch.shop_id == shop_id,
            Item.state == "waiting",
            Batch.state == "running",
        )
        .order_by(Batch.created_at, Item.batch_id, Item.number)
        .limit(most)
    )
    return list(await session.scalars(query))


async def let_go(session: AsyncSession, shop_id: str) -> list[Item]:
    """Items that are in the queue or being made."""
    query = (
        select(Item)
        .where(Item.shop_id == shop_id, Item.state.in_(("queued", "running")))
        .order_by(Item.batch_id, Item.number)
    )
    return list(await session.scalars(query))


async def last_items(
    session: AsyncSession, shop_id: str, frame: str, product_id: str
) -> list[Item]:
    """Of a product's items that use a frame and were not cancelled the newest of each SKU."""
    query = (
        select(Item)
        .where(Item.shop_id == shop_id, Item.product_id == product_id, Item.state != "cancelled")
        .order_by(Item.id.desc())
        .execution_options(populate_existing=True)
    )
    newest: dict[tuple[str | None, str | None], Item] = {}
    for row in await session.scalars(query):
        if frame in row.frames.values():
            newest.setdefault((row.sku_id, row.replaces), row)
    return list(newest.values())


async def steps_of_late(session: AsyncSession, shop_id: str, most: int) -> list[dict[str, Any]]:
    """The steps, with their figures, of what was made last."""
    query = (
        select(Item.steps)
        .where(Item.shop_id == shop_id, Item.state == "done")
        .order_by(Item.ended_at.desc())
        .limit(most)
    )
    return list(await session.scalars(query))
