"""The shop's tables as files: every row, masked, recorded, and never another shop's."""

from __future__ import annotations

import pytest

from tests.exporting import taken
from tests.shop.conftest import Shop, at, order
from zhanggui.base import audit
from zhanggui.base.errors import Forbidden
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.shop import store
from zhanggui.shop.files import (
    CouponRecord,
    OrderLineRecord,
    OrderStatus,
    ProductRecord,
    RefundRecord,
    RefundStatus,
    SkuRecord,
)
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
NUMBER = "4099120000000111111"
TABLES = ("goods", "orders", "buyers", "refunds", "coupons")
PERSONAL = ("小鱼爱吃草", "张小满", "19900001234", "示例路")


@pytest.fixture
async def stocked(shop: Shop) -> Shop:
    await shop.bring(
        ProductRecord(row=2, product_id="p1", title="=恒温电热水壶", category="水壶"),
        SkuRecord(row=2, sku_id="s1", product_id="p1", price_fen=100, attributes={"颜色": "白"}),
        SkuRecord(row=3, sku_id="s2", product_id="p1", price_fen=300, stock=4),
        ProductRecord(row=4, product_id="p2", title="棉布", price_fen=50, stock=9),
        order(titles=()),
        OrderLineRecord(row=2, order_no=NUMBER, sku_id="s2", quantity=2),
        order(
            "4099120000000222222", status=OrderStatus.CLOSED, created_at=at("2026-03-09 08:00:00")
        ),
        RefundRecord(
            row=2,
            refund_id="r1",
            order_no=NUMBER,
            status=RefundStatus.PENDING,
            amount_fen=1_390,
            reason="打19900001234说",
        ),
        CouponRecord(row=2, coupon_id="c1", name="夏券", threshold_fen=30_000),
    )
    return shop


async def take(shop: Shop, table: str, by: Principal = SYSTEM, **filters: str) -> list[list[str]]:
    return await taken(shop.runtime, shop.id, table, by, **filters)


async def test_goods_are_a_row_for_each_sku(stocked, engine):
    rows = await take(stocked, "goods")
    assert [(row[0], row[5], row[6], row[8], row[9]) for row in rows] == [
        ("p1", "s1", "颜色：白", "1.00", ""),
        ("p1", "s2", "", "3.00", "4"),
        ("p2", "", "", "0.50", "9"),
    ]
    assert rows[0][1] == "'=恒温电热水壶"
    assert [row[0] for row in await take(stocked, "goods", q="棉")] == ["p2"]


async def test_orders_say_what_and_when_and_hide_who(stocked, engine):
    newest, oldest = await take(stocked, "orders")
    assert (newest[0], newest[1]) == ("4099120000000222222", "已关闭")
    assert oldest[:5] == [NUMBER, "待发货", "小****", "'=恒温电热水壶", "2"]
    assert (oldest[7], oldest[9]) == ("139.00", "2026-03-01 09:58:00")
    assert oldest[15:] == ["张**", "199****1234", "浙江省 杭州****"]
    assert [row[0] for row in await take(stocked, "orders", status="closed")] == [newest[0]]
    assert await take(stocked, "orders", until="2026-01-01T00:00:00+08:00") == []


async def test_cases_buyers_and_coupons(stocked, engine):
    ((case, number, kind, status, buyer, title, amount, reason, *_),) = await take(
        stocked, "refunds"
    )
    assert (case, number, kind, status, buyer) == ("r1", NUMBER, "其他", "待处理", "小****")
    assert (title, amount, reason) == ("'=恒温电热水壶", "13.90", "打199****1234说")
    assert [row[:3] for row in await take(stocked, "buyers")] == [["小****", "2", "278.00"]]
    assert [row[:5] for row in await take(stocked, "coupons")] == [
        ["c1", "夏券", "进行中", "", "300.00"]
    ]
    assert await take(stocked, "coupons", state="over") == []


@pytest.mark.parametrize("table", TABLES)
async def test_nothing_personal_is_in_a_file(stocked, engine, table):
    text = str(await take(stocked, table))
    assert [said for said in PERSONAL if said in text] == []


async def test_who_took_what_is_about_people_is_recorded(stocked, engine):
    viewer = Principal("usr_v", "viewer")
    for table in TABLES:
        await take(stocked, table, viewer)
    async with stocked.runtime.db.reading(stocked.id) as session:
        rows = await audit.recent(session, stocked.id)
    assert {(row.tool, row.principal_id) for row in rows} == {
        ("export.orders", "usr_v"), ("export.buyers", "usr_v"), ("export.refunds", "usr_v"),
    }  # fmt: skip


async def test_a_shopper_takes_nothing_away(stocked, engine):
    for table in TABLES:
        with pytest.raises(Forbidden):
            await take(stocked, table, Principal("usr_s", "shopper"))


async def test_every_row_is_there_once_however_many_batches_it_takes(shop, engine, monkeypatch):
    await shop.bring(*(order(f"A{n:03}") for n in range(25)))
    batches, whole = [], store.batches

    async def small(session, query):
        async for batch in whole(session, query, size=10):
            batches.append(len(batch))
            yield batch

    monkeypatch.setattr(store, "batches", small)
    rows = await take(shop, "orders")
    assert sorted(row[0] for row in rows) == [f"A{n:03}" for n in range(25)]
    assert batches == [10, 10, 5]


async def test_another_shop_has_nothing_of_it(stocked, engine, other_shop_id):
    await open_shop(stocked.runtime, other_shop_id, "别家")
    for table in TABLES:
        assert await taken(stocked.runtime, other_shop_id, table) == []
