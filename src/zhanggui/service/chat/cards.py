"""Cards beside a reply: the goods and the order it speaks of, with what can be done about them.

They are made of the records a reply cites when it is shown, so a price on a card is the price of
that moment. An action says what the shopper could have written, and is answered as if they had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.money import format_yuan
from zhanggui.service.evidence import order_status
from zhanggui.shop import store as shop_store
from zhanggui.shop.models import Order, Product

MOST = 3
"""Cards of one message."""


class Action(BaseModel):
    """What can be done with a card: pressing it sends `says` as the shopper's message, or opens
    `url`, a page of the channel where the goods are sold."""

    label: str
    says: str | None = None
    url: str | None = None


class Card(BaseModel):
    """A product or an order. `picture` is the name of a picture of the shop."""

    kind: str
    id: str
    title: str
    picture: str | None = None
    price: str | None = None
    status: str | None = None
    lines: list[str] = []
    url: str | None = None
    actions: list[Action] = []


_UNPAID = [Action(label="取消订单", says="我要取消这个订单")]
_PAID = [
    Action(label="改地址", says="我要修改收货地址"),
    Action(label="催发货", says="什么时候发货"),
    Action(label="申请退款", says="我要申请退款"),
]
_SHIPPED = [
    Action(label="查物流", says="我的快递到哪了"),
    Action(label="申请退款", says="我要申请退款"),
]
_DONE = [
    Action(label="申请售后", says="我要申请售后"),
    Action(label="开发票", says="我要开发票"),
]
_ACTIONS = {
    "unpaid": _UNPAID,
    "paid": _PAID,
    "part_shipped": _SHIPPED,
    "shipped": _SHIPPED,
    "delivered": _DONE,
    "completed": _DONE,
}
_PRODUCT = [
    Action(label="有货吗", says="这个还有货吗"),
    Action(label="什么时候发货", says="这个拍下什么时候发货"),
]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the channel shows a product and an order: addresses with ``{id}``, if the shop said."""

    product: str | None = None
    order: str | None = None

    def of_product(self, product_id: str) -> str | None:
        """The page of a product."""
        return _filled(self.product, product_id)

    def of_order(self, order_id: str) -> str | None:
        """The page where an order is looked at and paid."""
        return _filled(self.order, order_id)


def _filled(address: str | None, record_id: str) -> str | None:
    return address.replace("{id}", quote(record_id, safe="")) if address else None


async def of(
    session: AsyncSession, shop_id: str, sources: Sequence[str], pages: Pages
) -> list[Card]:
    """The cards of a reply that cites these records, in the order it cites them."""
    cards: dict[tuple[str, str], Card] = {}
    for source in sources:
        kind, _, record_id = source.partition(":")
        card = await _card(session, shop_id, kind, record_id, pages)
        if card is not None:
            cards.setdefault((card.kind, card.id), card)
    return list(cards.values())[:MOST]


async def _card(
    session: AsyncSession, shop_id: str, kind: str, record_id: str, pages: Pages
) -> Card | None:
    if kind == "sku":
        sku = await shop_store.sku(session, shop_id, record_id)
        kind, record_id = "product", sku.product_id if sku is not None else ""
    if kind == "product":
        product = await shop_store.product(session, shop_id, record_id)
        return await _product(session, product, pages) if product is not None else None
    if kind == "order":
        order = await shop_store.order(session, shop_id, record_id)
        return await _order(session, order, pages) if order is not None else None
    return None


async def _product(session: AsyncSession, product: Product, pages: Pages) -> Card:
    skus = await shop_store.skus(session, product.shop_id, [product.id])
    prices = sorted({sku.price_fen for sku in skus if sku.price_fen is not None})
    if not prices and product.price_fen is not None:
        prices = [product.price_fen]
    return Card(
        kind="product",
        id=product.id,
        title=product.title,
        picture=product.pictures[0].rpartition("/")[2] if product.pictures else None,
        price="–".join(f"¥{format_yuan(fen)}" for fen in dict.fromkeys(prices[:1] + prices[-1:]))
        or None,
        url=pages.of_product(product.id),
        actions=_PRODUCT,
    )


async def _order(session: AsyncSession, order: Order, pages: Pages) -> Card:
    lines = await shop_store.lines(session, order.shop_id, [order.id])
    url = pages.of_order(order.id)
    pay = [Action(label="去付款", url=url)] if url and order.status == "unpaid" else []
    titles = [f"{line.title or ''} ×{line.quantity}" for line in lines if line.title]
    return Card(
        kind="order",
        id=order.id,
        title=f"订单 {order.id}",
        price=f"¥{format_yuan(order.paid_fen)}" if order.paid_fen else None,
        status=order_status(order),
        lines=titles[:MOST],
        url=url,
        actions=[*pay, *_ACTIONS.get(order.status, [])],
    )
