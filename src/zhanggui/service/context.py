"""What is known when a shopper writes: who they are, what they have open, what is theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.masking import is_masked
from zhanggui.knowledge import Candidate
from zhanggui.shop import store
from zhanggui.shop.models import Buyer, Coupon, Order, OrderLine, Product, Refund, Sku

_ORDER_NO = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,4}\d{8,}|\d{12,})(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation."""

    role: Literal["shopper", "shop"]
    text: str


@dataclass(slots=True)
class Asked:
    """A shopper's message and what the channel knows: the signed-in buyer's nick, the order and
    the product they have open. `turns` are the earlier messages, oldest first."""

    text: str
    buyer: str | None = None
    order_id: str | None = None
    product_id: str | None = None
    turns: Sequence[Turn] = ()


@dataclass(slots=True)
class Context:
    """The shop's records that bear on the message; nothing of another buyer is ever in it.

    `foreign` says that the message, or the channel, points at another buyer's records. `orders`
    are the buyer's, newest first, and `order` the open one; `refunds` are of those orders.
    `products` are the open one, those of the orders and those found by words, by id.
    """

    now: datetime
    foreign: bool = False
    order: Order | None = None
    orders: list[Order] = field(default_factory=list)
    lines: dict[str, list[OrderLine]] = field(default_factory=dict)
    refunds: list[Refund] = field(default_factory=list)
    product: Product | None = None
    products: dict[str, Product] = field(default_factory=dict)
    skus: dict[str, list[Sku]] = field(default_factory=dict)
    coupons: list[Coupon] = field(default_factory=list)

    def products_of(self, order_id: str) -> list[Product]:
        """The products of an order's lines."""
        ids = dict.fromkeys(self.product_of(line) for line in self.lines.get(order_id, ()))
        return [self.products[each] for each in ids if each in self.products]

    def product_of(self, line: OrderLine) -> str | None:
        """The product of a line, which may name its SKU alone."""
        if line.product_id:
            return line.product_id
        for product_id, skus in self.skus.items():
            if any(sku.id == line.sku_id for sku in skus):
                return product_id
        return None


async def load(
    session: AsyncSession, shop_id: str, asked: Asked, goods: Sequence[Candidate]
) -> Context:
    """Gather the context of a message; `goods` are the products that were found for it."""
    context = Context(clock.now(), coupons=await store.coupons(session, shop_id))
    if asked.buyer is not None and not is_masked(asked.buyer):
        context.orders = await store.orders_of_buyer(session, shop_id, asked.buyer)
    opened = [asked.order_id] if asked.order_id else _ORDER_NO.findall(asked.text)
    for order_id in opened:
        order = await store.order(session, shop_id, order_id)
        if order is None:
            continue
        if _may_see(asked, order):
            context.order = order
        else:
            context.foreign = True
    if context.order is not None and all(o.id != context.order.id for o in context.orders):
        context.orders.insert(0, context.order)
    ids = [order.id for order in context.orders]
    if ids:
        for line in await store.lines(session, shop_id, ids):
            context.lines.setdefault(line.order_id, []).append(line)
        context.refunds = await store.refunds(session, shop_id, ids)
    if not context.foreign:
        context.foreign = await _names_another(session, shop_id, asked)
    await _load_goods(session, shop_id, asked, goods, context)
    return context


def _may_see(asked: Asked, order: Order) -> bool:
    """Whether the order is the asker's. A channel that names the open order but no buyer vouches
    for it; a number typed by nobody in particular proves nothing, and neither does a masked
    nick."""
    if asked.buyer is None:
        return asked.order_id == order.id
    return order.buyer_nick == asked.buyer and not is_masked(asked.buyer)


_ABOUT_ORDERS = re.compile(r"买了|订单|单子|到哪|地址|电话|手机|收货|物流|快递|包裹|付了")


async def _names_another(session: AsyncSession, shop_id: str, asked: Asked) -> bool:
    """Whether the message asks for the orders of a buyer it names who is not the asker."""
    text = asked.text
    if not _ABOUT_ORDERS.search(text):
        return False
    parts = {
        text[start : start + length]
        for length in range(3, 21)
        for start in range(min(len(text), 200) - length + 1)
    }
    query = select(Buyer.nick).where(Buyer.shop_id == shop_id, Buyer.nick.in_(parts))
    return any(nick != asked.buyer for nick in await session.scalars(query))


async def _load_goods(
    session: AsyncSession,
    shop_id: str,
    asked: Asked,
    goods: Sequence[Candidate],
    context: Context,
) -> None:
    wanted = [asked.product_id] if asked.product_id else []
    wanted += [each.entry.id.removeprefix("product:") for each in goods]
    lines = [line for lines in context.lines.values() for line in lines]
    wanted += [line.product_id for line in lines if line.product_id]
    sku_ids = [line.sku_id for line in lines if line.sku_id and not line.product_id]
    if sku_ids:
        query = select(Sku.product_id).where(Sku.shop_id == shop_id, Sku.id.in_(sku_ids))
        wanted += list(await session.scalars(query))
    ids = list(dict.fromkeys(wanted))
    query_products = select(Product).where(Product.shop_id == shop_id, Product.id.in_(ids))
    context.products = {each.id: each for each in await session.scalars(query_products)}
    for sku in await store.skus(session, shop_id, ids):
        context.skus.setdefault(sku.product_id, []).append(sku)
    context.product = context.products.get(asked.product_id or "")
