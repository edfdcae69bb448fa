"""A message among those before it, and by itself."""

import pytest

from tests.loading import load
from tests.service import weights
from zhanggui.service.asking import gather
from zhanggui.service.context import Asked, Turn
from zhanggui.shop.files import FaqRecord, OrderRecord, OrderStatus

FAQS = [
    FaqRecord(1, "满多少可以包邮", "满59元包邮。", "F1", ("包邮门槛是多少", "多少钱免邮费")),
    FaqRecord(2, "能进洗碗机吗", "可以进洗碗机。", "F2", ("洗碗机洗会坏吗", "可以机洗吗")),
]
BEFORE = [Turn("shopper", "饭碗能放微波炉吗"), Turn("shop", "能的。")]


@pytest.fixture
async def asks(runtime, shop, indexes, monkeypatch):
    """Asks after other turns, in a shop whose weigher trusts answers, but not after turns."""
    weights.use(monkeypatch, ("kind_faq", 0.5, -9.0, 3.0), ("q_turns", 0.5, 0.0, -9.0))
    await load(runtime, shop, FAQS)
    index = await indexes.whole(shop)

    async def asks(text, turns=(), **known):
        async with runtime.db.reading(shop) as session:
            return await gather(session, shop, index, Asked(text, turns=turns, **known))

    return asks


async def test_what_is_not_sure_among_other_turns_is_read_by_itself(asks):
    found = await asks("包邮要满多少", BEFORE)
    assert found.decision.decision == "answer"
    assert found.decision.sources[0].id == "faq:F1"
    assert found.decision == (await asks("包邮要满多少")).decision


@pytest.mark.parametrize("text", ["那包邮要满多少", "这个包邮也是吗"])
async def test_what_points_back_is_never_read_by_itself(asks, text):
    found = await asks(text, BEFORE)
    assert (found.decision.cause, len(found.reading.asked.turns)) == ("unsure", 2)


async def test_what_fills_in_what_the_shop_asked_for_is_not_read_by_itself(asks):
    turns = [Turn("shopper", "我要改地址"), Turn("shop", "麻烦发一下新地址和电话。")]
    found = await asks("浙江省杭州市西湖区文三路100号 13812345678", turns)
    assert found.reading.asked.turns == turns


async def test_only_what_is_told_to_anybody_answers_by_itself(asks, runtime, shop, monkeypatch):
    weights.use(monkeypatch, ("kind_order", 0.5, -9.0, 3.0), ("q_turns", 0.5, 0.0, -9.0))
    order = OrderRecord(1, "A20260601001", "小鱼爱吃草", OrderStatus.SHIPPED, carrier="中通")
    await load(runtime, shop, [order])
    known = {"buyer": "小鱼爱吃草", "order_id": "A20260601001"}
    assert (await asks("快递到哪里了", **known)).decision.decision == "answer"
    assert (await asks("快递到哪里了", BEFORE, **known)).decision.cause == "unsure"
