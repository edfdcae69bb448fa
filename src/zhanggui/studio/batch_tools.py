"""What may be asked of batches and done with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from importlib import import_module

from pydantic import Field

from zhanggui.base import clock
from zhanggui.base.errors import not_found
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text
from zhanggui.studio import store
from zhanggui.studio.batch_views import (
    BatchItem,
    BatchState,
    BatchView,
    ItemState,
    ItemView,
    batch_item,
    batch_view,
    item_view,
)
from zhanggui.studio.batches import batch_store, feeding, starting, steering
from zhanggui.studio.batches.workshop import MAKER, Workshop
from zhanggui.studio.brand import DEFAULT, Brand
from zhanggui.studio.making.plan import Plan


class StartBatchInput(Input):
    """What to make, and for which products: those named, else all that `q` and `category` leave.
    `with_pictures_only` leaves out products without base pictures, which are an error otherwise;
    `waits_for_review` has a product with a doubtful cut-out wait for a person."""

    name: str = Field("", max_length=200)
    product_ids: list[str] = Field(default_factory=list, max_length=starting.MOST_ITEMS)
    q: str = Field("", max_length=200)
    category: str | None = Field(None, max_length=200)
    with_pictures_only: bool = False
    waits_for_review: bool = False
    plan: Plan = Plan()


class BatchChoice(Input):
    """Which batch."""

    batch_id: str = Field(min_length=1, max_length=40)


class RetryInput(BatchChoice):
    """Which batch, and which of its items; all that failed where none is named."""

    item_ids: list[str] = Field(default_factory=list, max_length=starting.MOST_ITEMS)


class BatchListInput(Input):
    """Which batches."""

    state: BatchState | None = None
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=200)


class ItemListInput(BatchChoice):
    """Which items of a batch."""

    state: ItemState | None = None
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class BatchList(Output):
    """Batches, the newest first."""

    items: list[BatchItem]
    total: int
    page: int
    size: int


class ItemList(Output):
    """Items of a batch in order."""

    items: list[ItemView]
    total: int
    page: int
    size: int


async def ready(call: Call, given: Input) -> None:
    """Have the steps' module imported before the transaction opens, beside the loop: with it come
    libraries of pictures."""
    await asyncio.to_thread(import_module, maker(call))


def maker(call: Call) -> str:
    """The module of the steps."""
    here = call.runtime.services.get(Workshop)
    return here.maker if isinstance(here, Workshop) else MAKER


@tool(
    "studio.start_batch",
    purpose=Text("批量制作商品素材", "Make pictures, video and copy for products"),
    risk="draft",
    roles=WORKERS,
    prepare=ready,
)
async def start_batch(call: Call, given: StartBatchInput) -> BatchView:
    """Begin a batch. Raises Invalid for products without base pictures, with their names, and for
    styles there are none of; NotFound for a product that is not there."""
    if given.plan.styles:
        given.plan.check()
    session, shop_id = call.session, call.shop_id
    if given.product_ids:
        products = await starting.named(session, shop_id, given.product_ids)
    else:
        products = await store.products(
            session,
            shop_id,
            q=given.q,
            category=given.category,
            has_pictures=True if given.with_pictures_only else None,
            most=starting.MOST_ITEMS + 1,
        )
    chosen = await starting.chosen(session, shop_id, products, skips_bare=given.with_pictures_only)
    plan = await _with_brand(call, given.plan)
    items = await starting.items_of(session, shop_id, chosen, plan, steps(call))
    row = await starting.begin(
        session,
        shop_id,
        name=given.name or default_name(len(items)),
        plan=plan,
        items=items,
        by=call.principal.id,
        waits_for_review=given.waits_for_review,
    )
    wake(call)
    return await batch_view(call, row)


async def _with_brand(call: Call, plan: Plan) -> Plan:
    """The plan with the shop's brand kit, where it has none of its own."""
    row = await store.brand(call.session, call.shop_id)
    if row is None or plan.brand != DEFAULT:
        return plan
    return plan.model_copy(update={"brand": Brand.model_validate(row.kit)})


def steps(call: Call) -> Callable[[Plan], Sequence[str]]:
    """How the steps of a plan are named here."""
    return starting.steps_of(maker(call))


def default_name(count: int) -> str:
    """What a batch is called that nobody gave a name."""
    now = clock.local(clock.now())
    return str(
        Text(f"{now:%m月%d日 %H:%M} · {count} 个商品", f"{now:%d %b %H:%M} · {count} products")
    )


def wake(call: Call) -> None:
    """Have what was let go handed to the queue once it is committed."""

    async def tell() -> None:
        waking = call.runtime.services.get(Waking)
        if isinstance(waking, Waking):
            waking.wake(feeding.TOPIC)

    call.after_commit(tell)


@tool("studio.list_batches", purpose=Text("列出制作批次", "List batches"), risk="read", roles=STAFF)
async def list_batches(call: Call, given: BatchListInput) -> BatchList:
    """The newest batches first."""
    found = await batch_store.batches(
        call.session, call.shop_id, state=given.state, page=given.page, size=given.size
    )
    states = await batch_store.item_states(
        call.session, call.shop_id, [row.id for row in found.rows]
    )
    return BatchList(
        items=[batch_item(row, states[row.id]) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


@tool("studio.get_batch", purpose=Text("查看批次进度", "Show a batch"), risk="read", roles=STAFF)
async def get_batch(call: Call, given: BatchChoice) -> BatchView:
    """How far a batch has come; raises NotFound."""
    row = await batch_store.batch(call.session, call.shop_id, given.batch_id)
    if row is None:
        raise not_found(steering.BATCH, given.batch_id)
    return await batch_view(call, row)


@tool(
    "studio.list_items", purpose=Text("列出批次里的商品", "List a batch's items"), risk="read",
    roles=STAFF,
)  # fmt: skip
async def list_items(call: Call, given: ItemListInput) -> ItemList:
    """The products and SKUs of a batch in order."""
    found = await batch_store.items_page(
        call.session,
        call.shop_id,
        given.batch_id,
        state=given.state,
        page=given.page,
        size=given.size,
    )
    return ItemList(
        items=[item_view(row) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


@tool("studio.pause_batch", purpose=Text("暂停批次", "Pause a batch"), risk="draft", roles=WORKERS)
async def pause_batch(call: Call, given: BatchChoice) -> BatchView:
    """Begin no further step of a batch; those under way are finished."""
    return await batch_view(call, await steering.pause(call.session, call.shop_id, given.batch_id))


@tool(
    "studio.resume_batch", purpose=Text("继续批次", "Resume a batch"), risk="draft", roles=WORKERS
)
async def resume_batch(call: Call, given: BatchChoice) -> BatchView:
    """Go on with a paused batch."""
    row = await steering.resume(call.session, call.shop_id, given.batch_id)
    wake(call)
    return await batch_view(call, row)


@tool(
    "studio.cancel_batch", purpose=Text("取消批次", "Cancel a batch"), risk="draft", roles=WORKERS
)
async def cancel_batch(call: Call, given: BatchChoice) -> BatchView:
    """Make nothing more of a batch; what is made stays."""
    return await batch_view(call, await steering.cancel(call.session, call.shop_id, given.batch_id))


@tool(
    "studio.retry_items",
    purpose=Text("重试失败的商品", "Try failed items again"),
    risk="draft",
    roles=WORKERS,
)
async def retry_items(call: Call, given: RetryInput) -> BatchView:
    """Try items that failed or were cancelled again, from the step at which they stopped."""
    row = await steering.retry(call.session, call.shop_id, given.batch_id, given.item_ids)
    wake(call)
    return await batch_view(call, row)
