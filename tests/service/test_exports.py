"""Work items as a file."""

import pytest

from tests.exporting import taken
from tests.service.stand import ADDRESS, PAID, PHONE, VIEWER, shopper
from zhanggui.base import audit
from zhanggui.service import exports as service_exports

pytestmark = pytest.mark.db
__all__ = ["service_exports"]


async def test_work_is_taken_away_masked_and_that_is_recorded(use, runtime, shop, engine):
    given = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    await use("change_address", shopper(shop), order_id=PAID, **given)
    (row,) = await taken(runtime, shop, "work", VIEWER)
    assert row[1:5] == ["修改收货地址", "待办", PAID, "浙江省杭州市****；张**；138****5678"]
    assert not any(said in str(row) for said in given.values())
    assert await taken(runtime, shop, "work", status="done") == []
    async with runtime.db.reading(shop) as session:
        recorded = [row.tool for row in await audit.recent(session, shop)]
    assert recorded.count("export.work") == 2
