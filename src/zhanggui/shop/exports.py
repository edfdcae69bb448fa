"""The shop's tables and pictures to take away; nicks and receivers come masked."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.base import clock, exports
from zhanggui.base.enclosing import Enclosed, Files
from zhanggui.base.exports import Export
from zhanggui.base.masking import mask_name, scrub
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.shop import bought, pictures, receivers, store
from zhanggui.shop.bought import Bought
from zhanggui.shop.coupon_tools import CouponsInput, state_of
from zhanggui.shop.models import Order, Product, Refund, Sku
from zhanggui.shop.names import (
    COUPON_STATES,
    ORDER_STATUSES,
    REFUND_KINDS,
    REFUND_STATUSES,
    name_of,
)
from zhanggui.shop.refund_tools import RefundsInput
from zhanggui.shop.tools import OrdersInput
from zhanggui.shop.views import PageInput


async def goods(call: Call, given: PageInput) -> AsyncIterator[list[Row]]:
    """A row for each SKU; a product without any has one of its own."""
    query = store.stock_query(call.shop_id, q=given.q)
    async for batch in store.batches(call.session, query):
        yield [_of_goods(product, sku) for product, sku in batch]


def _of_goods(product: Product, sku: Sku | None) -> Row:
    said = (product.id, product.title, product.category, product.brand, product.status)
    if sku is None:
        return (*said, None, None, product.outer_id, product.price_fen, product.stock)
    attributes = "；".join(f"{name}：{value}" for name, value in sku.attributes.items())
    name = attributes or sku.title or ""
    return (*said, sku.id, name, sku.outer_id or product.outer_id, sku.price_fen, sku.stock)


async def orders(call: Call, given: OrdersInput) -> AsyncIterator[list[Row]]:
    """A row for each order, newest first."""
    query = store.orders_query(
        call.shop_id,
        q=given.q,
        status=given.status,
        since=given.since,
        until=given.until,
        phone_index=receivers.phone_index(call.runtime.cipher, call.shop_id, given.q),
    )
    async for batch in store.batches(call.session, query):
        found = [row[0] for row in batch]
        what = await bought.by_order(call.session, call.shop_id, found)
        yield [_of_order(call, order, what[order.id]) for order in found]


def _of_order(call: Call, order: Order, what: Bought) -> Row:
    whom = receivers.unseal(call.runtime.cipher, call.shop_id, order.receiver_sealed).masked()
    return (
        order.id,
        name_of(ORDER_STATUSES, order.status),
        _masked(order.buyer_nick),
        what.title,
        what.quantity,
        order.total_fen,
        order.postage_fen,
        order.paid_fen,
        order.refund_fen,
        order.created_at,
        order.paid_at,
        order.shipped_at,
        order.delivered_at,
        order.carrier,
        order.tracking_no,
        whom.name,
        whom.phone,
        whom.address,
    )


async def buyers(call: Call, given: PageInput) -> AsyncIterator[list[Row]]:
    """A row for each buyer."""
    async for batch in store.batches(call.session, store.buyers_query(call.shop_id, q=given.q)):
        found = [row[0] for row in batch]
        spent = await store.spending(call.session, call.shop_id, [each.id for each in found])
        yield [(_masked(each.nick), *spent.get(each.id, (0, 0, None))) for each in found]


async def refunds(call: Call, given: RefundsInput) -> AsyncIterator[list[Row]]:
    """A row for each after-sales case, newest first."""
    query = store.refunds_query(call.shop_id, q=given.q, status=given.status, kind=given.kind)
    async for batch in store.batches(call.session, query):
        found = [order for _, order in batch if order is not None]
        what = await bought.by_order(call.session, call.shop_id, found)
        yield [_of_refund(refund, order, what.get(refund.order_id)) for refund, order in batch]


def _of_refund(refund: Refund, order: Order | None, what: Bought | None) -> Row:
    return (
        refund.id,
        refund.order_id,
        name_of(REFUND_KINDS, refund.kind),
        name_of(REFUND_STATUSES, refund.status),
        _masked(order.buyer_nick) if order else None,
        what.title if what else None,
        refund.amount_fen,
        scrub(refund.reason) if refund.reason else None,
        refund.tracking_no,
        refund.created_at,
        refund.updated_at,
    )


async def coupons(call: Call, given: CouponsInput) -> AsyncIterator[list[Row]]:
    """A row for each coupon, those that end last first."""
    now = clock.now()
    query = store.coupons_query(call.shop_id, at=now, q=given.q, state=given.state)
    async for batch in store.batches(call.session, query):
        yield [
            (
                coupon.id,
                coupon.name,
                name_of(COUPON_STATES, state_of(coupon, now)),
                coupon.rule,
                coupon.threshold_fen,
                coupon.discount_fen,
                coupon.starts_at,
                coupon.ends_at,
                coupon.scope,
            )
            for (coupon,) in batch
        ]


async def goods_pictures(call: Call) -> AsyncIterator[list[Enclosed]]:
    """The goods' pictures that are kept here; those that a file only points to are elsewhere."""
    blobs, shop_id = call.runtime.blobs, call.shop_id
    async for batch in store.batches(call.session, store.pictures_query(shop_id)):
        yield [
            Enclosed(
                pictures.key_of(blobs, shop_id, name),
                f"{product_id}-{number}.{name.rpartition('.')[2]}",
                f"product:{product_id}",
            )
            for product_id, urls in batch
            for number, url in enumerate(urls, 1)
            if (name := pictures.name_in(url, shop_id)) is not None
        ]


