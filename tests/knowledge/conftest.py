"""A running house without its server, and a shop in it."""

from collections.abc import AsyncIterator

import pytest

from tests.embedders import LetterEmbedder, StubEngines
from zhanggui.ai import Engines
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.knowledge import Indexes, open_indexes
from zhanggui.shop.opening import open_shop


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
