"""A shop with its figures."""

import pytest
from sqlalchemy import insert

from tests.service.conftest import indexes, runtime, shop, use
from tests.service.records import NOW
from zhanggui.base import tools
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.insight import tools as insight_tools

__all__ = ["indexes", "insight_tools", "runtime", "shop", "use"]


@pytest.fixture
def ask(runtime, shop, clock):
    """Calls a tool of the room, at noon on the tenth of June to begin with."""
    clock.stand_at(NOW)

    async def ask(name, principal=SYSTEM, **given):
        outcome = await tools.call(
            runtime, f"insight.{name}", given, shop_id=shop, principal=principal
        )
        return outcome.output

    return ask


@pytest.fixture
def write(runtime, shop):
    """Writes events as having happened when they say."""

    async def write(events):
        rows = [
            {"shop_id": shop, "type": each.type, "at": each.at, "data": each.data}
            for each in events
        ]
        async with runtime.db.transaction(shop) as session:
            await session.execute(insert(EventRow), rows)

    return write
