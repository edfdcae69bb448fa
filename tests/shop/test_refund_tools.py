"""After-sales cases as staff find them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shop.conftest import Shop, at, order
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.shop.files import (
    OrderLineRecord,
    ProductRecord,
    RefundRecord,
    RefundStatus,
    RefundType,
    SkuRecord,
)
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
NUMBER = "4099120000000111111"


async def ask(shop: Shop, by: Principal = SYSTEM, **given: Any) -> Any:
    outcome = await tools.call(
        shop.runtime, "shop.list_refunds", given, shop_id=shop.id, principal=by
    )
    return outcome.output


@pytest.fixture
async def stocked(shop: Shop) -> Shop:
    """Three cases: one of an order that names its goods by SKU, one of an order not imported."""
    await shop.bring(
        ProductRecord(row=2, product_id="p1", title="恒温电热水壶"),
        SkuRecord(row=2, sku_id="s1", product_id="p1"),
        order(titles=()),
        OrderLineRecord(row=2, order_no=NUMBER, sku_id="s1"),
        RefundRecord(
            row=2,
            refund_id="r1",
            order_no=NUMBER,
            kind=RefundType.RETURN,
            status=RefundStatus.PENDING,
            amount_fen=13_900,
            reason="颜色不喜欢",
            created_at=at("2026-03-02 10:00:00"),
        ),
        RefundRecord(
            row=3,
            refund_id="r2",
            order_no=NUMBER,
            kind=RefundType.EXCHANGE,
            status=RefundStatus.DONE,
            created_at=at("2026-03-05 10:00:00"),
        ),
        RefundRecord(
            row=4,
            refund_id="r3",
            order_no="4099120000000999999",
            status=RefundStatus.DONE,
            tracking_no="SF100%",
        ),
    )
    return shop


async def test_cases_are_newest_first_with_what_is_known_of_their_order(stocked, engine):
    page = await ask(stocked)
    assert ([item.id for item in page.items], page.total) == (["r2", "r1", "r3"], 3)
    case = page.items[1]
    assert (case.order_id, case.buyer, case.title) == (NUMBER, "小鱼爱吃草", "恒温电热水壶")
    assert (case.kind, case.status, case.amount_fen) == ("return", "pending", 13_900)
    assert (case.paid_fen, case.reason) == (13_900, "颜色不喜欢")
    lone = page.items[2]
    assert (lone.buyer, lone.title, lone.paid_fen) == (None, "", None)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"status": "done"}, ["r2", "r3"]),
        ({"kind": "return"}, ["r1"]),
        ({"status": "done", "kind": "exchange"}, ["r2"]),
        ({"q": "不喜欢"}, ["r1"]),
        ({"q": "小鱼"}, ["r2", "r1"]),
        ({"q": "999999"}, ["r3"]),
        ({"q": "100%"}, ["r3"]),
        ({"q": "r_"}, []),
        ({"size": 1, "page": 2}, ["r1"]),
    ],
)
async def test_cases_are_found_by_state_kind_and_text(stocked, engine, given, found):
    assert [item.id for item in (await ask(stocked, **given)).items] == found


async def test_a_shopper_and_a_made_up_state_are_refused(stocked, engine):
    with pytest.raises(Forbidden):
        await ask(stocked, Principal("usr_s", "shopper"))
    with pytest.raises(Invalid):
        await ask(stocked, status="lost")


async def test_another_shop_sees_none(stocked, engine, other_shop_id):
    await open_shop(stocked.runtime, other_shop_id, "别家")
    assert (await ask(Shop(stocked.runtime, other_shop_id))).total == 0
