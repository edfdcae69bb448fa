"""The end of an item and of its batch: works with their versions, states and events."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.db import hold
from zhanggui.base.ids import new_id
from zhanggui.studio import store
from zhanggui.studio.batches import batch_store
from zhanggui.studio.events import BatchFinished, ItemMade
from zhanggui.studio.manifest import Deliverable, Manifest
from zhanggui.studio.models import Item, Work


def name_of(row: Item) -> str:
    """The name of a product's or SKU's folder."""
    return re.sub(r"[^\w.-]+", "_", row.sku_id or row.product_id).strip("._") or "product"


async def finish(
    session: AsyncSession, row: Item, manifest: Manifest, sizes: Mapping[str, int]
) -> None:
    """Write an item's works down as the next versions of their slots, end it, and its batch with
    the last; `sizes` are the files' bytes by path. The caller holds the batch."""
    await hold(session, f"{row.shop_id}/studio/works/{row.product_id}")
    row.ended_at = clock.now()
    # A text's form for machines lies beside it in the folder; to a person it is the same text.
    shown = [each for each in manifest.deliverables if not each.path.endswith(".json")]
    for number, made in enumerate(shown):
        await _next_version(session, row, made, number, sizes[made.path], manifest.doubts)
    row.state, row.lease, row.step, row.error = "done", None, None, None
    row.files, row.doubts = {}, list(manifest.doubts)
    await events.append(session, ItemMade(works=len(shown), **figures_of(row)))
    await end_batch(session, row.shop_id, row.batch_id)


async def _next_version(
    session: AsyncSession,
    row: Item,
    made: Deliverable,
    number: int,
    size: int,
    doubts: tuple[str, ...],
) -> None:
    slot = await _slot(session, row, made)
    former = await store.versions(session, row.shop_id, row.product_id, row.sku_id, slot)
    if former and former[0].item_id == row.id and former[0].digest == made.sha256:
        return  # Made anew, and nothing is different.
    work = Work(
        shop_id=row.shop_id,
        id=new_id("work"),
        product_id=row.product_id,
        sku_id=row.sku_id,
        item_id=row.id,
        batch_id=row.batch_id,
        kind=made.kind,
        slot=slot,
        version=former[0].version + 1 if former else 1,
        is_current=True,
        number=number,
        path=made.path,
        digest=made.sha256,
        size=size,
        style=made.style,
        deliverable=made.model_dump(mode="json", exclude_none=True),
        doubts=[*doubts, *made.notes],
        state="fresh",
        made_at=row.ended_at or clock.now(),
    )
    session.add(work)
    await session.flush()
    await store.make_current(session, work)


async def _slot(session: AsyncSession, row: Item, made: Deliverable) -> str:
    """The place of a deliverable: that of the work it replaces, else its path without ending."""
    if row.replaces is not None:
        replaced = await store.work(session, row.shop_id, row.replaces)
        if replaced is not None and replaced.kind == made.kind and _is_single(made):
            return replaced.slot
    return PurePosixPath(made.path).with_suffix("").as_posix()[:120]


def _is_single(made: Deliverable) -> bool:
    """Whether a plan can ask for this one alone; a nine-grid and a text come as sets."""
    return made.kind in ("scene", "poster")


def figures_of(row: Item) -> dict[str, Any]:
    """What events tell of an item."""
    return {
        "batch_id": row.batch_id,
        "item_id": row.id,
        "product_id": row.product_id,
        "sku_id": row.sku_id,
        "attempt": row.attempt,
        "cpu_ms": row.cpu_ms,
        "wall_ms": row.wall_ms,
        "cost_micro": row.cost_micro,
        "steps": {step: figures["cpu_ms"] for step, figures in row.steps.items()},
    }


async def end_batch(session: AsyncSession, shop_id: str, batch_id: str) -> None:
    """End a batch of which nothing is left; the caller holds it."""
    await session.flush()
    row = await batch_store.batch(session, shop_id, batch_id)
    states = (await batch_store.item_states(session, shop_id, [batch_id]))[batch_id]
    if row is None or row.state != "running" or any(states.get(each) for each in batch_store.LEFT):
        return
    row.state, row.ended_at = "finished", clock.now()
    made, failed = states.get("done", 0), states.get("failed", 0)
    await events.append(session, BatchFinished(batch_id=batch_id, made=made, failed=failed))
