"""What stands on the bill, and against which budgets."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zhanggui.ai.models import ModelBudget, ModelDay
from zhanggui.ai.spending import usage

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)


@pytest.fixture
def told(database, shop_id, clock):
    """What the usage of June tells, after some days and budgets by room in fen."""
    clock.stand_at(NOON)

    async def told(days=(), budgets=()):
        async with database.transaction(shop_id) as session:
            for room, day, cost in days:
                session.add(
                    ModelDay(
                        shop_id=shop_id,
                        day=date(2026, 6, day),
                        room=room,
                        model="m",
                        calls=2,
                        failed=1,
                        read=20,
                        written=5,
                        cost_micro=cost,
                        ms=300,
                    )
                )
            for room, daily, monthly in budgets:
                session.add(
                    ModelBudget(
                        shop_id=shop_id,
                        room=room,
                        daily_fen=daily,
                        monthly_fen=monthly,
                        changed_at=NOON,
                        changed_by="u",
                    )
                )
        async with database.reading(shop_id) as session:
            return await usage(session, shop_id, None, None)

    return told


@pytest.mark.db
async def test_each_room_stands_beside_the_whole_shop(told):
    found = await told([("ai", 9, 7), ("service", 9, 20_000), ("service", 10, 10_000)])
    spent = [(each.room, each.today_micro, each.month_micro) for each in found.budgets]
    assert spent == [("*", 10_000, 30_007), ("ai", 0, 7), ("service", 10_000, 30_000)]
    assert [each.name for each in found.budgets] == ["整个店铺", "测试模型", "客服"]
    assert (found.since, found.until, found.cost_micro) == (
        date(2026, 6, 1), date(2026, 6, 10), 30_007,
    )  # fmt: skip
    assert found.items[0].ms == 150


async def test_a_shop_that_spent_nothing_may_still_set_what_service_spends(told):
    found = await told()
    assert [(each.room, each.daily_fen) for each in found.budgets] == [
        ("*", None),
        ("service", None),
    ]


@pytest.mark.parametrize(
    ("daily", "monthly", "spent"),
    [
        (1, None, "day"), (2, None, None), (None, 3, "month"), (None, 4, None), (1, 3, "month"),
        (0, None, "day"),
    ],
)  # fmt: skip
async def test_what_is_spent_is_said(told, daily, monthly, spent):
    days = [("service", 9, 20_000), ("service", 10, 10_000)]
    found = await told(days, [("service", daily, monthly)])
    assert [each.spent for each in found.budgets] == [None, spent]
