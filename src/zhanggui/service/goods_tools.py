"""What a shopper may look up of goods: coupons that apply, stock, a size, goods for a wish. What
the records do not say is said not to be known."""

from __future__ import annotations

import asyncio
from typing import Annotated

from pydantic import BaseModel, Field

from zhanggui.base import clock
from zhanggui.base.chinese import arabic
from zhanggui.base.errors import Invalid, not_found
from zhanggui.base.money import format_yuan
from zhanggui.base.principals import EVERYONE
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service import coupons, goods, recommending, sizing, variants, views
from zhanggui.service.context import Asked, Context, load
from zhanggui.service.cues import budget_fen
from zhanggui.service.evidence import MOST_SOURCES, coupon_evidence, sku_evidence, variant
from zhanggui.service.reading import Reading
from zhanggui.service.views import SourceView
from zhanggui.shop.models import Coupon, Product, Sku

PRODUCT = Text("商品", "product")
MOST_GOODS = 3
_RATE = "120 per minute"
_Id = Annotated[str, Field(min_length=1, max_length=64)]


class Bought(Input):
    """Goods and how many, or only what an order comes to."""

    product_id: _Id | None = None
    sku_id: _Id | None = None
    quantity: int = Field(1, ge=1, le=999)
    amount_fen: int | None = Field(None, ge=1, le=10**12, description="Of the order, in fen.")


class CouponUse(BaseModel):
    """A coupon that is running. `applies` is None where it is not known (it is for some goods, and
    none are named); `after_fen` is None where what it takes off is not an amount."""

    id: str
    said: str
    applies: bool | None
    for_members: bool
    why_not: str | None
    before_fen: int | None
    after_fen: int | None


class CouponUses(Output):
    """Coupons, those that take off most first."""

    items: list[CouponUse]


@tool(
    "service.coupons_that_apply",
    purpose=Text("能用的优惠券", "Coupons that apply"),
    risk="read",
    roles=EVERYONE,
    rate=_RATE,
)
async def coupons_that_apply(call: Call, given: Bought) -> CouponUses:
    """The coupons running now, for goods or for an amount, with the price after each."""
    product, skus, context = None, list[Sku](), await _nobody(call)
    if given.product_id or given.sku_id:
        product, skus, context = await _goods(call, given.product_id, given.sku_id)
    total = given.amount_fen
    prices = {sku.price_fen for sku in skus}
    if total is None and len(prices) == 1 and (price := prices.pop()) is not None:
        total = price * given.quantity
    running = [each for each in context.coupons if coupons.is_running(each, context)]
    uses = [_use(each, product, total, context) for each in running]
    uses.sort(
        key=lambda use: (not use.applies, use.after_fen if use.after_fen is not None else 10**15)
    )
    return CouponUses(items=uses)


def _use(coupon: Coupon, product: Product | None, total: int | None, context: Context) -> CouponUse:
    applies: bool | None = True if product is None else coupons.applies(coupon, product)
    why_not = None if applies else Text("不在适用范围", "Not for these goods")
    if product is None and not coupons.is_for_any(coupon):
        applies, why_not = None, Text("只限部分商品", "For some goods only")
    threshold = coupon.threshold_fen or 0
    if applies and total is not None and total < threshold:
        yuan = format_yuan(threshold - total)
        applies, why_not = False, Text(f"还差{yuan}元", f"{yuan} yuan short")
    if applies and total is None and threshold:
        applies, why_not = None, Text("金额不知道", "The amount is not known")
    after = None
    if applies and total is not None and coupon.discount_fen is not None:
        after = max(total - coupon.discount_fen, 0)
    return CouponUse(
        id=coupon.id,
        said=coupon_evidence(coupon, context.now).text,
        applies=applies,
        for_members=coupons.is_for_members(coupon),
        why_not=str(why_not) if why_not else None,
        before_fen=total,
        after_fen=after,
    )


