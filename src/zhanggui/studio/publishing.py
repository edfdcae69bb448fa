"""Approved works as a product's listing pictures, and the former ones brought back.

A published picture is a copy among the shop's pictures: the listing keeps it whatever becomes of
the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.words import Text
from zhanggui.shop import pictures as listing
from zhanggui.shop import store as shop_store
from zhanggui.shop.models import Product
from zhanggui.studio import keeping, store
from zhanggui.studio.events import WorksPublished, WorksUnpublished
from zhanggui.studio.models import Publication, Work

PRODUCT = Text("商品", "product")
PUBLICATION = Text("发布", "publication")
MOST = 15
ORDER: Final = ("scene", "poster", "grid", "white")
"""Kinds in the order in which they stand in a listing, where nobody says otherwise."""
_USUAL: Final = 9
"""Pictures of a listing where nobody says which: five of the gallery and more for the rest."""
_NOT_APPROVED = Text("还没有通过的素材不能发布：{name}", "a work that is not approved: {name}")
_APPROVE = Text("先在素材墙上通过它。", "Approve it on the wall first.")
_NO_PICTURE = Text("只有图片可以作为主图：{name}", "only pictures go into a listing: {name}")
_CHOOSE_PICTURES = Text("请选择场景图、海报等图片。", "Choose scenes, posters and the like.")
_NOTHING = Text("没有通过的图片可以发布", "no picture is approved to be published")


async def chosen(
    session: AsyncSession, shop_id: str, product_id: str, ids: Sequence[str]
) -> list[Work]:
    """The works in the order in which they are to stand: those named, else the approved pictures of
    the product. Raises Invalid for what cannot be published, NotFound for what is not there."""
    if not ids:
        query = store.wall(shop_id, product_id=product_id, state="approved")
        rows = [row for row, _ in await session.execute(query)]
        rows = [row for row in rows if row.kind in ORDER and _is_picture(row)]
        rows.sort(key=lambda row: (ORDER.index(row.kind), row.number, row.slot))
        if not rows:
            raise Invalid(_NOTHING, hint=_APPROVE, where=product_id)
        return rows[:_USUAL]
    rows = await store.works(session, shop_id, ids)
    missing = set(ids) - {row.id for row in rows if row.product_id == product_id}
    if missing:
        raise not_found(Text("素材", "work"), min(missing))
    for row in rows:
        if row.state != "approved":
            raise Invalid(_NOT_APPROVED.format(name=row.slot), hint=_APPROVE, where=row.id)
        if not _is_picture(row):
            raise Invalid(_NO_PICTURE.format(name=row.slot), hint=_CHOOSE_PICTURES, where=row.id)
    return rows


def _is_picture(row: Work) -> bool:
    return listing.media_type(row.path) is not None


async def copied(blobs: Blobs, shop_id: str, rows: Sequence[Work]) -> list[str]:
    """Copies of the works among the shop's pictures, and their addresses in order."""
    found = []
    for row in rows:
        name = f"{row.digest[:32]}.{row.path.rpartition('.')[2]}"
        key = listing.key_of(blobs, shop_id, name)
        if not await blobs.has(key):
            await blobs.put(key, await keeping.get(blobs, shop_id, row.digest))
        found.append(f"/api/shops/{shop_id}/pictures/{name}")
    return found


async def publish(
    session: AsyncSession, shop_id: str, product_id: str, rows: Sequence[Work], urls: list[str],
    by: str,
) -> Publication:  # fmt: skip
    """Give a product these listing pictures; the former list is kept. Raises NotFound."""
    product = await _product(session, shop_id, product_id)
    publication = Publication(
        shop_id=shop_id,
        id=new_id("pub"),
        product_id=product_id,
        works=[row.id for row in rows],
        pictures=urls,
        former=list(product.pictures),
        published_at=clock.now(),
        published_by=by,
        undone_at=None,
    )
    session.add(publication)
    await _unmark(session, shop_id, product_id)
    for row in rows:
        row.published_at = clock.now()
    # No import wrote this: undoing one leaves a person's choice alone.
    product.pictures, product.written_by = urls, None
    told = WorksPublished(
        product_id=product_id, publication_id=publication.id, works=tuple(publication.works)
    )
    await events.append(session, told)
    await session.flush()
    return publication


async def unpublish(session: AsyncSession, shop_id: str, publication_id: str) -> Publication:
    """Give a product back the pictures it had before; raises NotFound, and Conflict where others
    were published or imported since."""
    row = await store.publication(session, shop_id, publication_id)
    if row is None:
        raise not_found(PUBLICATION, publication_id)
    product = await _product(session, shop_id, row.product_id)
    if row.undone_at is not None or list(product.pictures) != row.pictures:
        raise Conflict(
            Text("商品主图在发布后又改过", "The listing's pictures were changed since"),
            hint=Text(
                "撤回最近一次发布，或重新发布。", "Undo the latest publication, or publish anew."
            ),
            where=publication_id,
        )
    product.pictures, product.written_by = list(row.former), None
    row.undone_at = clock.now()
    await _unmark(session, shop_id, row.product_id)
    told = WorksUnpublished(product_id=row.product_id, publication_id=row.id)
    await events.append(session, told)
    await session.flush()
    return row


async def _unmark(session: AsyncSession, shop_id: str, product_id: str) -> None:
    query = store.wall(shop_id, product_id=product_id, is_published=True, every_version=True)
    for work, _ in await session.execute(query):
        work.published_at = None


async def _product(session: AsyncSession, shop_id: str, product_id: str) -> Product:
    product = await shop_store.product(session, shop_id, product_id)
    if product is None:
        raise not_found(PRODUCT, product_id)
    return product
