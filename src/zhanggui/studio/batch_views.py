"""How batches and their items are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.tools import Call, Output
from zhanggui.base.words import language
from zhanggui.studio.batches import batch_store, workshop
from zhanggui.studio.batches.progress import Progress, progress_of
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.models import Batch, Item

BatchState = Literal["running", "paused", "cancelled", "finished"]
ItemState = Literal["waiting", "queued", "running", "review", "done", "failed", "cancelled"]
_LATE = 50
"""Items made last by which steps are judged that no item of a batch has had yet."""
_FAILURES = 20


class BatchStepView(BaseModel):
    """A step: of how many items it is done, and the CPU it takes on average."""

    name: str
    done: int
    total: int
    cpu_ms: int | None


class ItemProblemView(BaseModel):
    """Why an item could not be made, and what to do."""

    code: str
    message: str
    hint: str | None


class ItemView(BaseModel):
    """A product or SKU of a batch; `step` is the one it is at, or at which it failed. Its cut-outs
    are looked at while it is in `review`."""

    id: str
    number: int
    product_id: str
    sku_id: str | None
    title: str
    state: ItemState
    attempt: int
    step: str | None
    steps_done: int
    steps_total: int
    cpu_ms: int
    wall_ms: int
    cost_micro: int
    doubts: list[str]
    error: ItemProblemView | None
    worker: str | None
    started_at: datetime | None
    ended_at: datetime | None


class BatchItem(BaseModel):
    """A batch in a list; items by how they stand."""

    id: str
    name: str
    state: BatchState
    is_remake: bool
    kinds: list[str]
    created_at: datetime
    ended_at: datetime | None
    items: int
    done: int
    failed: int
    left: int


class BatchView(BatchItem, Output):
    """A batch and how far it has come. `share` runs from 0 to 1; `seconds_left` is judged by what
    steps took so far and the products made at once (`jobs`), and null until it can be; money is in
    millionths of a yuan. `failures` are the first items that failed."""

    plan: Plan
    waits_for_review: bool
    states: dict[ItemState, int]
    steps: list[BatchStepView]
    share: float
    seconds_left: float | None
    jobs: int
    cpu_ms: int
    cost_micro: int
    cpu_ms_per_sku: int | None
    wall_ms_per_sku: int | None
    cost_micro_per_sku: int | None
    failures: list[ItemView]


async def batch_view(call: Call, row: Batch) -> BatchView:
    """A batch as it is shown."""
    await call.session.flush()
    items = await batch_store.items(call.session, call.shop_id, [row.id])
    jobs = workshop.jobs(call.runtime.settings)
    found = progress_of(items, await _late(call.session, call.shop_id, items), jobs)
    failed = [item_view(item) for item in items if item.state == "failed"]
    return BatchView(
        **_head(row, found.states),
        plan=Plan.model_validate(row.plan),
        waits_for_review=row.waits_for_review,
        states=found.states,  # type: ignore[arg-type] # Written by this room alone.
        steps=[
            BatchStepView(name=each.name, done=each.done, total=each.total, cpu_ms=each.cpu_ms)
            for each in found.steps
        ],
        jobs=jobs,
        failures=failed[:_FAILURES],
        **_figures(found),
    )


def batch_item(row: Batch, states: Mapping[str, int]) -> BatchItem:
    """A batch in a list; `states` are how many of its items are in which."""
    return BatchItem(**_head(row, states))


async def _late(session: AsyncSession, shop_id: str, items: Sequence[Item]) -> list[dict[str, Any]]:
    """Steps that were made last, where a batch itself does not tell yet what each takes."""
    told = {name for item in items for name in item.steps}
    if told >= {name for item in items for name in item.planned}:
        return []
    return await batch_store.steps_of_late(session, shop_id, _LATE)


def _figures(found: Progress) -> dict[str, Any]:
    return {
        "share": found.share,
        "seconds_left": found.seconds_left,
        "cpu_ms": found.cpu_ms,
        "cost_micro": found.cost_micro,
        "cpu_ms_per_sku": found.cpu_ms_per_sku,
        "wall_ms_per_sku": found.wall_ms_per_sku,
        "cost_micro_per_sku": found.cost_micro_per_sku,
    }


def _head(row: Batch, states: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "state": row.state,
        "is_remake": row.is_remake,
        "kinds": list(row.plan.get("kinds", [])),
        "created_at": row.created_at,
        "ended_at": row.ended_at,
        "items": sum(states.values()),
        "done": states.get("done", 0),
        "failed": states.get("failed", 0),
        "left": sum(states.get(each, 0) for each in batch_store.LEFT),
    }


def item_view(row: Item) -> ItemView:
    """An item as it is shown."""
    return ItemView(
        id=row.id,
        number=row.number,
        product_id=row.product_id,
        sku_id=row.sku_id,
        title=row.title,
        state=row.state,  # type: ignore[arg-type] # Written by this room alone.
        attempt=row.attempt,
        step=row.step,
        steps_done=len(row.steps),
        steps_total=len(row.planned),
        cpu_ms=row.cpu_ms,
        wall_ms=row.wall_ms,
        cost_micro=row.cost_micro,
        doubts=row.doubts,
        error=_problem(row.error),
        worker=row.worker,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def _problem(error: dict[str, Any] | None) -> ItemProblemView | None:
    if error is None:
        return None
    said = language()
    return ItemProblemView(code=error["code"], message=error[said], hint=error.get(f"hint_{said}"))
