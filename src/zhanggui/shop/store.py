"""Every query of the shop; each takes the shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.likedays import Window, number_in
from zhanggui.base.listing import Query, Slice, any_holding, rows_of
from zhanggui.base.masking import is_masked
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.importing.models import ImportFileRow, ImportProblemRow, ImportRow
from zhanggui.shop.models import (
    Buyer,
    Coupon,
    Order,
    OrderLine,
    Product,
    Refund,
    Shop,
    Sku,
)


async def batches(
    session: AsyncSession, query: Query, size: int = 1_000
) -> AsyncIterator[list[Any]]:
    """The rows of a query, `size` at a time; never all of them are in memory."""
    result = await session.stream(query.execution_options(yield_per=size))
    async for part in result.partitions(size):
        yield list(part)


async def shop(session: AsyncSession, shop_id: str) -> Shop | None:
    """The shop itself."""
    return await session.get(Shop, (shop_id,))


async def shops(db: Database) -> list[Shop]:
    """Every shop of the house."""
    async with db.reading(EVERY_SHOP) as session:
        return list(await session.scalars(select(Shop).order_by(Shop.created_at, Shop.shop_id)))


async def products_page(
    session: AsyncSession, shop_id: str, *, q: str, page: int, size: int
) -> Slice[Any]:
    """(Product, SKU count, lowest price, highest price, stock) by title or id."""
    sku = (
        select(
            Sku.product_id.label("product_id"),
            func.count().label("skus"),
            func.min(Sku.price_fen).label("low"),
            func.max(Sku.price_fen).label("high"),
            func.sum(Sku.stock).label("stock"),
        )
        .where(Sku.shop_id == shop_id)
        .group_by(Sku.product_id)
        .subquery()
    )
    query = (
        select(Product, sku.c.skus, sku.c.low, sku.c.high, sku.c.stock)
        .outerjoin(sku, sku.c.product_id == Product.id)
        .where(Product.shop_id == shop_id)
        .order_by(Product.id)
    )
    return await rows_of(session, _of_products(query, q), page, size)


def has_in_name(q: str) -> ColumnElement[bool]:
    """Whether a product has `q` in its title, id or merchant code."""
    return any_holding(q, Product.title, Product.id, Product.outer_id)


def _of_products(query: Query, q: str) -> Query:
    return query.where(has_in_name(q)) if q else query


def stock_query(shop_id: str, *, q: str) -> Query:
    """(Product, Sku or None) of the products found by title or id, by product and SKU."""
    query = (
        select(Product, Sku)
        .outerjoin(Sku, and_(Sku.shop_id == Product.shop_id, Sku.product_id == Product.id))
        .where(Product.shop_id == shop_id)
        .order_by(Product.id, Sku.id)
    )
    return _of_products(query, q)


def pictures_query(shop_id: str) -> Query:
    """(id, pictures) of every product, by id."""
    return (
        select(Product.id, Product.pictures).where(Product.shop_id == shop_id).order_by(Product.id)
    )


async def all_products(session: AsyncSession, shop_id: str) -> list[Product]:
    """Every product, by id."""
    query = select(Product).where(Product.shop_id == shop_id).order_by(Product.id)
    return list(await session.scalars(query))


async def product(session: AsyncSession, shop_id: str, product_id: str) -> Product | None:
    """One product."""
    return await session.get(Product, (shop_id, product_id))


async def sku(session: AsyncSession, shop_id: str, sku_id: str) -> Sku | None:
    """One SKU."""
    return await session.get(Sku, (shop_id, sku_id))


async def skus(
    session: AsyncSession, shop_id: str, product_ids: Iterable[str] | None = None
) -> list[Sku]:
    """SKUs of some products (None: of all), by product and id."""
    query = select(Sku).where(Sku.shop_id == shop_id).order_by(Sku.product_id, Sku.id)
    if product_ids is not None:
        query = query.where(Sku.product_id.in_(list(product_ids)))
    return list(await session.scalars(query))


def orders_query(
    shop_id: str,
    *,
    q: str = "",
    status: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    phone_index: bytes | None = None,
) -> Query:
    """(Order,) newest first; `q` is found in order numbers, nicks and tracking numbers."""
    query = (
        select(Order)
        .where(Order.shop_id == shop_id)
        .order_by(Order.created_at.desc().nulls_last(), Order.id.desc())
    )
    if q:
        found = any_holding(q, Order.id, Order.buyer_nick, Order.tracking_no)
        if phone_index is not None:
            found = or_(found, Order.phone_index == phone_index)
        query = query.where(found)
    if status:
        query = query.where(Order.status == status)
    if since is not None:
        query = query.where(Order.created_at >= since)
    if until is not None:
        query = query.where(Order.created_at < until)
    return query


async def orders_page(
    session: AsyncSession, shop_id: str, *, page: int = 1, size: int = 50, **which: Any
) -> Slice[Any]:
    """(Order,) of a page of :func:`orders_query`, which takes `which`."""
    return await rows_of(session, orders_query(shop_id, **which), page, size)


async def order(session: AsyncSession, shop_id: str, order_id: str) -> Order | None:
    """One order."""
    return await session.get(Order, (shop_id, order_id))


async def orders_of_buyer(
    session: AsyncSession, shop_id: str, nick: str, limit: int = 50
) -> list[Order]:
    """The newest orders of a buyer's nick; none for a masked one, which may be anybody's."""
    if is_masked(nick):
        return []
    query = (
        select(Order)
        .where(Order.shop_id == shop_id, Order.buyer_id == buyer_id(shop_id, nick))
        .order_by(Order.created_at.desc().nulls_last(), Order.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def lines(session: AsyncSession, shop_id: str, order_ids: Sequence[str]) -> list[OrderLine]:
    """The lines of some orders, in order."""
    query = (
        select(OrderLine)
        .where(OrderLine.shop_id == shop_id, OrderLine.order_id.in_(list(order_ids)))
        .order_by(OrderLine.order_id, OrderLine.position)
    )
    return list(await session.scalars(query))


async def product_titles(
    session: AsyncSession, shop_id: str, lines: Sequence[OrderLine]
) -> dict[tuple[str, int], str]:
    """What each line is called, by order and position: by itself, else by its product, whose SKU
    alone it may name."""
    sku_ids = {line.sku_id for line in lines if line.sku_id and not line.title}
    query = select(Sku.id, Sku.product_id).where(Sku.shop_id == shop_id, Sku.id.in_(sku_ids))
    of_sku = {row.id: row.product_id for row in await session.execute(query)}
    product_of = {
        (line.order_id, line.position): line.product_id or of_sku.get(line.sku_id or "")
        for line in lines
    }
    named = select(Product.id, Product.title).where(
        Product.shop_id == shop_id, Product.id.in_({p for p in product_of.values() if p})
    )
    titles = {row.id: row.title for row in await session.execute(named)}
    return {
        (line.order_id, line.position): line.title
        or titles.get(product_of[line.order_id, line.position] or "")
        or line.sku_id
        or line.product_id
        or ""
        for line in lines
    }


async def refunds(session: AsyncSession, shop_id: str, order_ids: Sequence[str]) -> list[Refund]:
    """The after-sales cases of some orders, oldest first."""
    query = (
        select(Refund)
        .where(Refund.shop_id == shop_id, Refund.order_id.in_(list(order_ids)))
        .order_by(Refund.created_at, Refund.id)
    )
    return list(await session.scalars(query))


def refunds_query(
    shop_id: str, *, q: str = "", status: str | None = None, kind: str | None = None
) -> Query:
    """(Refund, its Order or None) newest first; `q` is found in case, order and tracking numbers,
    nicks and reasons."""
    query = (
        select(Refund, Order)
        .outerjoin(Order, and_(Order.shop_id == Refund.shop_id, Order.id == Refund.order_id))
        .where(Refund.shop_id == shop_id)
        .order_by(Refund.created_at.desc().nulls_last(), Refund.id.desc())
    )
    if q:
        columns = (Refund.id, Refund.order_id, Refund.tracking_no, Refund.reason, Order.buyer_nick)
        query = query.where(any_holding(q, *columns))
    if status:
        query = query.where(Refund.status == status)
    if kind:
        query = query.where(Refund.kind == kind)
    return query


async def refunds_page(
    session: AsyncSession, shop_id: str, *, page: int, size: int, **which: Any
) -> Slice[Any]:
    """(Refund, its Order or None) of a page of :func:`refunds_query`, which takes `which`."""
    return await rows_of(session, refunds_query(shop_id, **which), page, size)


async def refund_count(session: AsyncSession, shop_id: str) -> int:
    """How many after-sales cases there are."""
    query = select(func.count()).select_from(Refund).where(Refund.shop_id == shop_id)
    return int(await session.scalar(query) or 0)


async def coupons(session: AsyncSession, shop_id: str) -> list[Coupon]:
    """Every coupon and promotion, by id."""
    query = select(Coupon).where(Coupon.shop_id == shop_id).order_by(Coupon.id)
    return list(await session.scalars(query))


def coupons_query(shop_id: str, *, at: datetime, q: str = "", state: str | None = None) -> Query:
    """(Coupon,) those that end last first; `state` is how they stand at the moment `at`: coming,
    running or over. One without days is running."""
    query = (
        select(Coupon)
        .where(Coupon.shop_id == shop_id)
        .order_by(Coupon.ends_at.desc().nulls_first(), Coupon.id)
    )
    if q:
        query = query.where(any_holding(q, Coupon.id, Coupon.name, Coupon.rule, Coupon.scope))
    if state == "coming":
        query = query.where(Coupon.starts_at > at)
    elif state == "over":
        query = query.where(Coupon.ends_at < at)
    elif state == "running":
        begun = or_(Coupon.starts_at.is_(None), Coupon.starts_at <= at)
        query = query.where(begun, or_(Coupon.ends_at.is_(None), Coupon.ends_at >= at))
    return query


async def coupons_page(
    session: AsyncSession, shop_id: str, *, page: int, size: int, **which: Any
) -> Slice[Any]:
    """(Coupon,) of a page of :func:`coupons_query`, which takes `which`."""
    return await rows_of(session, coupons_query(shop_id, **which), page, size)


def buyers_query(shop_id: str, *, q: str) -> Query:
    """(Buyer,) by nick."""
    query = select(Buyer).where(Buyer.shop_id == shop_id).order_by(Buyer.nick, Buyer.id)
    if q:
        query = query.where(any_holding(q, Buyer.nick))
    return query


async def buyers_page(
    session: AsyncSession, shop_id: str, *, q: str, page: int, size: int
) -> Slice[Any]:
    """(Buyer,) of a page, by nick."""
    return await rows_of(session, buyers_query(shop_id, q=q), page, size)


async def spending(
    session: AsyncSession, shop_id: str, buyer_ids: Sequence[str]
) -> dict[str, tuple[int, int, datetime | None]]:
    """Orders, fen paid and the last order's time of each buyer."""
    query = (
        select(
            Order.buyer_id,
            func.count(),
            func.coalesce(func.sum(Order.paid_fen), 0),
            func.max(Order.created_at),
        )
        .where(Order.shop_id == shop_id, Order.buyer_id.in_(list(buyer_ids)))
        .group_by(Order.buyer_id)
    )
    rows = (await session.execute(query)).all()
    return {str(row[0]): (row[1], int(row[2] or 0), row[3]) for row in rows}


