"""How a batch is paused, goes on, is cancelled and tried again; the caller commits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.words import Text
from zhanggui.studio.batches import batch_store
from zhanggui.studio.events import BatchCancelled, BatchPaused, BatchResumed
from zhanggui.studio.models import Batch, Item

BATCH = Text("批次", "batch")
ITEM = Text("批次里的商品", "item of the batch")
_STATES = {
    "running": Text("这批正在制作", "The batch is running"),
    "paused": Text("这批已暂停", "The batch is paused"),
    "cancelled": Text("这批已取消", "The batch was cancelled"),
    "finished": Text("这批已完成", "The batch has finished"),
}
_LOOK = Text("刷新查看进度。", "Refresh to see where it stands.")
_NONE_FAILED = Text("没有要重试的商品", "There is nothing to try again")
_FAILED_ONLY = Text(
    "只有失败或取消的商品可以重试。", "Items that failed or were cancelled are tried again."
)


async def held(session: AsyncSession, shop_id: str, batch_id: str) -> Batch:
    """The batch, for oneself until the transaction ends; raises NotFound."""
    await batch_store.hold_batch(session, shop_id, batch_id)
    row = await batch_store.batch(session, shop_id, batch_id)
    if row is None:
        raise not_found(BATCH, batch_id)
    return row


async def pause(session: AsyncSession, shop_id: str, batch_id: str) -> Batch:
    """Begin no further step; raises Conflict for one that is not running."""
    row = await _in(session, shop_id, batch_id, "running")
    row.state = "paused"
    await events.append(session, BatchPaused(batch_id=row.id))
    return row


async def resume(session: AsyncSession, shop_id: str, batch_id: str) -> Batch:
    """Go on with what is left; raises Conflict for one that is not paused."""
    row = await _in(session, shop_id, batch_id, "paused")
    left = await _laid_aside(session, row)
    for item in left:
        again(item)
    await _run(session, row, len(left))
    return row


async def _laid_aside(session: AsyncSession, row: Batch) -> list[Item]:
    """What goes on with a paused batch under a new number: the workflow that had the former may
    have ended."""
    if row.state != "paused":
        return []
    return await batch_store.items(session, row.shop_id, [row.id], ("waiting", "queued"))


async def cancel(session: AsyncSession, shop_id: str, batch_id: str) -> Batch:
    """Make nothing more; what is made stays. Raises Conflict for one that has ended."""
    row = await _in(session, shop_id, batch_id, "running", "paused")
    row.state, row.ended_at = "cancelled", clock.now()
    for item in await batch_store.items(
        session, shop_id, [row.id], ("waiting", "queued", "review")
    ):
        item.state, item.ended_at = "cancelled", clock.now()
    await events.append(session, BatchCancelled(batch_id=row.id))
    return row


async def retry(
    session: AsyncSession, shop_id: str, batch_id: str, ids: Sequence[str] = ()
) -> Batch:
    """Try failed items again from the step at which they failed, and cancelled ones of a batch that
    was cancelled: those named, else all. A paused batch goes on. Raises NotFound and Conflict."""
    row = await held(session, shop_id, batch_id)
    found = await batch_store.items(session, shop_id, [row.id])
    missing = set(ids) - {item.id for item in found}
    if missing:
        raise not_found(ITEM, min(missing))
    to_try = [
        item for item in found
        if item.state in ("failed", "cancelled") and (not ids or item.id in ids)
    ]  # fmt: skip
    if not to_try or {item.id for item in to_try} < set(ids):
        raise Conflict(_NONE_FAILED, hint=_FAILED_ONLY, where=batch_id)
    to_try += await _laid_aside(session, row)
    for item in to_try:
        again(item)
    await _run(session, row, len(to_try))
    return row


def again(item: Item, *, from_the_beginning: bool = False) -> None:
    """Let an item go once more. Whatever carries it on now stops before its next step."""
    item.attempt += 1
    item.state, item.lease, item.step = "waiting", None, None
    item.error, item.ended_at = None, None
    if from_the_beginning:
        item.steps, item.files = {}, {}
        item.cpu_ms = item.wall_ms = 0


async def go_on(session: AsyncSession, items: Sequence[Item]) -> None:
    """Have the batches of items that were let go once more run, where these have ended."""
    for batch_id in sorted({item.batch_id for item in items}):
        row = await held(session, items[0].shop_id, batch_id)
        if row.state in ("finished", "cancelled"):
            count = sum(item.batch_id == batch_id for item in items)
            await _run(session, row, count)


async def _run(session: AsyncSession, row: Batch, items: int) -> None:
    row.state, row.ended_at = "running", None
    await events.append(session, BatchResumed(batch_id=row.id, items=items))


async def _in(session: AsyncSession, shop_id: str, batch_id: str, *states: str) -> Batch:
    row = await held(session, shop_id, batch_id)
    if row.state not in states:
        raise Conflict(_STATES[row.state], hint=_LOOK, where=batch_id)
    return row
