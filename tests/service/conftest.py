"""A running house without its server, and a shop in it."""

from collections.abc import AsyncIterator

import pytest

from tests.embedders import LetterEmbedder, StubEngines
from tests.loading import load
from tests.service import stand
from tests.service.records import NOW
from zhanggui.ai import Engines
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.knowledge import Indexes, open_indexes
from zhanggui.service import tools as service_tools
from zhanggui.shop.opening import open_shop

__all__ = ["service_tools"]


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    async with opened(settings) as runtime:
        runtime.services[Engines] = StubEngines(settings, LetterEmbedder())
        yield runtime


@pytest.fixture
async def indexes(runtime: Runtime) -> AsyncIterator[Indexes]:
    indexes = open_indexes(runtime)
    yield indexes
    await indexes.close()


@pytest.fixture
async def shop(runtime: Runtime, shop_id: str) -> str:
    await open_shop(runtime, shop_id, "檐下碗铺")
    return shop_id


@pytest.fixture
async def use(runtime, shop, indexes, clock):
    """Calls a tool of the room in a shop with the records of :mod:`tests.service.stand`, at noon on
    the tenth of June."""
    clock.stand_at(NOW)
    await load(runtime, shop, stand.RECORDS)

    async def use(name, principal=SYSTEM, **given):
        confirmed = principal.role == "shopper"
        outcome = await tools.call(
            runtime, f"service.{name}", given, shop_id=shop, principal=principal,
            confirmed=confirmed,
        )  # fmt: skip
        return outcome.output

    return use