async def order_span(
    session: AsyncSession, shop_id: str
) -> tuple[datetime | None, datetime | None]:
    """When the first and the last order were made."""
    query = select(func.min(Order.created_at), func.max(Order.created_at)).where(
        Order.shop_id == shop_id
    )
    first, last = (await session.execute(query)).one()
    return first, last


async def order_times(
    session: AsyncSession, shop_id: str, since: datetime
) -> list[tuple[datetime, int]]:
    """When each order since then was made and what was paid for it."""
    query = select(Order.created_at, func.coalesce(Order.paid_fen, 0)).where(
        Order.shop_id == shop_id, Order.created_at >= since
    )
    return [(row[0], int(row[1])) for row in (await session.execute(query)).all() if row[0]]


async def last_export(session: AsyncSession, shop_id: str) -> datetime | None:
    """When the newest file with orders was made."""
    query = select(func.max(Order.exported_at)).where(Order.shop_id == shop_id)
    return await session.scalar(query)


async def orders_in(
    session: AsyncSession, shop_id: str, days: Sequence[Window]
) -> dict[int, tuple[int, int]]:
    """How many orders were made in each of some days, and the fen paid for them, by the day's
    place."""
    place = number_in(Order.created_at, days).label("place")
    query = (
        select(place, func.count(), func.coalesce(func.sum(Order.paid_fen), 0))
        .where(Order.shop_id == shop_id, Order.created_at >= days[0].start, place.is_not(None))
        .group_by(place)
    )
    return {row[0]: (row[1], int(row[2])) for row in (await session.execute(query)).all()}


async def imports(session: AsyncSession, shop_id: str, limit: int = 50) -> list[ImportRow]:
    """The newest imports first."""
    query = (
        select(ImportRow)
        .where(ImportRow.shop_id == shop_id)
        .order_by(ImportRow.created_at.desc(), ImportRow.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def has_imported(session: AsyncSession, shop_id: str) -> bool:
    """Whether an import has ended with rows that it took, and was not taken back."""
    taken = exists().where(
        ImportRow.shop_id == shop_id,
        ImportRow.state == "done",
        ImportFileRow.shop_id == shop_id,
        ImportFileRow.import_id == ImportRow.id,
        ImportFileRow.accepted > 0,
    )
    return bool(await session.scalar(select(taken)))


async def import_problems(
    session: AsyncSession, shop_id: str, import_id: str, *, limit: int | None = None
) -> list[ImportProblemRow]:
    """The kept problems of an import: of each file its first `limit`, or all."""
    query = (
        select(ImportProblemRow)
        .where(ImportProblemRow.shop_id == shop_id, ImportProblemRow.import_id == import_id)
        .order_by(ImportProblemRow.number, ImportProblemRow.position)
    )
    if limit is not None:
        query = query.where(ImportProblemRow.position < limit)
    return list(await session.scalars(query))