async def _nobody(call: Call) -> Context:
    """What is known to somebody who has nothing open."""
    return await load(call.session, call.shop_id, Asked(""), ())


async def _goods(
    call: Call, product_id: str | None, sku_id: str | None
) -> tuple[Product, list[Sku], Context]:
    """A product with the SKUs meant, and what is known with it open. Raises NotFound."""
    wanted = product_id
    if sku_id is not None:
        sku = await call.session.get(Sku, (call.shop_id, sku_id))
        if sku is None or product_id not in (None, sku.product_id):
            raise not_found(PRODUCT, sku_id)
        wanted = sku.product_id
    context = await load(call.session, call.shop_id, Asked("", product_id=wanted), ())
    if context.product is None:
        raise not_found(PRODUCT, wanted or "")
    skus = context.skus.get(context.product.id, [])
    return context.product, [s for s in skus if sku_id in (None, s.id)], context


class WhichGoods(Input):
    """A product or a SKU; `variant` says which of a product in the shopper's words."""

    product_id: _Id | None = None
    sku_id: _Id | None = None
    variant: str = Field("", max_length=200)
    quantity: int = Field(1, ge=1, le=9999)


class StockView(BaseModel):
    """A SKU's stock; `stock` and `is_enough` are None where it is not known."""

    sku_id: str
    name: str
    price_fen: int | None
    stock: int | None
    is_enough: bool | None


class Stocks(Output):
    """The SKUs meant. `reply` is for the shopper."""

    items: list[StockView]
    reply: str
    sources: list[SourceView]


@tool(
    "service.check_stock",
    purpose=Text("查库存", "Check stock"),
    risk="read",
    roles=EVERYONE,
    rate=_RATE,
)
async def check_stock(call: Call, given: WhichGoods) -> Stocks:
    """Whether goods are there, and how many."""
    product, skus, context = await _goods(call, given.product_id, given.sku_id)
    if given.variant:
        reading = Reading(Asked(given.variant), clock.local(context.now))
        skus = variants.choose(reading, skus).skus
    siblings = context.skus.get(product.id, [])
    items = [
        StockView(
            sku_id=sku.id,
            name=variant(sku, siblings) or product.title,
            price_fen=sku.price_fen,
            stock=sku.stock,
            is_enough=None if sku.stock is None else sku.stock >= given.quantity,
        )
        for sku in skus
    ]
    parts = [f"{variant(sku, siblings)}{goods.offer(sku) or '库存不知道'}" for sku in skus]
    shown = [sku_evidence(product, sku, siblings) for sku in skus[:MOST_SOURCES]]
    said = "；".join(parts[:6]) or "库存不知道"
    return Stocks(items=items, reply=f"{product.title}：{said}。", sources=views.sources(shown))


class Body(Input):
    """A product, and what is known of who is to wear it: at least one measure."""

    product_id: _Id
    height_cm: float | None = Field(None, ge=30, le=260)
    weight_kg: float | None = Field(None, ge=1, le=400)
    chest_cm: float | None = Field(None, ge=20, le=250)
    waist_cm: float | None = Field(None, ge=20, le=250)
    hip_cm: float | None = Field(None, ge=20, le=250)
    foot_cm: float | None = Field(None, ge=5, le=45)


class SizeAdvice(Output):
    """The SKUs that suit; none where the records do not say. `notes` are what the shop has written
    on choosing a size."""

    sku_ids: list[str]
    names: list[str]
    is_known: bool
    reply: str
    sources: list[SourceView]
    notes: list[SourceView]


