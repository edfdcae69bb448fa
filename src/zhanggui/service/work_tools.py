"""What staff see of work items, and how they end them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.masking import scrub
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text, language
from zhanggui.service import store, work
from zhanggui.service.events import WorkItemDecided
from zhanggui.service.models import WorkItem
from zhanggui.service.requests import NAMES, Kind

WORK = Text("工作单", "work item")
Status = Literal["open", "done", "dropped"]


class WorkList(Input):
    """Which work items."""

    status: Literal["open", "done", "dropped", "all"] = "open"
    kind: Kind | None = None
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class WorkItemView(BaseModel):
    """A work item. `details` is what is to be written, by field; `why` is what the rule says and
    `sources` the ids of what it rests on."""

    id: str
    kind: Kind
    name: str
    status: Status
    is_urgent: bool
    order_id: str
    product_id: str | None
    sku_id: str | None
    details: dict[str, str]
    words: str
    why: str
    sources: list[str]
    made_at: datetime
    made_by: str
    decided_at: datetime | None
    decided_by: str | None
    note: str | None


class WorkPage(Output):
    """Work items of a page, their details masked."""

    items: list[WorkItemView]
    total: int
    page: int
    size: int


class WholeWorkItem(WorkItemView, Output):
    """A work item with its details whole."""


def view(call: Call, row: WorkItem, *, whole: bool) -> WholeWorkItem:
    """A work item as staff see it, its details masked unless `whole`."""
    details = work.unseal(call.runtime.cipher, call.shop_id, row.details_sealed)
    return WholeWorkItem.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "name": str(NAMES[row.kind]),  # type: ignore[index]  # Only kinds are written.
            "status": row.status,
            "is_urgent": row.is_urgent,
            "order_id": row.order_id,
            "product_id": row.product_id,
            "sku_id": row.sku_id,
            "details": details.filled() if whole else details.masked(),
            "words": row.words,
            "why": row.why[language()],
            "sources": row.why["sources"],
            "made_at": row.made_at,
            "made_by": row.made_by,
            "decided_at": row.decided_at,
            "decided_by": row.decided_by,
            "note": row.note,
        }
    )


@tool("service.list_work", purpose=Text("列出工作单", "List work"), risk="read", roles=STAFF)
async def list_work(call: Call, given: WorkList) -> WorkPage:
    """Work items: the urgent first, then the longest waiting."""
    found = await store.items_page(
        call.session,
        call.shop_id,
        status=None if given.status == "all" else given.status,
        kind=given.kind,
        page=given.page,
        size=given.size,
    )
    items: list[WorkItemView] = [view(call, row, whole=False) for row in found.rows]
    return WorkPage(items=items, total=found.total, page=given.page, size=given.size)


class WorkChoice(Input):
    """Which work item."""

    id: str = Field(min_length=1, max_length=40)


@tool(
    "service.get_work",
    purpose=Text("查看工作单全部内容", "Show a work item in full"),
    risk="read",
    roles=WORKERS,
    recorded=True,
)
async def get_work(call: Call, given: WorkChoice) -> WholeWorkItem:
    """A work item with what is to be written in the clear; who looked is recorded."""
    return view(call, await _row(call, given.id), whole=True)


class WorkOutcome(WorkChoice):
    """What became of it."""

    status: Literal["done", "dropped"]
    note: str | None = Field(None, max_length=500)


@tool(
    "service.finish_work",
    purpose=Text("办结或放弃工作单", "Finish or drop a work item"),
    risk="act",
    roles=WORKERS,
)
async def finish_work(call: Call, given: WorkOutcome) -> WholeWorkItem:
    """Say that a work item was done where the shop lives, or is not going to be. Raises Conflict
    for one that is decided already. The details come masked."""
    row = await _row(call, given.id, held=True)
    if row.status != "open":
        raise Conflict(
            Text("这张工作单已经处理过", "This work item was decided already"),
            hint=Text("刷新列表查看最新状态。", "Refresh the list to see where it stands."),
            where=given.id,
        )
    row.status, row.note = given.status, scrub(given.note) if given.note else None
    row.decided_at, row.decided_by = clock.now(), call.principal.id
    await call.session.flush()
    decided = WorkItemDecided(id=row.id, kind=row.kind, order_id=row.order_id, status=row.status)
    await events.append(call.session, decided)
    return view(call, row, whole=False)


async def _row(call: Call, item_id: str, *, held: bool = False) -> WorkItem:
    row = await store.item(call.session, call.shop_id, item_id, held=held)
    if row is None:
        raise not_found(WORK, item_id)
    return row
