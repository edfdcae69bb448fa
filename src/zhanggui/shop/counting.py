"""How much there is in a shop."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.shop import models


class Counts(BaseModel):
    """Records of a shop. `paid_fen` is what buyers paid, summed over distinct orders."""

    products: int
    skus: int
    orders: int
    order_lines: int
    buyers: int
    paid_fen: int


async def count(session: AsyncSession, shop_id: str) -> Counts:
    """Count a shop's records."""

    async def rows(model: type[Any]) -> int:
        query = select(func.count()).select_from(model).where(model.shop_id == shop_id)
        return int(await session.scalar(query) or 0)

    paid = select(func.coalesce(func.sum(models.Order.paid_fen), 0)).where(
        models.Order.shop_id == shop_id
    )
    return Counts(
        products=await rows(models.Product),
        skus=await rows(models.Sku),
        orders=await rows(models.Order),
        order_lines=await rows(models.OrderLine),
        buyers=await rows(models.Buyer),
        paid_fen=int(await session.scalar(paid) or 0),
    )


async def shop_ids(db: Database) -> list[str]:
    """Every shop of the house, in order of id."""
    async with db.reading(EVERY_SHOP) as session:
        return list(
            await session.scalars(select(models.Shop.shop_id).order_by(models.Shop.shop_id))
        )
