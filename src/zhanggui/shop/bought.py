"""What was bought by an order: by its own words, else by its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.shop import store
from zhanggui.shop.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Bought:
    """The titles of the goods, as one text, and how many pieces, where that is known."""

    title: str
    quantity: int | None


async def by_order(
    session: AsyncSession, shop_id: str, orders: Sequence[Order]
) -> dict[str, Bought]:
    """What each of some orders bought, by the order's id."""
    lines = await store.lines(session, shop_id, [order.id for order in orders])
    titles = await store.product_titles(session, shop_id, lines)
    of_order: dict[str, list[OrderLine]] = {}
    for line in lines:
        of_order.setdefault(line.order_id, []).append(line)
    return {order.id: bought(order, of_order.get(order.id, []), titles) for order in orders}


def bought(
    order: Order, lines: Sequence[OrderLine], titles: Mapping[tuple[str, int], str]
) -> Bought:
    """What an order with these lines bought; `titles` are those of `store.product_titles`."""
    named = order.titles or [titles[line.order_id, line.position] for line in lines]
    quantity = order.quantity
    if quantity is None and lines:
        quantity = sum(line.quantity for line in lines)
    return Bought("；".join(named), quantity)
