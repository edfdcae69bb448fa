"""What the studio made and what it was made from, to take away with all of a shop's data."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.base import exports
from zhanggui.base.enclosing import Enclosed, Files
from zhanggui.base.tools import Call
from zhanggui.studio import keeping, store


async def works(call: Call) -> AsyncIterator[list[Enclosed]]:
    """The file of every current work."""
    found = await call.session.execute(store.wall(call.shop_id))
    yield [
        Enclosed(
            keeping.key_of(call.shop_id, row.digest),
            f"{row.sku_id or row.product_id}_{row.path.replace('/', '_')}",
            f"product:{row.product_id}",
        )
        for row, _ in found
    ]


async def base_pictures(call: Call) -> AsyncIterator[list[Enclosed]]:
    """The file of every base picture."""
    yield [
        Enclosed(
            keeping.key_of(call.shop_id, row.digest),
            f"{row.sku_id or row.product_id}_{row.name}",
            f"product:{row.product_id}",
        )
        for row in await store.all_pictures(call.session, call.shop_id)
    ]


exports.register_files(Files("studio", "studio.list_works", works))
exports.register_files(Files("base-pictures", "studio.list_pictures", base_pictures))
