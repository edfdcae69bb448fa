"""What may be asked of the shop's records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, Field

from zhanggui.base import clock, likedays
from zhanggui.base.errors import not_found
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, tool
from zhanggui.base.words import Text
from zhanggui.shop import (
    bought,
    counting,
    coupon_tools,
    erasing_tools,
    guide,
    receivers,
    refund_tools,
    search_tools,
    store,
)
from zhanggui.shop.bought import Bought
from zhanggui.shop.importing import import_tools, shop_sinks
from zhanggui.shop.models import Order, Product, Refund, Sku
from zhanggui.shop.views import (
    BuyerItem,
    BuyerPage,
    DayFigures,
    LineView,
    Moment,
    OrderItem,
    OrderPage,
    OrderStatusName,
    OrderView,
    Overview,
    PageInput,
    ProductItem,
    ProductPage,
    ProductView,
    ReceiverView,
    RefundView,
    SkuView,
    Today,
)

__all__ = [
    "coupon_tools",
    "erasing_tools",
    "guide",
    "import_tools",
    "refund_tools",
    "search_tools",
    "shop_sinks",
]

SHOP = Text("店铺", "shop")
PRODUCT = Text("商品", "product")
ORDER = Text("订单", "order")

OVERVIEW_DAYS = 30


@tool("shop.overview", purpose=Text("店铺概况", "What is in the shop"), risk="read", roles=STAFF)
async def overview(call: Call, given: Nothing) -> Overview:
    """Counts, and orders by local day over the last days that have any."""
    session, shop_id = call.session, call.shop_id
    shop = await store.shop(session, shop_id)
    if shop is None:
        raise not_found(SHOP, shop_id)
    counts = await counting.count(session, shop_id)
    first, last = await store.order_span(session, shop_id)
    return Overview(
        **counts.model_dump(),
        name=shop.name,
        is_demo=shop.is_demo,
        refunds=await store.refund_count(session, shop_id),
        first_order_at=first,
        last_order_at=last,
        days=await _days(call, last) if last else [],
    )


async def _days(call: Call, last: datetime) -> list[DayFigures]:
    end = min(clock.local(last), clock.local(clock.now())).date()
    start = end - timedelta(days=OVERVIEW_DAYS - 1)
    midnight = datetime.combine(start, datetime.min.time(), clock.SHANGHAI)
    days = {
        start + timedelta(days=n): DayFigures(date=start + timedelta(days=n), orders=0, paid_fen=0)
        for n in range(OVERVIEW_DAYS)
    }
    for at, paid in await store.order_times(call.session, call.shop_id, midnight):
        day = days.get(clock.local(at).date())
        if day is not None:
            day.orders += 1
            day.paid_fen += paid
    return list(days.values())


@tool("shop.today", purpose=Text("今日经营", "The day so far"), risk="read", roles=STAFF)
async def today(call: Call, given: Nothing) -> Today:
    """Orders of the newest day that is known, beside like days. What is imported ends before now:
    a day is compared only up to the moment its file was made."""
    session, shop_id = call.session, call.shop_id
    first, last = await store.order_span(session, shop_id)
    if first is None or last is None:
        return Today(date=None, until=None, orders=None, paid_fen=None)
    exported = await store.last_export(session, shop_id)
    until = min(max(last, exported or last), clock.now())
    days = likedays.windows(until)
    counts = await store.orders_in(session, shop_id, days)
    orders = {place: count for place, (count, _) in counts.items()}
    paid = {place: fen for place, (_, fen) in counts.items()}
    return Today(
        date=days[-1].date,
        until=until,
        orders=likedays.compare(days, likedays.from_first(days, orders, first)),
        paid_fen=likedays.compare(days, likedays.from_first(days, paid, first)),
    )


@tool("shop.list_products", purpose=Text("列出商品", "List goods"), risk="read", roles=STAFF)
async def list_products(call: Call, given: PageInput) -> ProductPage:
    """Goods by id, found by title, id or merchant code."""
    found = await store.products_page(
        call.session, call.shop_id, q=given.q, page=given.page, size=given.size
    )
    items = [
        _product_item(product, count or 0, low, high, stock)
        for product, count, low, high, stock in found.rows
    ]
    return ProductPage(items=items, total=found.total, page=given.page, size=given.size)


def _product_item(
    product: Product, count: int, low: int | None, high: int | None, stock: int | None
) -> ProductItem:
    return ProductItem(
        id=product.id,
        title=product.title,
        category=product.category,
        picture_url=product.pictures[0] if product.pictures else None,
        price_min_fen=low if low is not None else product.price_fen,
        price_max_fen=high if high is not None else product.price_fen,
        stock=stock if stock is not None else product.stock,
        sku_count=count,
        on_sale=not any(word in (product.status or "") for word in ("下架", "仓库", "删除")),
    )


class ProductInput(Input):
    """Which product."""

    product_id: str = Field(min_length=1, max_length=64)


@tool("shop.get_product", purpose=Text("查看商品", "Show a product"), risk="read", roles=STAFF)
async def get_product(call: Call, given: ProductInput) -> ProductView:
    """A product with its SKUs."""
    product = await store.product(call.session, call.shop_id, given.product_id)
    if product is None:
        raise not_found(PRODUCT, given.product_id)
    skus = await store.skus(call.session, call.shop_id, [product.id])
    prices = [sku.price_fen for sku in skus if sku.price_fen is not None]
    stocks = [sku.stock for sku in skus if sku.stock is not None]
    item = _product_item(
        product,
        len(skus),
        min(prices, default=None),
        max(prices, default=None),
        sum(stocks) if stocks else None,
    )
    shared = shared_attributes(skus)
    return ProductView(
        **item.model_dump(),
        brand=product.brand,
        description=product.description,
        pictures=product.pictures,
        attributes=shared,
        skus=[_sku_view(sku, shared) for sku in skus],
    )


def shared_attributes(skus: Sequence[Sku]) -> dict[str, Any]:
    """What every SKU says alike."""
    if not skus:
        return {}
    return {
        name: value
        for name, value in skus[0].attributes.items()
        if all(sku.attributes.get(name) == value for sku in skus)
    }


def _sku_view(sku: Sku, shared: dict[str, Any]) -> SkuView:
    own = [str(value) for name, value in sku.attributes.items() if name not in shared]
    return SkuView(
        id=sku.id,
        name=" · ".join(own) or sku.title or sku.id,
        price_fen=sku.price_fen,
        stock=sku.stock,
        attributes=sku.attributes,
        code=sku.outer_id,
    )


class OrdersInput(PageInput):
    """Which orders."""

    status: OrderStatusName | None = None
    since: AwareDatetime | None = Field(None, description="Made at or after this time.")
    until: AwareDatetime | None = Field(None, description="Made before this time.")


@tool("shop.list_orders", purpose=Text("列出订单", "List orders"), risk="read", roles=STAFF)
async def list_orders(call: Call, given: OrdersInput) -> OrderPage:
    """Orders, newest first; a whole phone number finds its orders too."""
    phone = receivers.phone_index(call.runtime.cipher, call.shop_id, given.q)
    found = await store.orders_page(
        call.session,
        call.shop_id,
        q=given.q,
        status=given.status,
        since=given.since,
        until=given.until,
        phone_index=phone,
        page=given.page,
        size=given.size,
    )
    orders = [row[0] for row in found.rows]
    goods = await bought.by_order(call.session, call.shop_id, orders)
    items = [_order_item(order, goods[order.id]) for order in orders]
    return OrderPage(items=items, total=found.total, page=given.page, size=given.size)


def _order_item(order: Order, goods: Bought) -> OrderItem:
    return OrderItem.model_validate(
        {
            "id": order.id,
            "buyer": order.buyer_nick,
            "status": order.status,
            "paid_fen": order.paid_fen,
            "created_at": order.created_at,
            "paid_at": order.paid_at,
            "title": goods.title,
            "quantity": goods.quantity,
        }
    )


class OrderInput(Input):
    """Which order."""

    order_id: str = Field(min_length=1, max_length=64)


@tool("shop.get_order", purpose=Text("查看订单", "Show an order"), risk="read", roles=STAFF)
async def get_order(call: Call, given: OrderInput) -> OrderView:
    """An order with its lines and after-sales; the receiver masked."""
    session, shop_id = call.session, call.shop_id
    order = await _order(call, given.order_id)
    lines = await store.lines(session, shop_id, [order.id])
    refunds = await store.refunds(session, shop_id, [order.id])
    titles = await store.product_titles(session, shop_id, lines)
    whom = receivers.unseal(call.runtime.cipher, shop_id, order.receiver_sealed).masked()
    item = _order_item(order, bought.bought(order, lines, titles)).model_dump()
    return OrderView(
        **item,
        status_raw=order.status_raw,
        total_fen=order.total_fen,
        due_fen=order.due_fen,
        postage_fen=order.postage_fen,
        refund_fen=order.refund_fen,
        receiver_name=whom.name,
        receiver_phone=whom.phone,
        receiver_address=whom.address,
        receiver_city=order.receiver_city,
        carrier=order.carrier,
        tracking_no=order.tracking_no,
        shipped_at=order.shipped_at,
        delivered_at=order.delivered_at,
        buyer_message=order.buyer_message,
        note=order.note,
        close_reason=order.close_reason,
        lines=[
            LineView(
                product_id=line.product_id,
                sku_id=line.sku_id,
                title=titles[line.order_id, line.position],
                attributes=line.attributes,
                quantity=line.quantity,
                price_fen=line.price_fen,
            )
            for line in lines
        ],
        refunds=[_refund_view(refund) for refund in refunds],
        timeline=_timeline(order, refunds),
    )


async def _order(call: Call, order_id: str) -> Order:
    order = await store.order(call.session, call.shop_id, order_id)
    if order is None:
        raise not_found(ORDER, order_id)
    return order


def _refund_view(refund: Refund) -> RefundView:
    return RefundView.model_validate(refund, from_attributes=True)


def _timeline(order: Order, refunds: Sequence[Refund]) -> list[Moment]:
    steps = [
        ("created", order.created_at),
        ("paid", order.paid_at),
        ("shipped", order.shipped_at),
        ("delivered", order.delivered_at),
        *(("refund", refund.created_at) for refund in refunds),
    ]
    moments = [Moment.model_validate({"at": at, "what": what}) for what, at in steps if at]
    return sorted(moments, key=lambda moment: moment.at)


@tool(
    "shop.reveal_receiver",
    purpose=Text("查看完整收货信息", "Show an order's receiver in full"),
    risk="read",
    roles=WORKERS,
    recorded=True,
)
async def reveal_receiver(call: Call, given: OrderInput) -> ReceiverView:
    """The receiver in the clear; who looked is recorded."""
    order = await _order(call, given.order_id)
    whom = receivers.unseal(call.runtime.cipher, call.shop_id, order.receiver_sealed)
    return ReceiverView(name=whom.name, phone=whom.phone, address=whom.address)


@tool("shop.list_buyers", purpose=Text("列出买家", "List buyers"), risk="read", roles=STAFF)
async def list_buyers(call: Call, given: PageInput) -> BuyerPage:
    """Buyers by nick, with what they have ordered and paid."""
    found = await store.buyers_page(
        call.session, call.shop_id, q=given.q, page=given.page, size=given.size
    )
    buyers = [row[0] for row in found.rows]
    spent = await store.spending(call.session, call.shop_id, [buyer.id for buyer in buyers])
    items = []
    for buyer in buyers:
        orders, paid, last = spent.get(buyer.id, (0, 0, None))
        items.append(
            BuyerItem(
                id=buyer.id, nick=buyer.nick, orders=orders, paid_fen=paid, last_order_at=last
            )
        )
    return BuyerPage(items=items, total=found.total, page=given.page, size=given.size)
