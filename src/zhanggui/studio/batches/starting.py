"""What a batch is made of: which products, and for each what it is made from, as it is now.

Facts and frames are written down with the item, so that whatever happens to the shop's records
meanwhile, an item that is begun again gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.errors import Invalid, NotFound, TooLarge
from zhanggui.base.ids import new_id
from zhanggui.base.words import Text
from zhanggui.shop import store as shop_store
from zhanggui.shop.models import Product, Sku
from zhanggui.studio import store
from zhanggui.studio.events import BatchStarted
from zhanggui.studio.facts import Facts
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import MOST_FRAMES
from zhanggui.studio.models import BasePicture, Batch, Item

MOST_ITEMS = 5_000
_NAMED = 10
"""Products that an error names."""
NO_PRODUCTS = Text("没有符合条件的商品", "no product is chosen by this")
CHOOSE = Text("换个条件，或先导入商品", "Choose otherwise, or import goods first")
NO_PICTURES = Text("这些商品还没有底图：{names}", "these products have no base pictures: {names}")
ADD_PICTURES = Text(
    "先上传底图，或从商品主图取用；也可以选择跳过没有底图的商品",
    "Upload base pictures or take the listing's, or choose to leave such products out",
)
_MORE = Text("{names} 等 {count} 个", "{names} and more, {count} in all")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A product or one of its SKUs with its base pictures in order."""

    product: Product
    sku: Sku | None
    pictures: tuple[BasePicture, ...]


async def chosen(
    session: AsyncSession, shop_id: str, products: Sequence[Product], *, skips_bare: bool
) -> list[Chosen]:
    """Each product, or where its pictures are of its SKUs each of these; raises Invalid where there
    are none, and with the names of those that have no base pictures unless these are skipped;
    TooLarge for more than :data:`MOST_ITEMS`."""
    _check_count(len(products))
    pictures = await store.pictures(session, shop_id, [each.id for each in products])
    of_product = {key: list(rows) for key, rows in groupby(pictures, lambda each: each.product_id)}
    bare = [each for each in products if each.id not in of_product]
    if bare and not skips_bare:
        raise Invalid(
            NO_PICTURES.format(names=_named(bare)), hint=ADD_PICTURES, where="product_ids"
        )
    if not of_product:
        raise Invalid(NO_PRODUCTS, hint=CHOOSE, where="product_ids")
    skus = await store.skus(
        session, shop_id, {each.sku_id for each in pictures if each.sku_id is not None}
    )
    found = [
        each for product in products if product.id in of_product
        for each in _parted(product, of_product[product.id], skus)
    ]  # fmt: skip
    _check_count(len(found))
    return found


def _check_count(count: int) -> None:
    if count > MOST_ITEMS:
        raise TooLarge(
            Text(f"一批最多 {MOST_ITEMS} 个商品", f"A batch takes {MOST_ITEMS} products at most"),
            hint=Text("请分成几批。", "Make several batches of it."),
            where="product_ids",
        )


def _parted(
    product: Product, pictures: Sequence[BasePicture], skus: dict[str, Sku]
) -> Iterator[Chosen]:
    def of(picture: BasePicture) -> str:
        return picture.sku_id if picture.sku_id in skus else ""

    for sku_id, rows in groupby(sorted(pictures, key=of), of):
        yield Chosen(product, skus.get(sku_id), tuple(rows)[:MOST_FRAMES])


def _named(products: Sequence[Product]) -> str:
    names = "、".join(each.title or each.id for each in products[:_NAMED])
    return str(_MORE.format(names=names, count=len(products))) if products[_NAMED:] else names


