"""The demo shop, on a first start."""

from __future__ import annotations

from sqlalchemy import select

from zhanggui.base.db import EVERY_SHOP
from zhanggui.base.runtime import Runtime
from zhanggui.shop.models import Shop


async def load_first(runtime: Runtime) -> None:
    """Load the demo shop into a house that has no shop yet."""
    async with runtime.db.reading(EVERY_SHOP) as session:
        if await session.scalar(select(Shop.shop_id).limit(1)) is not None:
            return
