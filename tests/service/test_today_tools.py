"""The day so far: questions beside like days, and what waits."""

import pytest

from tests.service import weights
from tests.service.stand import AGENT, PAID, VIEWER, shopper
from zhanggui.base import events
from zhanggui.base.errors import Forbidden
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.service.events import Answered
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
CHANNEL = Principal("key_1", "agent", "key")


@pytest.fixture
def answered(runtime, clock):
    """Writes that questions were decided on, so many days and hours ago."""

    async def answered(shop_id, *decisions, days=0, hours=1, **given):
        clock.move(days=-days, hours=-hours)
        async with runtime.db.transaction(shop_id) as session:
            told = [
                Answered(decision=said, confidence=0.9, sources=[], ms=1.0, **given)
                for said in decisions
            ]
            await events.append(session, *told)
        clock.move(days=days, hours=hours)

    return answered


async def test_questions_are_told_beside_like_days(use, shop, answered):
    await answered(shop, "answer", "handoff", days=14)
    await answered(shop, "answer", "answer", "answer", "clarify", days=7)
    await answered(shop, *["answer"] * 9, days=7, hours=-1)  # Later in that day.
    await answered(shop, *["answer"] * 9, days=6)  # Another weekday.
    await answered(shop, "answer", "answer", "handoff", "decline", "answer")
    found = await use("today", VIEWER)
    assert [day.value for day in found.questions.days] == [None, None, 2, 4, 5]
    assert (found.questions.value, found.questions.usual) == (5, 3)
    assert (found.answered.value, found.answered.usual) == (3, 2)
    assert (found.answered_share.value, found.answered_share.usual) == (0.6, 0.625)
    assert (found.handed_over.value, found.handed_over.usual) == (1, 0.5)


async def test_without_questions_nothing_is_known(use, runtime, other_shop_id, answered):
    await open_shop(runtime, other_shop_id, "隔壁")
    await answered(other_shop_id, "answer", days=7)
    found = await use("today")
    assert found.first_at is None
    assert found.questions.value is None
    assert found.answered_share.usual is None


async def test_a_day_without_questions_has_no_share(use, shop, answered):
    await answered(shop, "answer", days=7)
    found = await use("today")
    assert (found.questions.value, found.answered_share.value) == (0, None)
    assert found.answered_share.usual == 1


async def test_what_staff_try_is_not_counted(use, shop, monkeypatch):
    weights.use(monkeypatch)
    for by in (AGENT, SYSTEM):
        await use("ask", by, text="怎么退货")
    assert (await use("today")).questions.value is None
    await use("ask", CHANNEL, text="怎么退货")
    await use("ask", shopper(shop), text="怎么退货")
    await use("ask", AGENT, text="怎么退货", files_work=True)
    assert (await use("today")).questions.value == 3


async def test_what_waits_is_counted_once_it_does(use, shop):
    assert (await use("today")).waiting.model_dump() == {
        "work_items": 0, "urgent": 0, "proposals": 0, "approvals": 0,
    }  # fmt: skip
    filed = await use("remind_shipping", shopper(shop), order_id=PAID)
    assert (await use("today")).waiting.work_items == 1
    await use("finish_work", AGENT, id=filed.work_item_id, status="done")
    assert (await use("today")).waiting.work_items == 0


async def test_a_shopper_may_not_look(use, shop):
    with pytest.raises(Forbidden):
        await use("today", shopper(shop))