async def named(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> list[Product]:
    """The products of these ids; raises NotFound for one that is not there."""
    found = await store.products(session, shop_id, ids=ids)
    missing = set(ids) - {each.id for each in found}
    if missing:
        one = min(missing)
        raise NotFound(
            Text(f"没有找到商品：{one}", f"No such product: {one}"),
            hint=Text("刷新商品列表后再选。", "Refresh the list of goods and choose again."),
            where="product_ids",
        )
    return found


async def begin(
    session: AsyncSession,
    shop_id: str,
    *,
    name: str,
    plan: Plan,
    items: Sequence[Item],
    by: str,
    waits_for_review: bool = False,
    is_remake: bool = False,
) -> Batch:
    """Write a batch down with its items; they are handed to the queue after the commit."""
    row = Batch(
        shop_id=shop_id,
        id=new_id("batch"),
        name=name,
        state="running",
        plan=plan.model_dump(mode="json"),
        waits_for_review=waits_for_review,
        is_remake=is_remake,
        made_by=by,
        created_at=clock.now(),
        ended_at=None,
    )
    session.add(row)
    for number, item in enumerate(items, 1):
        item.batch_id, item.number = row.id, number
    session.add_all(items)
    await session.flush()
    kinds = sorted({kind for item in items for kind in item.plan["kinds"]})
    await events.append(
        session, BatchStarted(batch_id=row.id, items=len(items), kinds=tuple(kinds))
    )
    return row


async def items_of(
    session: AsyncSession,
    shop_id: str,
    found: Sequence[Chosen],
    plan: Plan,
    steps: Callable[[Plan], Sequence[str]],
) -> list[Item]:
    """An item for each; `steps` gives the names of a plan's steps."""
    shop = await shop_store.shop(session, shop_id)
    planned = list(steps(plan))
    return [item_of(shop_id, each, plan, planned, shop.name if shop else None) for each in found]


def item_of(shop_id: str, each: Chosen, plan: Plan, planned: list[str], shop: str | None) -> Item:
    """The item of a product or SKU, not yet of a batch."""
    facts = facts_of(each, shop)
    return new_item(
        shop_id,
        product_id=each.product.id,
        sku_id=each.sku.id if each.sku else None,
        title=_title(each),
        facts=facts.model_dump(mode="json"),
        frames=frames_of(each.pictures),
        plan=plan,
        planned=planned,
    )


def new_item(
    shop_id: str,
    *,
    product_id: str,
    sku_id: str | None,
    title: str,
    facts: dict[str, object],
    frames: dict[str, object],
    plan: Plan,
    planned: list[str],
    replaces: str | None = None,
) -> Item:
    """An item of which nothing is made yet."""
    return Item(
        shop_id=shop_id,
        id=new_id("item"),
        product_id=product_id,
        sku_id=sku_id,
        title=title,
        facts=facts,
        frames=frames,
        plan=plan.model_dump(mode="json"),
        replaces=replaces,
        state="waiting",
        attempt=1,
        planned=planned,
        steps={},
        files={},
        doubts=[],
        cpu_ms=0,
        wall_ms=0,
        cost_micro=0,
    )


def frames_of(pictures: Sequence[BasePicture]) -> dict[str, object]:
    """Names that every folder takes, in order, with the digests of the pictures' files."""
    return {
        f"{number:03}.{picture.name.rpartition('.')[2]}": picture.digest
        for number, picture in enumerate(pictures)
    }


def facts_of(each: Chosen, shop: str | None) -> Facts:
    """What the shop knows of a product or SKU."""
    product, sku = each.product, each.sku
    return Facts(
        product_id=product.id,
        sku_id=sku.id if sku else None,
        title=product.title,
        category=product.category,
        brand=product.brand,
        shop=shop,
        price_fen=sku.price_fen if sku and sku.price_fen is not None else product.price_fen,
        attributes=sku.attributes if sku else {},
        description=product.description,
    )


def _title(each: Chosen) -> str:
    title = each.product.title or each.product.id
    said = each.sku.title or each.sku.id if each.sku else None
    return f"{title} {said}"[:400] if said and said != title else title[:400]


def steps_of(maker: str) -> Callable[[Plan], Sequence[str]]:
    """How the module of the steps names those of a plan."""

    def steps(plan: Plan) -> Sequence[str]:
        names: Sequence[str] = import_module(maker).names(plan)
        return names

    return steps