def _masked(nick: str | None) -> str | None:
    return mask_name(nick) if nick else None


_ORDER_NO = Column(Text("订单编号", "Order"))
_BUYER = Column(Text("买家（已遮挡）", "Buyer (masked)"))
_GOODS = Column(Text("商品", "Goods"))
_TRACKING = Column(Text("运单号", "Tracking no."))
_STATUS = Column(Text("状态", "Status"))

exports.register(
    Export(
        "goods",
        Text("商品", "Goods"),
        "shop.list_products",
        (
            Column(Text("商品编号", "Product id")),
            Column(Text("标题", "Title")),
            Column(Text("类目", "Category")),
            Column(Text("品牌", "Brand")),
            _STATUS,
            Column(Text("SKU 编号", "SKU id")),
            Column(Text("规格", "SKU")),
            Column(Text("商家编码", "Seller code")),
            Column(Text("价格（元）", "Price (CNY)"), "money"),
            Column(Text("库存", "Stock"), "count"),
        ),
        goods,
    )
)
exports.register(
    Export(
        "orders",
        Text("订单", "Orders"),
        "shop.list_orders",
        (
            _ORDER_NO,
            _STATUS,
            _BUYER,
            _GOODS,
            Column(Text("件数", "Pieces"), "count"),
            Column(Text("总金额（元）", "Total (CNY)"), "money"),
            Column(Text("邮费（元）", "Postage (CNY)"), "money"),
            Column(Text("实付（元）", "Paid (CNY)"), "money"),
            Column(Text("退款（元）", "Refunded (CNY)"), "money"),
            Column(Text("下单时间", "Ordered"), "time"),
            Column(Text("付款时间", "Paid at"), "time"),
            Column(Text("发货时间", "Shipped at"), "time"),
            Column(Text("签收时间", "Delivered at"), "time"),
            Column(Text("快递", "Courier")),
            _TRACKING,
            Column(Text("收货人（已遮挡）", "Receiver (masked)")),
            Column(Text("电话（已遮挡）", "Phone (masked)")),
            Column(Text("地址（已遮挡）", "Address (masked)")),
        ),
        orders,
        is_personal=True,
    )
)
exports.register(
    Export(
        "buyers",
        Text("买家", "Buyers"),
        "shop.list_buyers",
        (
            _BUYER,
            Column(Text("订单数", "Orders"), "count"),
            Column(Text("实付（元）", "Paid (CNY)"), "money"),
            Column(Text("最近下单", "Last order"), "time"),
        ),
        buyers,
        is_personal=True,
    )
)
exports.register(
    Export(
        "refunds",
        Text("售后", "After-sales"),
        "shop.list_refunds",
        (
            Column(Text("售后编号", "Case")),
            _ORDER_NO,
            Column(Text("类型", "Kind")),
            _STATUS,
            _BUYER,
            _GOODS,
            Column(Text("金额（元）", "Amount (CNY)"), "money"),
            Column(Text("原因", "Reason")),
            Column(Text("退货运单号", "Return tracking no.")),
            Column(Text("申请时间", "Opened"), "time"),
            Column(Text("更新时间", "Changed"), "time"),
        ),
        refunds,
        is_personal=True,
    )
)
exports.register(
    Export(
        "coupons",
        Text("优惠券", "Coupons"),
        "shop.list_coupons",
        (
            Column(Text("编号", "Id")),
            Column(Text("名称", "Name")),
            _STATUS,
            Column(Text("规则", "Rule")),
            Column(Text("门槛（元）", "Threshold (CNY)"), "money"),
            Column(Text("优惠（元）", "Discount (CNY)"), "money"),
            Column(Text("开始", "Begins"), "time"),
            Column(Text("结束", "Ends"), "time"),
            Column(Text("适用范围", "Scope")),
        ),
        coupons,
    )
)
exports.register_files(Files("pictures", "shop.list_products", goods_pictures))
