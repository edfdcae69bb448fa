"""The shop's records as tools show them: masked, named, found, and never another shop's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shop.conftest import Shop, at, order
from zhanggui.base import audit, tools
from zhanggui.base.errors import Forbidden, NotFound
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.shop.files import (
    OrderLineRecord,
    ProductRecord,
    RefundRecord,
    RefundStatus,
    SkuRecord,
)
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
NUMBER = "4099120000000111111"
VIEWER = Principal("usr_v", "viewer")


async def ask(shop: Shop, name: str, by: Principal = SYSTEM, **given: Any) -> Any:
    outcome = await tools.call(shop.runtime, f"shop.{name}", given, shop_id=shop.id, principal=by)
    return outcome.output


@pytest.fixture
async def stocked(shop: Shop) -> Shop:
    """A shop as a pack fills it: lines name their SKU alone."""
    await shop.bring(
        ProductRecord(row=2, product_id="p1", title="恒温电热水壶", status="出售中"),
        SkuRecord(
            row=2,
            sku_id="s1",
            product_id="p1",
            price_fen=100,
            stock=3,
            attributes={"颜色": "白", "材质": "钢"},
        ),
        SkuRecord(
            row=3,
            sku_id="s2",
            product_id="p1",
            price_fen=300,
            stock=4,
            attributes={"颜色": "黑", "材质": "钢"},
        ),
        ProductRecord(row=4, product_id="p2", title="100%_棉", price_fen=50, status="仓库中"),
        order(paid_fen=None, titles=()),
        OrderLineRecord(row=2, order_no=NUMBER, sku_id="s2", quantity=2, paid_fen=600),
        OrderLineRecord(row=3, order_no=NUMBER, position=1, sku_id="gone", paid_fen=1),
        order("4099120000000222222", buyer_nick="小**", created_at=at("2026-03-09 08:00:00")),
        RefundRecord(
            row=2,
            refund_id="r1",
            order_no=NUMBER,
            status=RefundStatus.PENDING,
            created_at=at("2026-03-02 10:00:00"),
        ),
    )
    return shop


async def test_goods_with_the_range_of_their_skus(stocked, engine):
    listed = {item.id: item for item in (await ask(stocked, "list_products")).items}
    kettle = listed["p1"]
    assert (kettle.price_min_fen, kettle.price_max_fen) == (100, 300)
    assert (kettle.stock, kettle.sku_count, kettle.on_sale) == (7, 2, True)
    assert (listed["p2"].price_min_fen, listed["p2"].on_sale) == (50, False)
    shown = await ask(stocked, "get_product", product_id="p1")
    assert shown.attributes == {"材质": "钢"}
    assert [sku.name for sku in shown.skus] == ["白", "黑"]


@pytest.mark.parametrize(("q", "found"), [("100%_", ["p2"]), ("%", ["p2"]), ("电热", ["p1"])])
async def test_a_search_takes_signs_at_their_word(stocked, engine, q, found):
    assert [item.id for item in (await ask(stocked, "list_products", q=q)).items] == found


async def test_a_line_that_names_its_sku_alone_is_called_by_its_product(stocked, engine):
    shown = await ask(stocked, "get_order", order_id=NUMBER)
    assert [line.title for line in shown.lines] == ["恒温电热水壶", "gone"]
    listed = {item.id: item for item in (await ask(stocked, "list_orders")).items}
    assert listed[NUMBER].title == "恒温电热水壶；gone"
    assert (listed[NUMBER].quantity, listed[NUMBER].paid_fen) == (3, 601)


async def test_orders_are_newest_first_and_found_by_number_nick_phone_and_day(stocked, engine):
    async def found(**given):
        return [item.id[-6:] for item in (await ask(stocked, "list_orders", **given)).items]

    assert await found() == ["222222", "111111"]
    assert await found(q="000111111") == ["111111"]
    assert await found(q="小鱼") == ["111111"]
    assert await found(q="19900001234") == ["222222", "111111"]
    assert await found(q="1990000") == []
    assert await found(until="2026-03-05T00:00:00+08:00") == ["111111"]
    assert await found(status="closed") == []


async def test_a_receiver_is_masked_until_revealed_and_that_is_recorded(stocked, engine):
    shown = await ask(stocked, "get_order", order_id=NUMBER)
    assert (shown.receiver_name, shown.receiver_phone) == ("张**", "199****1234")
    assert "示例路" not in shown.model_dump_json()
    assert [moment.what for moment in shown.timeline] == ["created", "refund"]
    whole = await ask(stocked, "reveal_receiver", order_id=NUMBER)
    assert (whole.name, whole.phone) == ("张小满", "19900001234")
    async with stocked.runtime.db.reading(stocked.id) as session:
        rows = await audit.recent(session, stocked.id)
    assert [row.tool for row in rows] == ["shop.reveal_receiver"]
    with pytest.raises(Forbidden):
        await ask(stocked, "reveal_receiver", by=VIEWER, order_id=NUMBER)


async def test_buyers_with_what_they_spent(stocked, engine):
    (buyer,) = (await ask(stocked, "list_buyers", q="小鱼")).items
    assert (buyer.orders, buyer.paid_fen) == (1, 601)


async def test_the_overview(stocked, engine, clock):
    shown = await ask(stocked, "overview")
    assert (shown.orders, shown.refunds, shown.paid_fen) == (2, 1, 601 + 13_900)
    assert len(shown.days) == 30
    assert [(day.date.day, day.orders) for day in shown.days if day.orders] == [(1, 1), (9, 1)]


async def test_nothing_of_it_is_seen_from_another_shop(stocked, engine, other_shop_id):
    await open_shop(stocked.runtime, other_shop_id, "别家")
    other = Shop(stocked.runtime, other_shop_id)
    single: list[tuple[str, dict[str, Any]]] = [
        ("get_order", {"order_id": NUMBER}),
        ("reveal_receiver", {"order_id": NUMBER}),
        ("get_product", {"product_id": "p1"}),
    ]
    for name, given in single:
        with pytest.raises(NotFound):
            await ask(other, name, **given)
    for name in ("list_orders", "list_products", "list_buyers"):
        assert (await ask(other, name)).total == 0
    assert (await ask(other, "overview")).orders == 0
