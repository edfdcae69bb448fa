"""One question to all of the shop's records: goods, orders and buyers by name or number."""

from __future__ import annotations

from pydantic import BaseModel, Field

from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.shop import bought, receivers, store
from zhanggui.shop.views import OrderStatusName


class SearchInput(Input):
    """What to find, and how many of each kind at most."""

    q: str = Field(min_length=1, max_length=200)
    limit: int = Field(5, ge=1, le=20)


class ProductHit(BaseModel):
    """A product that was found."""

    id: str
    title: str


class OrderHit(BaseModel):
    """An order that was found."""

    id: str
    status: OrderStatusName
    title: str
    buyer: str | None


class BuyerHit(BaseModel):
    """A buyer who was found."""

    id: str
    nick: str


class ShopHits(Output):
    """What was found of each kind."""

    products: list[ProductHit]
    orders: list[OrderHit]
    buyers: list[BuyerHit]


@tool(
    "shop.search",
    purpose=Text("搜索商品、订单和买家", "Search goods, orders and buyers"),
    risk="read",
    roles=STAFF,
)
async def search(call: Call, given: SearchInput) -> ShopHits:
    """Goods by title or id, orders by number, nick or tracking number, buyers by nick. A whole
    phone number finds its orders for those who may see receivers."""
    session, shop_id, one = call.session, call.shop_id, {"page": 1, "size": given.limit}
    phone = None
    if call.principal.role in WORKERS:
        phone = receivers.phone_index(call.runtime.cipher, shop_id, given.q)
    products = await store.products_page(session, shop_id, q=given.q, **one)
    buyers = await store.buyers_page(session, shop_id, q=given.q, **one)
    found = await store.orders_page(session, shop_id, q=given.q, phone_index=phone, **one)
    orders = [row[0] for row in found.rows]
    goods = await bought.by_order(session, shop_id, orders)
    return ShopHits(
        products=[ProductHit(id=row[0].id, title=row[0].title) for row in products.rows],
        orders=[
            OrderHit(
                id=order.id,
                status=order.status,
                title=goods[order.id].title,
                buyer=order.buyer_nick,
            )
            for order in orders
        ],
        buyers=[BuyerHit(id=buyer.id, nick=buyer.nick) for (buyer,) in buyers.rows],
    )
