"""The wall of results: what was made, judged by people, made again, put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.listing import rows_of
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import batch_tools, store
from zhanggui.studio.batches import batch_store, remaking, starting
from zhanggui.studio.events import WorkRolledBack, WorksApproved, WorksRejected
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.manifest import Deliverable, Kind
from zhanggui.studio.models import Work
from zhanggui.studio.redoing import REASONS, Reason

WORK = Text("素材", "work")
WorkState = Literal["fresh", "approved", "rejected"]
MOST = 500


class WorkView(BaseModel):
    """A version of a deliverable; `url` is its file, `small_url` a thumbnail of at most 320 pixels
    where it is a picture. `slot` is the same from version to version."""

    id: str
    product_id: str
    sku_id: str | None
    title: str
    batch_id: str
    item_id: str
    kind: Kind
    slot: str
    version: int
    is_current: bool
    style: str | None
    plate: str | None
    layout: str | None
    channel: str | None
    width: int | None
    height: int | None
    bytes: int
    name: str
    url: str
    small_url: str | None
    state: WorkState
    reason: Reason | None
    note: str | None
    doubts: list[str]
    made_at: datetime
    judged_at: datetime | None
    judged_by: str | None
    published_at: datetime | None


class WorkListInput(Input):
    """What is shown of what was made: the current versions, or all that a batch made."""

    product_id: str | None = Field(None, max_length=64)
    kind: Kind | None = None
    style: str | None = Field(None, max_length=64)
    state: WorkState | None = None
    batch_id: str | None = Field(None, max_length=40)
    is_published: bool | None = None
    q: str = Field("", max_length=200, description="Text in a product's title or id.")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class WorkList(Output):
    """Works, the newest products first, each product's in order; `styles` are those there are."""

    items: list[WorkView]
    styles: list[str]
    total: int
    page: int
    size: int


class WorkChoice(Input):
    """Which work."""

    id: str = Field(min_length=1, max_length=40)


class WorkDetail(Output):
    """A work with how it was made, and every version of its slot, the newest first."""

    work: WorkView
    deliverable: Deliverable
    frame_url: str | None = Field(description="The base picture it was made from.")
    versions: list[WorkView]


class WorksInput(Input):
    """Which works."""

    ids: list[str] = Field(min_length=1, max_length=MOST)


class RejectInput(WorksInput):
    """Which works are sent back, why, and in the person's own words; `remakes` has the next takes
    made at once."""

    reason: Reason
    note: str | None = Field(None, max_length=500)
    remakes: bool = False


class WorksJudged(Output):
    """Works as they stand now, and the batch in which the next takes are made."""

    items: list[WorkView]
    batch_id: str | None = None


class ReasonView(BaseModel):
    """Why a work may be sent back."""

    reason: Reason
    name: str


class ReasonList(Output):
    """All reasons."""

    items: list[ReasonView]


@tool("studio.list_works", purpose=Text("列出素材", "List what was made"), risk="read", roles=STAFF)
async def list_works(call: Call, given: WorkListInput) -> WorkList:
    """The wall of results."""
    filters = given.model_dump(exclude={"page", "size"})
    query = store.wall(call.shop_id, **filters)
    found = await rows_of(call.session, query, given.page, given.size)
    return WorkList(
        items=[work_view(row, title) for row, title in found.rows],
        styles=await store.styles_made(call.session, call.shop_id),
        total=found.total,
        page=given.page,
        size=given.size,
    )


@tool("studio.get_work", purpose=Text("查看素材", "Show a work"), risk="read", roles=STAFF)
async def get_work(call: Call, given: WorkChoice) -> WorkDetail:
    """A work, how it was made, and its versions; raises NotFound."""
    row = await _one(call, given.id)
    (title,) = await titles(call, [row])
    item = await batch_store.item(call.session, call.shop_id, row.item_id)
    made = Deliverable.model_validate(row.deliverable)
    frame = item.frames.get(made.source or "") if item is not None else None
    every = await store.versions(call.session, call.shop_id, row.product_id, row.sku_id, row.slot)
    return WorkDetail(
        work=work_view(row, title),
        deliverable=made,
        frame_url=frame and file_url(call.shop_id, "frames", frame),
        versions=[work_view(each, title) for each in every],
    )


@tool(
    "studio.list_reasons", purpose=Text("列出退回原因", "List why works may be sent back"),
    risk="read", roles=STAFF,
)  # fmt: skip
async def list_reasons(call: Call, given: Nothing) -> ReasonList:
    """What may be given as the reason for sending a work back."""
    return ReasonList(
        items=[ReasonView(reason=each, name=str(name)) for each, name in REASONS.items()]
    )


@tool(
    "studio.approve_works", purpose=Text("通过素材", "Approve works"), risk="draft", roles=WORKERS
)
async def approve_works(call: Call, given: WorksInput) -> WorksJudged:
    """Say that works may be used; raises NotFound."""
    rows = await _judge(call, given.ids, "approved", None, None)
    for (product_id, sku_id), ids in _by_product(rows):
        told = WorksApproved(product_id=product_id, sku_id=sku_id, works=ids)
        await events.append(call.session, told)
    return WorksJudged(items=await views(call, rows))


