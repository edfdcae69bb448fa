"""The demo shop, on a first start."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from zhanggui.base import clock, workflows
from zhanggui.base.runtime import Runtime
from zhanggui.shop import store
from zhanggui.shop.demo import generate, last_day, write_pack
from zhanggui.shop.importing import imports, sinks
from zhanggui.shop.importing.writing import Writer
from zhanggui.shop.models import Shop
from zhanggui.shop.opening import open_shop

SHOP_ID = "demo"
SEED = 20260901
_LOADED = "demo_loaded"
_BATCH = 5_000


async def load_first(runtime: Runtime, begin: Callable[[], None] = lambda: None) -> None:
    """Load the demo shop into a house that has no shop yet; one that broke off is finished.

    `begin` is called before it is loaded, which takes a while.
    """
    shops = await store.shops(runtime.db)
    if not shops or any(shop.is_demo and _LOADED not in shop.profile for shop in shops):
        begin()
        await load(runtime)


async def load(runtime: Runtime) -> None:
    """Load the demo shop: its pack as any merchant's files, and a year that ends less than a
    day ago.

    Safe to run again; importing twice changes nothing.
    """
    await open_shop(runtime, SHOP_ID, "", is_demo=True, exist_ok=True)
    await _load_pack(runtime)
    await _load_year(runtime)


async def _load_pack(runtime: Runtime) -> None:
    import_id, staging = imports.new_import(runtime, SHOP_ID)
    with tempfile.TemporaryDirectory() as folder:
        await staging.add_path(write_pack(Path(folder) / SHOP_ID, last_day(clock.now())))
    row = await imports.stage(runtime, SHOP_ID, staging, import_id)
    if row.state == "staged":
        async with runtime.db.transaction(SHOP_ID) as session:
            row = await imports.get(session, SHOP_ID, row.id)
            await imports.queue(session, row)
        await workflows.start(imports.workflow_id(row), imports.load_import, SHOP_ID, row.id)
    await workflows.wait(imports.workflow_id(row))


async def _load_year(runtime: Runtime) -> None:
    """One transaction, so that the year is there whole or not at all."""
    year = generate(SEED, last_day(clock.now()))
    async with runtime.db.transaction(SHOP_ID) as session:
        shop = await session.get_one(Shop, (SHOP_ID,))
        if _LOADED in shop.profile:
            return
        loading = sinks.Loading(
            session=session,
            shop_id=SHOP_ID,
            import_id=_LOADED,
            cipher=runtime.cipher,
            blobs=runtime.blobs,
            folder=None,
            path="",
            exported_at=year.moment,
            writer=Writer(session, SHOP_ID, _LOADED),
        )
        records = year.records()
        while batch := list(islice(records, _BATCH)):
            await sinks.apply(loading, batch)
        shop.profile = {**shop.profile, _LOADED: year.moment.isoformat()}
