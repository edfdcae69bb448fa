"""Coupons as staff find them, by how they stand today."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shop.conftest import Shop, at
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.shop.files import CouponRecord
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


async def ask(shop: Shop, **given: Any) -> Any:
    outcome = await tools.call(
        shop.runtime, "shop.list_coupons", given, shop_id=shop.id, principal=SYSTEM
    )
    return outcome.output


@pytest.fixture
async def stocked(shop: Shop, clock: Any) -> Shop:
    """One coupon of each state, and one without days; it is 1 June 2026, ten in the morning."""

    def coupon(name: str, begins: str | None, ends: str | None) -> CouponRecord:
        return CouponRecord(
            row=2,
            coupon_id=name,
            name=f"{name}券",
            rule="满300减40",
            threshold_fen=30_000,
            discount_fen=4_000,
            starts_at=at(begins) if begins else None,
            ends_at=at(ends) if ends else None,
        )

    await shop.bring(
        coupon("past", "2026-05-01 00:00:00", "2026-05-31 23:59:59"),
        coupon("now", "2026-06-01 00:00:00", "2026-06-18 00:00:00"),
        coupon("later", "2026-06-18 00:00:00", "2026-06-20 00:00:00"),
        coupon("always", None, None),
    )
    return shop


async def test_each_says_how_it_stands(stocked, engine):
    page = await ask(stocked)
    assert {item.id: item.state for item in page.items} == {
        "past": "over", "now": "running", "later": "coming", "always": "running",
    }  # fmt: skip
    assert [item.id for item in page.items] == ["always", "later", "now", "past"]
    assert (page.items[0].threshold_fen, page.items[0].discount_fen) == (30_000, 4_000)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"state": "running"}, ["always", "now"]),
        ({"state": "coming"}, ["later"]),
        ({"state": "over"}, ["past"]),
        ({"q": "now券"}, ["now"]),
        ({"q": "满300", "size": 1, "page": 2}, ["later"]),
    ],
)
async def test_coupons_are_found_by_state_and_text(stocked, engine, given, found):
    assert [item.id for item in (await ask(stocked, **given)).items] == found


async def test_the_filter_agrees_with_what_is_shown_as_time_goes_by(stocked, engine, clock):
    for days in (0, 17, 5):
        clock.move(days=days)
        shown = {item.id: item.state for item in (await ask(stocked)).items}
        for state in ("running", "coming", "over"):
            listed = {item.id for item in (await ask(stocked, state=state)).items}
            assert listed == {id_ for id_, said in shown.items() if said == state}


async def test_another_shop_sees_none(stocked, engine, other_shop_id):
    await open_shop(stocked.runtime, other_shop_id, "别家")
    assert (await ask(Shop(stocked.runtime, other_shop_id))).total == 0