@tool(
    "studio.reject_works",
    purpose=Text("退回素材", "Send works back"),
    risk="draft",
    roles=WORKERS,
    prepare=batch_tools.ready,
)
async def reject_works(call: Call, given: RejectInput) -> WorksJudged:
    """Say what is wrong with works. The reason steers their next takes. Raises NotFound, and
    Conflict for one that is published."""
    rows = await _judge(call, given.ids, "rejected", given.reason, given.note)
    for (product_id, sku_id), ids in _by_product(rows):
        told = WorksRejected(product_id=product_id, sku_id=sku_id, works=ids, reason=given.reason)
        await events.append(call.session, told)
    batch_id = await _again(call, rows) if given.remakes else None
    return WorksJudged(items=await views(call, rows), batch_id=batch_id)


@tool(
    "studio.remake",
    purpose=Text("重做素材", "Make works again"),
    risk="draft",
    roles=WORKERS,
    prepare=batch_tools.ready,
)
async def remake(call: Call, given: WorksInput) -> WorksJudged:
    """Have the next version of each work made; what former versions were sent back for is done
    otherwise. Raises NotFound."""
    rows = await _all(call, given.ids)
    return WorksJudged(items=await views(call, rows), batch_id=await _again(call, rows))


@tool(
    "studio.roll_back", purpose=Text("退回到这个版本", "Go back to a version"), risk="draft",
    roles=WORKERS,
)  # fmt: skip
async def roll_back(call: Call, given: WorkChoice) -> WorkDetail:
    """Make an earlier version the current one; raises NotFound."""
    row = await _one(call, given.id)
    if not row.is_current:
        await store.make_current(call.session, row)
        told = WorkRolledBack(product_id=row.product_id, work_id=row.id, version=row.version)
        await events.append(call.session, told)
        await call.session.flush()
    return await get_work(call, given)


async def _again(call: Call, rows: Sequence[Work]) -> str:
    items = await remaking.items_again(call.session, call.shop_id, rows, batch_tools.steps(call))
    batch = await starting.begin(
        call.session,
        call.shop_id,
        name=str(Text(f"重做 {len(rows)} 件素材", f"{len(rows)} works made again")),
        plan=Plan.model_validate(items[0].plan),
        items=items,
        by=call.principal.id,
        is_remake=True,
    )
    batch_tools.wake(call)
    return batch.id


async def _judge(
    call: Call, ids: Sequence[str], state: WorkState, reason: Reason | None, note: str | None
) -> list[Work]:
    rows = await _all(call, ids)
    for row in rows:
        if state == "rejected" and row.published_at is not None:
            raise Conflict(
                Text("已发布的素材不能退回", "A published work is not sent back"),
                hint=Text("先撤回发布。", "Unpublish it first."),
                where=row.id,
            )
        row.state, row.reason, row.note = state, reason, note
        row.judged_at, row.judged_by = clock.now(), call.principal.id
    await call.session.flush()
    return rows


async def _all(call: Call, ids: Sequence[str]) -> list[Work]:
    rows = await store.works(call.session, call.shop_id, ids)
    missing = set(ids) - {row.id for row in rows}
    if missing:
        raise not_found(WORK, min(missing))
    return rows


async def _one(call: Call, work_id: str) -> Work:
    row = await store.work(call.session, call.shop_id, work_id)
    if row is None:
        raise not_found(WORK, work_id)
    return row


def _by_product(rows: Sequence[Work]) -> list[tuple[tuple[str, str | None], tuple[str, ...]]]:
    def product(row: Work) -> tuple[str, str]:
        return row.product_id, row.sku_id or ""

    return [
        ((product_id, sku_id or None), tuple(row.id for row in group))
        for (product_id, sku_id), group in groupby(sorted(rows, key=product), product)
    ]


async def titles(call: Call, rows: Sequence[Work]) -> list[str | None]:
    """The titles of works' products."""
    ids = sorted({row.product_id for row in rows})
    found = {
        each.id: each.title for each in await store.products(call.session, call.shop_id, ids=ids)
    }
    return [found.get(row.product_id) for row in rows]


async def views(call: Call, rows: Sequence[Work]) -> list[WorkView]:
    """Works as they are shown."""
    named = zip(rows, await titles(call, rows), strict=True)
    return [work_view(row, title) for row, title in named]


def work_view(row: Work, title: str | None) -> WorkView:
    """A work as it is shown; `title` is its product's."""
    made: dict[str, Any] = row.deliverable
    width, height = made.get("size") or (None, None)
    is_picture = row.path.rpartition(".")[2] in ("jpg", "png", "webp")
    url = file_url(row.shop_id, "works", row.id)
    return WorkView(
        id=row.id,
        product_id=row.product_id,
        sku_id=row.sku_id,
        title=title or row.product_id,
        batch_id=row.batch_id,
        item_id=row.item_id,
        kind=row.kind,  # type: ignore[arg-type] # Written by this room alone.
        slot=row.slot,
        version=row.version,
        is_current=row.is_current,
        style=row.style,
        plate=made.get("plate"),
        layout=made.get("layout"),
        channel=made.get("channel"),
        width=width,
        height=height,
        bytes=row.size,
        name=row.path.rpartition("/")[2],
        url=url,
        small_url=f"{url}/small?side=320" if is_picture else None,
        state=row.state,  # type: ignore[arg-type] # Written by this room alone.
        reason=row.reason,  # type: ignore[arg-type] # Written by this room alone.
        note=row.note,
        doubts=row.doubts,
        made_at=row.made_at,
        judged_at=row.judged_at,
        judged_by=row.judged_by,
        published_at=row.published_at,
    )


def file_url(shop_id: str, folder: str, name: str) -> str:
    """Where a file of the studio is served."""
    return f"/api/shops/{shop_id}/studio/{folder}/{name}"
