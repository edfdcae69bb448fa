"""A shop with goods and base pictures, and a running studio whose steps are cheap."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from zhanggui import rooms
from zhanggui.base import tools, workflows
from zhanggui.base.events import EventRow
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.shop.models import Product, Sku
from zhanggui.shop.opening import open_shop
from zhanggui.studio import base_pictures
from zhanggui.studio.base_pictures import Sent
from zhanggui.studio.batches import feeding
from zhanggui.studio.batches.workshop import Workshop

CHEAP = "tests.studio.batches.cheap_steps"
OWNER = Principal("u1", "owner")
PLAN = {"kinds": ["scene", "copy"], "scenes": 2}
PATIENCE_S = 60


def png(shade: int = 100, size: tuple[int, int] = (8, 6)) -> bytes:
    """A grey picture; one whose shade is 255 has a doubtful mask."""
    out = io.BytesIO()
    Image.new("L", size, shade).save(out, "PNG")
    return out.getvalue()


class Studio:
    """Calls the room's tools, as the owner unless told otherwise."""

    def __init__(self, runtime: Runtime, shop_id: str) -> None:
        self.runtime = runtime
        self.shop_id = shop_id

    async def call(self, name: str, principal: Principal = OWNER, /, **given: Any) -> Any:
        """Call a tool; returns its output, or the approval it waits for."""
        outcome = await tools.call(
            self.runtime, f"studio.{name}", given, shop_id=self.shop_id, principal=principal
        )
        return outcome.output or outcome.approval

    async def goods(self, *titles: str, pictures: bool = True, shade: int = 100) -> list[str]:
        """Products p1, p2 … of these titles, each with a base picture of its own."""
        ids = [f"p{number}" for number in range(1, len(titles) + 1)]
        async with self.runtime.db.transaction(self.shop_id) as session:
            for product_id, title in zip(ids, titles, strict=True):
                session.add(
                    Product(
                        shop_id=self.shop_id,
                        id=product_id,
                        title=title,
                        price_fen=5900,
                        pictures=[],
                    )
                )
        for number, product_id in enumerate(ids if pictures else []):
            await self.picture(
                product_id, png(shade - number if shade < 255 else 255, (8, 6 + number))
            )
        return ids

    async def sku(self, product_id: str, sku_id: str, price_fen: int) -> None:
        """A SKU of a product."""
        async with self.runtime.db.transaction(self.shop_id) as session:
            session.add(
                Sku(
                    shop_id=self.shop_id, id=sku_id, product_id=product_id, title=sku_id,
                    price_fen=price_fen, attributes={"颜色": sku_id},
                )
            )  # fmt: skip

    async def picture(self, product_id: str, data: bytes, sku_id: str | None = None) -> Any:
        """Give a product a base picture."""
        kept = await base_pictures.keep(self.runtime.blobs, self.shop_id, Sent("a.png", data))
        return await self.call(
            "add_pictures", product_id=product_id, sku_id=sku_id, pictures=[kept.model_dump()]
        )

    async def start(self, **given: Any) -> str:
        """Start a batch with a small plan; returns its id."""
        batch_id: str = (await self.call("start_batch", **{"plan": PLAN, **given})).id
        return batch_id

    async def until(self, batch_id: str, *states: str) -> Any:
        """The batch once it is in one of the states."""

        async def is_there() -> Any:
            batch = await self.call("get_batch", batch_id=batch_id)
            return batch if batch.state in states else None

        return await self.wait_for(is_there)

    async def made(self, **given: Any) -> Any:
        """Start a batch and wait until it has finished."""
        return await self.until(await self.start(**given), "finished")

    async def wait_for(self, look: Callable[[], Awaitable[Any]]) -> Any:
        """What `look` gives once that is true."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := await look()):  # noqa: ASYNC110 # Also other processes' doing.
                await asyncio.sleep(0.05)
        return found

    async def works(self, **given: Any) -> list[Any]:
        """What the wall shows."""
        found: list[Any] = (await self.call("list_works", **given)).items
        return found

    async def told(self, *types: str) -> list[tuple[str, dict[str, Any]]]:
        """The room's events of these types, or all."""
        async with self.runtime.db.reading(self.shop_id) as session:
            query = (
                select(EventRow.type, EventRow.data)
                .where(EventRow.shop_id == self.shop_id, EventRow.type.like("studio.%"))
                .order_by(EventRow.seq)
            )
            rows = list(await session.execute(query))
        names = [(kind.removeprefix("studio."), data) for kind, data in rows]
        return [(kind, data) for kind, data in names if not types or kind in types]


@asynccontextmanager
async def making(runtime: Runtime, jobs: int = 1) -> AsyncIterator[Workshop]:
    """The studio at work in this process."""
    runtime.settings = runtime.settings.model_copy(update={"studio_jobs": jobs})
    runtime.services[Workshop] = Workshop(runtime, maker=CHEAP)
    try:
        async with workflows.running(runtime), feeding.started(runtime):
            yield runtime.service(Workshop)
    finally:
        del runtime.services[Workshop]


@pytest.fixture
async def runtime(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Runtime]:
    rooms.load_tools()
    monkeypatch.setattr(feeding, "QUEUE_PERIOD_S", 0.05)
    async with opened(settings) as runtime:
        yield runtime


@pytest.fixture
async def studio(runtime: Runtime, shop_id: str) -> Studio:
    """A shop without anything at work; its steps are named as the cheap ones are."""
    await open_shop(runtime, shop_id, "檐下碗铺")
    runtime.services[Workshop] = Workshop(runtime, maker=CHEAP)
    return Studio(runtime, shop_id)


@pytest.fixture
async def other_studio(runtime: Runtime, studio: Studio, other_shop_id: str) -> Studio:
    """Another shop of the same house."""
    await open_shop(runtime, other_shop_id, "别家")
    return Studio(runtime, other_shop_id)


@pytest.fixture
async def at_work(studio: Studio) -> AsyncIterator[Studio]:
    """The shop with the studio at work until the test ends."""
    async with making(studio.runtime):
        yield studio
