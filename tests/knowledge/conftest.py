"""A running house without its server, and a shop in it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.embedders import LetterEmbedder, StubEngines
from zhanggui import rooms
from zhanggui.ai import Engines
from zhanggui.base import tools
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.knowledge import Indexes, open_indexes
from zhanggui.shop.opening import open_shop

OWNER = Principal("u1", "owner")


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    rooms.load_tools()
    async with opened(settings) as runtime:
        runtime.services[Engines] = StubEngines(settings, LetterEmbedder())
        yield runtime


@pytest.fixture
async def indexes(runtime: Runtime) -> AsyncIterator[Indexes]:
    indexes = open_indexes(runtime)
    yield indexes
    await indexes.close()


@pytest.fixture
def call(runtime: Runtime, shop: str) -> Any:
    """Calls a tool of the room, as the owner unless told otherwise; returns its output."""

    async def call(name: str, principal: Principal = OWNER, **given: Any) -> Any:
        outcome = await tools.call(
            runtime, f"knowledge.{name}", given, shop_id=shop, principal=principal
        )
        return outcome.output

    return call


@pytest.fixture
async def shop(runtime: Runtime, shop_id: str) -> str:
    await open_shop(runtime, shop_id, "檐下碗铺")
    return shop_id
