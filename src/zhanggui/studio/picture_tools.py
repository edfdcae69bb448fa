"""What may be asked of base pictures and done with them. Files come in by a route (`api`), which
keeps them and calls the tool that adds them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import base_pictures, keeping, store
from zhanggui.studio.base_pictures import KeptPicture
from zhanggui.studio.batches import starting
from zhanggui.studio.events import PictureRemoved, PicturesAdded
from zhanggui.studio.making.sources import MOST_FRAMES
from zhanggui.studio.models import BasePicture
from zhanggui.studio.work_tools import file_url

PICTURE = Text("底图", "base picture")
_Id = Field(min_length=1, max_length=64)
_AT_ONCE = 5_000
"""Ids in a query: PostgreSQL takes 32,767 arguments."""


class PictureView(BaseModel):
    """A base picture; `frame` is its digest, by which its cut-out is known."""

    id: str
    product_id: str
    sku_id: str | None
    name: str
    width: int
    height: int
    bytes: int
    frame: str
    url: str
    small_url: str
    added_at: datetime


class ProductPicturesInput(Input):
    """Whose base pictures."""

    product_id: str = _Id


class PictureList(Output):
    """A product's base pictures in order, those of its SKUs after its own."""

    items: list[PictureView]


class PicturedInput(Input):
    """Which products, with how many base pictures each has."""

    q: str = Field("", max_length=200, description="Text in title, id or merchant code.")
    only_without: bool = Field(False, description="Only products that have none.")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class PicturedProduct(BaseModel):
    """A product with the count of its base pictures and of the listing's pictures."""

    id: str
    title: str
    category: str | None
    pictures: int
    listing_pictures: int
    picture_url: str | None


class PicturedList(Output):
    """Products by id."""

    items: list[PicturedProduct]
    total: int
    page: int
    size: int


class AddInput(ProductPicturesInput):
    """Pictures of a product or SKU whose files are kept; they come after those that are there."""

    sku_id: str | None = Field(None, min_length=1, max_length=64)
    pictures: list[KeptPicture] = Field(min_length=1, max_length=base_pictures.MOST)


class PictureChoice(Input):
    """Which base picture."""

    id: str = Field(min_length=1, max_length=40)


class TakeInput(Input):
    """Whose listing pictures are taken; of all products without base pictures where none is
    named."""

    product_ids: list[str] = Field(default_factory=list, max_length=starting.MOST_ITEMS)


class Taken(Output):
    """For how many products pictures were taken, how many, and the products that had none here."""

    products: int
    pictures: int
    without: list[str]


@tool(
    "studio.list_pictures", purpose=Text("列出商品底图", "List a product's base pictures"),
    risk="read", roles=STAFF,
)  # fmt: skip
async def list_pictures(call: Call, given: ProductPicturesInput) -> PictureList:
    """What a product's things are made from."""
    rows = await store.pictures(call.session, call.shop_id, [given.product_id])
    return PictureList(items=[_view(row) for row in rows])


@tool(
    "studio.list_products", purpose=Text("列出商品和底图数", "List goods with their base pictures"),
    risk="read", roles=STAFF,
)  # fmt: skip
async def list_products(call: Call, given: PicturedInput) -> PicturedList:
    """Goods by id with how many base pictures each has."""
    found = await store.pictured(
        call.session, call.shop_id, q=given.q, only_without=given.only_without,
        page=given.page, size=given.size,
    )  # fmt: skip
    return PicturedList(
        items=[
            PicturedProduct(
                id=product.id,
                title=product.title,
                category=product.category,
                pictures=count,
                listing_pictures=len(product.pictures),
                picture_url=product.pictures[0] if product.pictures else None,
            )
            for product, count in found.rows
        ],
        total=found.total,
        page=given.page,
        size=given.size,
    )


@tool(
    "studio.add_pictures", purpose=Text("添加商品底图", "Add base pictures"), risk="draft",
    roles=WORKERS,
)  # fmt: skip
async def add_pictures(call: Call, given: AddInput) -> PictureList:
    """Add pictures whose files the upload has kept; one that is there already is not added twice.
    Raises NotFound for a product or SKU that is not there, Invalid for too many."""
    session, shop_id = call.session, call.shop_id
    await starting.named(session, shop_id, [given.product_id])
    if given.sku_id is not None:
        sku = (await store.skus(session, shop_id, [given.sku_id])).get(given.sku_id)
        if sku is None or sku.product_id != given.product_id:
            raise not_found(Text("规格", "SKU"), given.sku_id)
    for each in given.pictures:
        if not await call.runtime.blobs.has(keeping.key_of(shop_id, each.digest)):
            raise Conflict(
                Text("图片文件不在了", "The picture's file is gone"),
                hint=Text("请重新上传。", "Upload it again."),
                where=each.name,
            )
    await _add(call, given)
    return await list_pictures(call, ProductPicturesInput(product_id=given.product_id))


