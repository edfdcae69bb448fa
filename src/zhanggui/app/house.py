"""Opening the house: the schema brought up to date, the runtime, and every service."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui import rooms
from zhanggui.app.services import SERVICES
from zhanggui.base import schema
from zhanggui.base.auth.accounts import ShopDirectory
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking, across
from zhanggui.shop.models import Shop


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[Runtime]:
    """Everything running, as the server and a command without one need it."""
    rooms.load_tools()
    _collect_seldom()
    settings.data.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(schema.upgrade, settings)
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(opened(settings))
        runtime.services[ShopDirectory] = ShopDirectory(shop_names)
        await stack.enter_async_context(across(runtime.db, runtime.service(Waking)))
        for service in SERVICES:
            await stack.enter_async_context(service(runtime))
        yield runtime


def _collect_seldom() -> None:
    """An import has tens of thousands of objects alive at once and hardly a cycle among them: by
    default the collector would look at all of them, and at every module, several times a batch."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


async def shop_names(session: AsyncSession, ids: Sequence[str]) -> dict[str, str]:
    """Of those shops that exist."""
    query = select(Shop.shop_id, Shop.name).where(Shop.shop_id.in_(ids))
    return {row.shop_id: row.name for row in await session.execute(query)}
