"""Handing items to the queue, and what was left behind swept away.

An item is `waiting` in its row from the transaction that let it go; this loop puts its workflow
into the queue and says so. Dying in between, it does so again: a workflow is put there once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import workflows
from zhanggui.base.blobs import Blobs
from zhanggui.base.looping import beside, rest
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.shop import counting
from zhanggui.studio import keeping
from zhanggui.studio.batches import batch_store
from zhanggui.studio.batches.carrying import make_item
from zhanggui.studio.batches.workshop import Workshop
from zhanggui.studio.models import Item

log = structlog.get_logger(__name__)

QUEUE = "studio"
TOPIC = "studio-items"
PERIOD_S = 5.0
"""Seconds between looks at what waits, unless woken."""
QUEUE_PERIOD_S = 0.5
_AT_ONCE = 200


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """The room's part of a running program: benches, a queue from which they are served, and what
    feeds it."""
    workshop = runtime.services.get(Workshop)
    if not isinstance(workshop, Workshop):
        workshop = runtime.services[Workshop] = Workshop(runtime)
    await workshop.sweep()
    # One more than there are benches: its frames are fetched while the others are at work.
    await workflows.open_queue(QUEUE, workshop.jobs + 1, period=QUEUE_PERIOD_S)
    try:
        async with beside(_feed(runtime)), beside(workshop.let_go()), beside(_sweep(runtime)):
            yield
    finally:
        await workshop.close()


async def _feed(runtime: Runtime) -> None:
    try:
        await _put_back(runtime)
    except Exception:
        log.exception("studio_not_put_back")
    with runtime.service(Waking).listening(TOPIC) as signal:
        while True:
            signal.clear()
            try:
                for shop_id in await counting.shop_ids(runtime.db):
                    while await feed(runtime, shop_id):
                        pass
            except Exception:
                log.exception("studio_not_fed")
            await rest(signal, PERIOD_S)


async def _put_back(runtime: Runtime) -> None:
    """Put into the queue what should be there: where the workflows' database was lost or is of
    another day than the records, it is not."""
    for shop_id in await counting.shop_ids(runtime.db):
        async with runtime.db.reading(shop_id) as session:
            found = await batch_store.let_go(session, shop_id)
        for item in found:
            await _enqueue(shop_id, item)


async def _enqueue(shop_id: str, item: Item) -> None:
    # In turn by its number: the first of a small batch goes before the hundredth of a large one,
    # whichever shop's they are.
    await workflows.enqueue(
        QUEUE, workflow_id(item), make_item, shop_id, item.id, item.attempt, turn=item.number
    )


async def feed(runtime: Runtime, shop_id: str) -> int:
    """Hand some of a shop's waiting items to the queue; returns how many."""
    async with runtime.db.reading(shop_id) as session:
        found = await batch_store.waiting(session, shop_id, _AT_ONCE)
    for item in found:
        await _enqueue(shop_id, item)
    if found:
        async with runtime.db.transaction(shop_id) as session:
            for item in found:
                await session.execute(
                    update(Item)
                    .where(
                        Item.shop_id == shop_id,
                        Item.id == item.id,
                        Item.attempt == item.attempt,
                        Item.state == "waiting",
                    )
                    .values(state="queued")
                )
    return len(found)


def workflow_id(item: Item) -> str:
    """The durable workflow of the item's present attempt."""
    return f"studio:{item.shop_id}:{item.id}:{item.attempt}"


async def _sweep(runtime: Runtime) -> None:
    """Remove what steps left of items that are done or gone; a store that does not answer keeps
    nobody from starting."""
    try:
        for shop_id in await counting.shop_ids(runtime.db):
            await _sweep_shop(runtime, shop_id)
    except Exception:
        log.exception("studio_not_swept")


async def _sweep_shop(runtime: Runtime, shop_id: str) -> None:
    keys: dict[str, list[str]] = {}
    for key in await runtime.blobs.list(f"{Blobs.key(shop_id, keeping.STEPS)}/"):
        keys.setdefault(key.split("/")[-2], []).append(key)
    for item_id, mine in keys.items():
        async with runtime.db.transaction(shop_id) as session:
            is_over = await _is_over(session, shop_id, item_id)
        if is_over:
            for key in mine:
                await runtime.blobs.delete(key)
        await asyncio.sleep(0)


async def _is_over(session: AsyncSession, shop_id: str, item_id: str) -> bool:
    """Whether what an item's steps left is needed no more: one that was cancelled begins anew where
    it is taken up."""
    item = await batch_store.held_item(session, shop_id, item_id)
    if item is not None and item.state == "cancelled":
        item.steps, item.files = {}, {}
    return item is None or item.state in ("done", "cancelled")