async def _add(call: Call, given: AddInput) -> None:
    await store.hold_pictures(call.session, call.shop_id, given.product_id)
    rows = await store.pictures(call.session, call.shop_id, [given.product_id])
    mine = [row for row in rows if row.sku_id == given.sku_id]
    known = {row.digest for row in mine}
    new = [each for each in given.pictures if each.digest not in known]
    if len(mine) + len(new) > MOST_FRAMES:
        raise Invalid(
            Text(
                f"一个商品最多 {MOST_FRAMES} 张底图",
                f"A product has {MOST_FRAMES} pictures at most",
            ),
            hint=Text("先删除一些。", "Remove some first."),
            where=given.product_id,
        )
    for position, each in enumerate(new, max((row.position for row in mine), default=-1) + 1):
        call.session.add(
            BasePicture(
                shop_id=call.shop_id,
                id=new_id("pic"),
                product_id=given.product_id,
                sku_id=given.sku_id,
                position=position,
                added_at=clock.now(),
                **each.model_dump(),
            )
        )
    if new:
        told = PicturesAdded(product_id=given.product_id, count=len(new))
        await events.append(call.session, told)
    await call.session.flush()


@tool(
    "studio.remove_picture", purpose=Text("删除商品底图", "Remove a base picture"), risk="draft",
    roles=WORKERS,
)  # fmt: skip
async def remove_picture(call: Call, given: PictureChoice) -> PictureList:
    """Remove a base picture; what was made from it stays. Raises NotFound."""
    row = await store.picture(call.session, call.shop_id, given.id)
    if row is None:
        raise not_found(PICTURE, given.id)
    await store.remove_picture(call.session, row)
    told = PictureRemoved(product_id=row.product_id, picture_id=row.id)
    await events.append(call.session, told)
    return await list_pictures(call, ProductPicturesInput(product_id=row.product_id))


async def _taken(call: Call, given: TakeInput) -> dict[str, list[KeptPicture]]:
    """The listing's pictures, kept, before the transaction opens; never those that the studio
    itself has published."""
    async with call.runtime.db.reading(call.shop_id) as session:
        if given.product_ids:
            products = await starting.named(session, call.shop_id, given.product_ids)
        else:
            products = await store.products(session, call.shop_id, has_pictures=False)
        ours: set[str] = set()
        for at in range(0, len(products), _AT_ONCE):
            ids = [each.id for each in products[at : at + _AT_ONCE]]
            ours |= await store.published_urls(session, call.shop_id, ids)
    return {
        each.id: await base_pictures.from_listing(
            call.runtime.blobs, call.shop_id, [url for url in each.pictures if url not in ours]
        )
        for each in products
    }


@tool(
    "studio.take_listing_pictures",
    purpose=Text("用商品主图作底图", "Take listing pictures as base pictures"),
    risk="draft",
    roles=WORKERS,
    prepare=_taken,
)
async def take_listing_pictures(call: Call, given: TakeInput) -> Taken:
    """Make base pictures of the pictures that came with the shop's goods."""
    found: dict[str, list[KeptPicture]] = call.prepared
    for product_id, pictures in found.items():
        if pictures:
            await _add(call, AddInput(product_id=product_id, sku_id=None, pictures=pictures))
    return Taken(
        products=sum(map(bool, found.values())),
        pictures=sum(map(len, found.values())),
        without=[product_id for product_id, pictures in found.items() if not pictures],
    )


def _view(row: BasePicture) -> PictureView:
    url = file_url(row.shop_id, "frames", row.digest)
    return PictureView(
        id=row.id,
        product_id=row.product_id,
        sku_id=row.sku_id,
        name=row.name,
        width=row.width,
        height=row.height,
        bytes=row.size,
        frame=row.digest,
        url=url,
        small_url=f"{url}/small?side=320",
        added_at=row.added_at,
    )
