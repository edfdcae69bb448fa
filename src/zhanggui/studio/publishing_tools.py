"""What may be asked of publications and done with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import publishing, store
from zhanggui.studio.models import Publication, Work


class PublishInput(Input):
    """Which product, and which of its approved pictures in the order in which they are to stand;
    all of them, scenes first, where none is named."""

    product_id: str = Field(min_length=1, max_length=64)
    work_ids: list[str] = Field(default_factory=list, max_length=publishing.MOST)


class PublicationChoice(Input):
    """Which publication."""

    id: str = Field(min_length=1, max_length=40)


class PublicationListInput(Input):
    """Whose publications."""

    product_id: str | None = Field(None, max_length=64)
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class PublicationView(BaseModel):
    """Pictures that a product was given, and those it had before."""

    id: str
    product_id: str
    works: list[str]
    pictures: list[str]
    former: list[str]
    published_at: datetime
    published_by: str
    undone_at: datetime | None


class PublicationDone(PublicationView, Output):
    """A publication as it stands now."""


class PublicationList(Output):
    """Publications, the newest first."""

    items: list[PublicationView]
    total: int
    page: int
    size: int


async def _copied(call: Call, given: PublishInput) -> list[str]:
    """Copies among the shop's pictures, made before the transaction opens."""
    async with call.runtime.db.reading(call.shop_id) as session:
        rows = await publishing.chosen(session, call.shop_id, given.product_id, given.work_ids)
    return await publishing.copied(call.runtime.blobs, call.shop_id, rows)


@tool(
    "studio.publish",
    purpose=Text("发布为商品主图", "Publish as listing pictures"),
    risk="act",
    roles=WORKERS,
    prepare=_copied,
)
async def publish(call: Call, given: PublishInput) -> PublicationDone:
    """Make approved pictures a product's listing pictures. Raises Invalid for what is not approved
    or no picture, NotFound."""
    session, shop_id = call.session, call.shop_id
    rows = await publishing.chosen(session, shop_id, given.product_id, given.work_ids)
    urls: Sequence[str] = call.prepared
    if len(urls) != len(rows) or not _are_of(urls, rows):
        urls = await publishing.copied(call.runtime.blobs, shop_id, rows)  # Judged in between.
    row = await publishing.publish(
        session, shop_id, given.product_id, rows, list(urls), call.principal.id
    )
    return PublicationDone(**_fields(row))


def _are_of(urls: Sequence[str], rows: Sequence[Work]) -> bool:
    return all(row.digest[:32] in url for url, row in zip(urls, rows, strict=True))


@tool("studio.unpublish", purpose=Text("撤回发布", "Undo a publication"), risk="act", roles=WORKERS)
async def unpublish(call: Call, given: PublicationChoice) -> PublicationDone:
    """Give a product back the listing pictures it had before. Raises NotFound, Conflict."""
    row = await publishing.unpublish(call.session, call.shop_id, given.id)
    return PublicationDone(**_fields(row))


@tool(
    "studio.list_publications", purpose=Text("列出发布记录", "List publications"), risk="read",
    roles=STAFF,
)  # fmt: skip
async def list_publications(call: Call, given: PublicationListInput) -> PublicationList:
    """What was published, the newest first."""
    found = await store.publications(
        call.session, call.shop_id, given.product_id, page=given.page, size=given.size
    )
    return PublicationList(
        items=[PublicationView(**_fields(row)) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


def _fields(row: Publication) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PublicationView.model_fields}