@tool(
    "service.size_advice",
    purpose=Text("尺码建议", "Advise on a size"),
    risk="read",
    roles=EVERYONE,
    rate=_RATE,
)
async def size_advice(call: Call, given: Body) -> SizeAdvice:
    """The sizes whose ranges hold what was measured. Raises Invalid where nothing was."""
    measured: dict[sizing.Measure, float | None] = {
        "height": given.height_cm,
        "weight": given.weight_kg * 1000 if given.weight_kg is not None else None,
        "chest": given.chest_cm,
        "waist": given.waist_cm,
        "hip": given.hip_cm,
        "foot": given.foot_cm,
    }
    told = {name: value for name, value in measured.items() if value is not None}
    if not told:
        raise Invalid(
            Text("请给出身高、体重或其他尺寸", "Give a height, a weight or another measure"),
            where="height_cm",
        )
    product, skus, _ = await _goods(call, given.product_id, None)
    found = sizing.fitting(skus, told)
    names = list(dict.fromkeys(variant(sku, skus) or product.title for sku in found))
    if found:
        reply = f"按商品页的建议，{product.title}可以选{'、'.join(names[:4])}。"
    else:
        reply = f"{product.title}的记录里没有适合这些尺寸的建议，需要的话我请同事来帮您看。"
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    written = sizing.notes(index.retriever.entries, product)
    return SizeAdvice(
        sku_ids=[sku.id for sku in found],
        names=names,
        is_known=bool(found),
        reply=reply,
        sources=views.sources(sku_evidence(product, sku, skus) for sku in found[:MOST_SOURCES]),
        notes=[SourceView(id=entry.id, text=entry.text) for entry in written],
    )


class Wished(Input):
    """What is wished for, in the shopper's words; what may be spent, who it is for, and what it
    must not be."""

    wants: str = Field(min_length=1, max_length=300)
    budget_yuan: float | None = Field(None, gt=0, le=10**7)
    avoids: list[Annotated[str, Field(min_length=1, max_length=30)]] = Field(
        default_factory=list, max_length=20
    )
    for_whom: str = Field("", max_length=100)


class Suggestion(BaseModel):
    """A SKU that suits a wish, in stock as far as is known."""

    product_id: str
    sku_id: str
    title: str
    name: str
    price_fen: int
    stock: int | None


class Suggestions(Output):
    """Goods for a wish, the best first; none where nothing suits."""

    items: list[Suggestion]
    reply: str
    sources: list[SourceView]


@tool(
    "service.recommend",
    purpose=Text("按预算和要求推荐商品", "Recommend goods within a budget"),
    risk="read",
    roles=EVERYONE,
    rate="60 per minute",
)
async def recommend(call: Call, given: Wished) -> Suggestions:
    """Goods that suit a wish, within the budget, in stock, without what is to be avoided."""
    reading = Reading(Asked(f"{given.wants} {given.for_whom}".strip()), clock.local(clock.now()))
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    search = await asyncio.to_thread(index.retriever.search, reading.text)
    context = await load(call.session, call.shop_id, Asked(""), search.products)
    avoids = [*(arabic(word) for word in given.avoids), *recommending.unwanted(reading.text)]
    most = round(given.budget_yuan * 100) if given.budget_yuan is not None else None
    if most is None:
        most = budget_fen(reading.text)
    meant = goods.meant(reading, context, search)
    named = {each.product.id: each.named for each in meant}
    found = [
        each
        for each in recommending.ranked(reading, context, search, named, most, avoids)
        if recommending.is_fit(reading, each, avoids)
        and (named.get(each.product.id) or search.has_meaning)
    ][:MOST_GOODS]
    reply = "目前没有找到符合这些要求的商品，需要的话我请同事来帮您看。"
    if found:
        reply = recommending.told(reading, found)
    return Suggestions(
        items=[
            Suggestion(
                product_id=each.product.id,
                sku_id=each.sku.id,
                title=each.product.title,
                name=variant(each.sku, each.skus) or each.product.title,
                price_fen=each.sku.price_fen or 0,
                stock=each.sku.stock,
            )
            for each in found
        ],
        reply=reply,
        sources=views.sources(sku_evidence(e.product, e.sku, e.skus) for e in found),
    )
