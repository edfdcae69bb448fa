"""The newest day of which orders are known, beside like days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.shop.conftest import Shop, at, order
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM

pytestmark = pytest.mark.db


@pytest.fixture
async def today(shop, engine, clock):
    """Asks for the day at noon of the tenth of June, a Wednesday."""
    clock.stand_at(at("2026-06-10 12:00:00"))

    async def today():
        outcome = await tools.call(
            shop.runtime, "shop.today", {}, shop_id=shop.id, principal=SYSTEM
        )
        return outcome.output

    return today


def placed(*times: str) -> list:
    """Orders of 10 yuan made at those times."""
    return [
        order(f"40991200000001{n:05}", created_at=at(f"{time}:00"), paid_fen=1000)
        for n, time in enumerate(times)
    ]


async def test_a_day_that_is_known_until_now_is_compared_with_like_days(shop: Shop, today):
    known = at("2026-06-10 12:00:00")
    await shop.bring(
        *placed(
            "2026-05-20 08:00", "2026-05-20 09:00", "2026-05-20 13:00",
            "2026-06-03 11:00", "2026-06-09 11:00",
            "2026-06-10 00:10", "2026-06-10 09:00", "2026-06-10 11:00",
        ),
        exported_at=known,
    )  # fmt: skip
    found = await today()
    assert (found.date, found.until) == (date(2026, 6, 10), known)
    assert [day.value for day in found.orders.days] == [None, 2, 0, 1, 3]
    assert (found.orders.value, found.orders.usual) == (3, 1)
    assert (found.paid_fen.value, found.paid_fen.usual) == (3000, 1000)


async def test_what_was_exported_earlier_is_compared_up_to_then(shop: Shop, today):
    exported = at("2026-06-08 10:00:00")
    await shop.bring(*placed("2026-06-01 09:00", "2026-06-01 11:00"), exported_at=exported)
    found = await today()
    assert (found.date, found.until) == (date(2026, 6, 8), exported)
    assert (found.orders.value, found.orders.usual) == (0, 1)


async def test_without_the_time_of_an_export_the_last_order_ends_the_day(shop: Shop, today):
    await shop.bring(*placed("2026-06-03 08:30", "2026-06-10 08:00"))
    found = await today()
    assert found.until == at("2026-06-10 08:00:00")
    assert (found.orders.value, found.orders.usual) == (1, 0)


async def test_a_shop_without_orders_has_no_day(shop: Shop, today):
    found = await today()
    assert (found.date, found.until, found.orders, found.paid_fen) == (None, None, None, None)
