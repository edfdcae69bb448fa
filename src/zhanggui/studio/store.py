"""Every query of the studio but those of batches (`batches.batch_store`); each takes the shop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.db import hold
from zhanggui.base.events import EventRow
from zhanggui.base.listing import Query, Slice, any_holding, records_of, rows_of
from zhanggui.shop.models import Product, Sku
from zhanggui.shop.store import has_in_name
from zhanggui.studio.events import BaselineSaved
from zhanggui.studio.models import BasePicture, Brand, Cut, Publication, Work


async def pictures(
    session: AsyncSession, shop_id: str, product_ids: Iterable[str]
) -> list[BasePicture]:
    """The base pictures of some products, in order."""
    query = (
        select(BasePicture)
        .where(BasePicture.shop_id == shop_id, BasePicture.product_id.in_(list(product_ids)))
        .order_by(
            BasePicture.product_id,
            BasePicture.sku_id,
            BasePicture.position,
            BasePicture.name,
            BasePicture.id,
        )
    )
    return list(await session.scalars(query))


async def hold_pictures(session: AsyncSession, shop_id: str, product_id: str) -> None:
    """Have a product's base pictures to oneself until the transaction ends."""
    await hold(session, f"{shop_id}/studio/pictures/{product_id}")


async def all_pictures(session: AsyncSession, shop_id: str) -> list[BasePicture]:
    """Every base picture, by product."""
    query = select(BasePicture).where(BasePicture.shop_id == shop_id)
    return list(await session.scalars(query.order_by(BasePicture.product_id, BasePicture.id)))


async def picture(session: AsyncSession, shop_id: str, picture_id: str) -> BasePicture | None:
    """One base picture."""
    return await session.get(BasePicture, (shop_id, picture_id))


async def products(
    session: AsyncSession,
    shop_id: str,
    *,
    ids: Sequence[str] = (),
    q: str = "",
    category: str | None = None,
    has_pictures: bool | None = None,
    most: int | None = None,
) -> list[Product]:
    """Products by id: those named, else those that have `q` in title, id or merchant code, are of
    the category, and have base pictures or none; all where nothing is said, or the first `most`."""
    query = select(Product).where(Product.shop_id == shop_id).order_by(Product.id)
    if ids:
        query = query.where(Product.id.in_(ids))
    if q:
        query = query.where(has_in_name(q))
    if category is not None:
        query = query.where(Product.category == category)
    if has_pictures is not None:
        pictured = _with_pictures(shop_id)
        is_in = Product.id.in_(pictured) if has_pictures else Product.id.not_in(pictured)
        query = query.where(is_in)
    return list(await session.scalars(query.limit(most)))


def _with_pictures(shop_id: str) -> Select[Any]:
    return select(BasePicture.product_id).where(BasePicture.shop_id == shop_id)


async def pictured(
    session: AsyncSession, shop_id: str, *, q: str, only_without: bool, page: int, size: int
) -> Slice[Any]:
    """(Product, how many base pictures it has) by id."""
    counts = (
        select(BasePicture.product_id.label("product_id"), func.count().label("count"))
        .where(BasePicture.shop_id == shop_id)
        .group_by(BasePicture.product_id)
        .subquery()
    )
    query: Query = (
        select(Product, func.coalesce(counts.c.count, 0))
        .outerjoin(counts, counts.c.product_id == Product.id)
        .where(Product.shop_id == shop_id)
        .order_by(Product.id)
    )
    if q:
        query = query.where(has_in_name(q))
    if only_without:
        query = query.where(counts.c.count.is_(None))
    return await rows_of(session, query, page, size)


async def skus(session: AsyncSession, shop_id: str, ids: Iterable[str]) -> dict[str, Sku]:
    """SKUs by id."""
    query = select(Sku).where(Sku.shop_id == shop_id, Sku.id.in_(list(ids)))
    return {sku.id: sku for sku in await session.scalars(query)}


async def work(session: AsyncSession, shop_id: str, work_id: str) -> Work | None:
    """One work."""
    return await session.get(Work, (shop_id, work_id))


