"""Items that make works again: from the same frames, with what the shop knows by now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.errors import Conflict
from zhanggui.base.words import Text
from zhanggui.shop import store as shop_store
from zhanggui.studio import redoing, store
from zhanggui.studio.batches import batch_store, starting, steering
from zhanggui.studio.batches.starting import Chosen
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.models import Item, Work


async def items_again(
    session: AsyncSession,
    shop_id: str,
    works: Sequence[Work],
    steps: Callable[[Plan], Sequence[str]],
) -> list[Item]:
    """An item for each work, but one alone for works that come as a set; raises Conflict for a work
    of which nobody knows any more what it was made from."""
    made: dict[tuple[str, str], Item] = {}
    for work in works:
        source = await batch_store.item(session, shop_id, work.item_id)
        if source is None:
            raise Conflict(
                Text("这件素材的制作记录已不在", "How this work was made is not known any more"),
                hint=Text("请重新制作这个商品。", "Make the product's things anew."),
                where=work.id,
            )
        former = await store.versions(session, shop_id, work.product_id, work.sku_id, work.slot)
        plan = redoing.plan_again(work, Plan.model_validate(source.plan), former)
        is_single = work.kind in ("scene", "poster")
        key = (source.id, work.slot if is_single else work.kind)
        if key not in made:
            made[key] = starting.new_item(
                shop_id,
                product_id=work.product_id,
                sku_id=work.sku_id,
                title=source.title,
                facts=await _facts_now(session, shop_id, source),
                frames=dict(source.frames),
                plan=plan,
                planned=list(steps(plan)),
                replaces=work.id,
            )
    return list(made.values())


async def _facts_now(session: AsyncSession, shop_id: str, source: Item) -> dict[str, object]:
    product = await shop_store.product(session, shop_id, source.product_id)
    if product is None:
        return dict(source.facts)
    sku = await shop_store.sku(session, shop_id, source.sku_id) if source.sku_id else None
    shop = await shop_store.shop(session, shop_id)
    facts = starting.facts_of(Chosen(product, sku, ()), shop.name if shop else None)
    return facts.model_dump(mode="json")


async def hold_for_frame(session: AsyncSession, shop_id: str, product_id: str, frame: str) -> None:
    """Have the batches of the items of :func:`again_for_frame` to oneself: no step that ends
    meanwhile writes over what is said of the mask."""
    held: set[str] = set()
    while True:
        found = await batch_store.last_items(session, shop_id, frame, product_id)
        more = {item.batch_id for item in found} - held
        if not more:
            return
        for batch_id in sorted(more):
            await batch_store.hold_batch(session, shop_id, batch_id)
        held |= more


async def again_for_frame(
    session: AsyncSession, shop_id: str, product_id: str, frame: str, *, from_the_beginning: bool
) -> list[Item]:
    """Let items go once more whose frame's mask a person has judged: those that wait for it go on,
    and where the mask is another now, all that used it begin anew. The caller holds them."""
    found = []
    for item in await batch_store.last_items(session, shop_id, frame, product_id):
        if from_the_beginning or item.state == "review":
            if item.state == "review" and await _is_doubted(session, shop_id, item):
                if from_the_beginning:
                    item.steps, item.files = {}, {}
                continue
            steering.again(item, from_the_beginning=from_the_beginning)
            found.append(item)
    await session.flush()
    if found:
        await steering.go_on(session, found)
    return found


async def _is_doubted(session: AsyncSession, shop_id: str, item: Item) -> bool:
    """Whether another mask of the item waits for a person."""
    known = await store.cuts_of(session, shop_id, item.frames.values())
    return any(row.state == "doubtful" for row in known.values())
