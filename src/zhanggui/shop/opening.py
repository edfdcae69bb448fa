"""Opening a shop in this house, and what a shop's room needs while the program runs."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhanggui.base import clock, events
from zhanggui.base.auth.accounts import admit_owner
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.ids import is_shop_id, new_id
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.shop.events import ShopCreated
from zhanggui.shop.importing import imports
from zhanggui.shop.models import Shop


def shop_id_for(name: str) -> str:
    """An id for a shop of this name: its plain letters, and what keeps it apart from others."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:24]
    return f"{plain or 'shop'}-{new_id('x')[-8:]}"


async def open_shop(
    runtime: Runtime,
    shop_id: str,
    name: str,
    *,
    is_demo: bool = False,
    exist_ok: bool = False,
    by: Principal = SYSTEM,
) -> Shop:
    """Open a shop under an id of the caller's; `by`, or else the operator, becomes its owner.

    Raises Invalid for an id that cannot be one and Conflict for one that is taken, unless
    `exist_ok`: then the shop that is there is returned.
    """
    if not is_shop_id(shop_id):
        raise Invalid(
            Text(f"店铺编号不可用：{shop_id}", f"Not a usable shop id: {shop_id}"),
            hint=Text(
                "用小写字母、数字、- 和 _，最多 48 个字符。",
                "Use up to 48 lower-case letters, digits, - and _.",
            ),
            where="shop",
        )
    async with runtime.db.transaction(shop_id) as session:
        shop = await session.get(Shop, (shop_id,))
        if shop is not None:
            if exist_ok:
                return shop
            raise Conflict(
                Text(f"店铺编号已被使用：{shop_id}", f"The shop id is taken: {shop_id}"),
                hint=Text("换一个编号。", "Choose another id."),
                where="shop",
            )
        shop = Shop(
            shop_id=shop_id,
            name=name or shop_id,
            created_at=clock.now(),
            is_demo=is_demo,
            profile={},
        )
        session.add(shop)
        await session.flush()
        await admit_owner(session, by)
        await events.append(session, ShopCreated())
    return shop


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """The room's part of a running program: imports that were queued go on."""
    await imports.resume(runtime)
    yield