async def works(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> list[Work]:
    """Some works, in the order of `ids`; those that are not there are left out."""
    query = select(Work).where(Work.shop_id == shop_id, Work.id.in_(ids))
    found = {row.id: row for row in await session.scalars(query)}
    return [found[each] for each in dict.fromkeys(ids) if each in found]


def _of_slot(shop_id: str, product_id: str, sku_id: str | None, slot: str) -> list[Any]:
    sku = Work.sku_id.is_(None) if sku_id is None else Work.sku_id == sku_id
    return [Work.shop_id == shop_id, Work.product_id == product_id, sku, Work.slot == slot]


async def versions(
    session: AsyncSession, shop_id: str, product_id: str, sku_id: str | None, slot: str
) -> list[Work]:
    """Every version of a slot, the newest first."""
    query = (
        select(Work)
        .where(*_of_slot(shop_id, product_id, sku_id, slot))
        .order_by(Work.version.desc())
    )
    return list(await session.scalars(query))


async def make_current(session: AsyncSession, row: Work) -> None:
    """Make this version of its slot the current one."""
    await session.execute(
        update(Work)
        .where(*_of_slot(row.shop_id, row.product_id, row.sku_id, row.slot), Work.id != row.id)
        .values(is_current=False)
    )
    row.is_current = True


def wall(
    shop_id: str,
    *,
    product_id: str | None = None,
    kind: str | None = None,
    style: str | None = None,
    state: str | None = None,
    batch_id: str | None = None,
    is_published: bool | None = None,
    q: str = "",
    every_version: bool = False,
) -> Any:
    """(Work, product's title) by product and place in its manifest, the newest products first;
    current versions alone, and with a batch what that batch made."""
    query = (
        select(Work, Product.title)
        .outerjoin(Product, (Product.shop_id == Work.shop_id) & (Product.id == Work.product_id))
        .where(Work.shop_id == shop_id)
        .order_by(Work.made_at.desc(), Work.product_id, Work.number, Work.slot, Work.id)
    )
    if not every_version and batch_id is None:
        query = query.where(Work.is_current)
    for column, value in (
        (Work.product_id, product_id),
        (Work.kind, kind),
        (Work.style, style),
        (Work.state, state),
        (Work.batch_id, batch_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if is_published is not None:
        known = Work.published_at
        query = query.where(known.is_not(None) if is_published else known.is_(None))
    if q:
        query = query.where(any_holding(q, Product.title, Work.product_id))
    return query


async def styles_made(session: AsyncSession, shop_id: str) -> list[str]:
    """The styles of current works."""
    query = (
        select(Work.style)
        .where(Work.shop_id == shop_id, Work.is_current, Work.style.is_not(None))
        .distinct()
        .order_by(Work.style)
    )
    return [style for style in await session.scalars(query) if style]


async def cut(session: AsyncSession, shop_id: str, frame: str) -> Cut | None:
    """The mask of a frame."""
    return await session.get(Cut, (shop_id, frame))


async def cuts_of(session: AsyncSession, shop_id: str, frames: Iterable[str]) -> dict[str, Cut]:
    """The masks of some frames, by frame."""
    query = select(Cut).where(Cut.shop_id == shop_id, Cut.frame.in_(list(frames)))
    return {row.frame: row for row in await session.scalars(query)}


async def cuts(
    session: AsyncSession,
    shop_id: str,
    *,
    state: str | None,
    product_id: str | None,
    page: int,
    size: int,
) -> Slice[Any]:
    """(Cut, product's title), the least sure first."""
    query: Query = (
        select(Cut, Product.title)
        .outerjoin(Product, (Product.shop_id == Cut.shop_id) & (Product.id == Cut.product_id))
        .where(Cut.shop_id == shop_id)
        .order_by(Cut.confidence, Cut.seen_at, Cut.frame)
    )
    if state is not None:
        query = query.where(Cut.state == state)
    if product_id is not None:
        query = query.where(Cut.product_id == product_id)
    return await rows_of(session, query, page, size)


async def publication(
    session: AsyncSession, shop_id: str, publication_id: str
) -> Publication | None:
    """One publication."""
    return await session.get(Publication, (shop_id, publication_id))


async def publications(
    session: AsyncSession, shop_id: str, product_id: str | None, *, page: int, size: int
) -> Slice[Publication]:
    """Publications, the newest first."""
    query = (
        select(Publication)
        .where(Publication.shop_id == shop_id)
        .order_by(Publication.published_at.desc(), Publication.id.desc())
    )
    if product_id is not None:
        query = query.where(Publication.product_id == product_id)
    return await records_of(session, query, page, size)


async def published_urls(
    session: AsyncSession, shop_id: str, product_ids: Sequence[str]
) -> set[str]:
    """The addresses of pictures that the studio has put into products' listings."""
    query = select(Publication.pictures).where(
        Publication.shop_id == shop_id, Publication.product_id.in_(product_ids)
    )
    return {url for urls in await session.scalars(query) for url in urls}


async def brand(session: AsyncSession, shop_id: str) -> Brand | None:
    """The brand kit."""
    return await session.get(Brand, (shop_id,))


async def save_brand(session: AsyncSession, shop_id: str, kit: dict[str, Any], by: str) -> Brand:
    """Write the brand kit."""
    return await session.merge(Brand(shop_id=shop_id, kit=kit, saved_at=clock.now(), saved_by=by))


async def baseline(session: AsyncSession, shop_id: str) -> BaselineSaved | None:
    """What the shop last said a SKU costs by hand."""
    query = (
        select(EventRow.data)
        .where(EventRow.shop_id == shop_id, EventRow.type == BaselineSaved.type)
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    data = await session.scalar(query)
    return BaselineSaved.model_validate(data) if data else None


async def is_frame(session: AsyncSession, shop_id: str, sha256: str) -> bool:
    """Whether a file is a base picture, or was one that something was made from."""
    for condition in (
        (BasePicture.shop_id == shop_id, BasePicture.digest == sha256),
        (Cut.shop_id == shop_id, Cut.frame == sha256),
    ):
        if await session.scalar(select(exists().where(*condition))):
            return True
    return False


async def remove_picture(session: AsyncSession, row: BasePicture) -> None:
    """Forget a base picture."""
    await session.execute(
        delete(BasePicture).where(BasePicture.shop_id == row.shop_id, BasePicture.id == row.id)
    )


async def goods_by_code(session: AsyncSession, shop_id: str) -> dict[str, tuple[str, str | None]]:
    """Product and SKU by every id and merchant code there is; a product's go before its SKUs'."""
    skus = select(Sku.id, Sku.outer_id, Sku.product_id).where(Sku.shop_id == shop_id)
    products = select(Product.id, Product.outer_id).where(Product.shop_id == shop_id)
    found: dict[str, tuple[str, str | None]] = {}
    for sku_id, outer_id, product_id in await session.execute(skus):
        found.update({code: (product_id, sku_id) for code in (outer_id, sku_id) if code})
    for product_id, outer_id in await session.execute(products):
        found.update({code: (product_id, None) for code in (outer_id, product_id) if code})
    return found
