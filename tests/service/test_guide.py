"""The service's step of the guide: whether a question was tried."""

import pytest

from tests.guiding import done
from tests.service import weights
from tests.service.stand import AGENT
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


async def test_a_question_counts_though_staff_only_tried_it(
    use, runtime, shop, other_shop_id, monkeypatch
):
    weights.use(monkeypatch)
    await open_shop(runtime, other_shop_id, "隔壁")
    assert "try" not in await done(runtime, shop)
    await use("ask", AGENT, text="怎么退货")
    assert "try" in await done(runtime, shop)
    assert "try" not in await done(runtime, other_shop_id)
