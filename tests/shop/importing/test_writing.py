"""Merged, never overwritten by less; the same again changes nothing; nothing is too long."""

from __future__ import annotations

from typing import cast

import pytest
from sqlalchemy import Table, select

from tests.shop.conftest import at, order
from zhanggui.base.bulk import insert_many
from zhanggui.base.events import EventRow
from zhanggui.base.tenancy import TenantLeak
from zhanggui.shop import models
from zhanggui.shop.files import (
    OrderLineRecord,
    OrderStatus,
    ProductRecord,
    PromotionDayRecord,
    PromotionLevel,
    SkuRecord,
)
from zhanggui.shop.receivers import Receiver

pytestmark = pytest.mark.db
NUMBER = "4099120000000111111"


def line(position=0, **said):
    usual = {"sku_id": "s1", "quantity": 2, "paid_fen": 5000, "status": OrderStatus.PAID}
    return OrderLineRecord(row=2, order_no=NUMBER, position=position, **{**usual, **said})


async def test_the_same_again_changes_not_one_row_and_tells_of_nothing(shop, engine):
    records = (
        ProductRecord(row=2, product_id="p1", title="壶", picture_urls=("https://a/b.jpg",)),
        SkuRecord(row=2, sku_id="s1", product_id="p1", price_fen=100, attributes={"色": "白"}),
        order(),
        order("4099120000000222222", paid_fen=None, receiver_phone="199****1234"),
        line(),
    )
    await shop.bring(*records, by="imp_a", exported_at=at("2026-03-02 00:00:00"))
    before, told = await shop.contents(), await shop.events()
    await shop.bring(*records, by="imp_b", exported_at=at("2026-03-02 00:00:00"))
    await shop.bring(*records, by="imp_c", exported_at=at("2026-03-05 00:00:00"))
    assert await shop.contents() == before
    assert (await shop.events(), await shop.remembered()) == (told, 0)


async def test_a_later_time_of_the_status_wins_in_any_order(shop, engine):
    old = order(status=OrderStatus.PAID, status_at=at("2026-03-01 10:00:00"), paid_fen=100)
    new = order(status=OrderStatus.SHIPPED, status_at=at("2026-03-02 10:00:00"), paid_fen=200)
    await shop.bring(new, by="imp_a", exported_at=at("2026-03-02 00:00:00"))
    await shop.bring(old, by="imp_b", exported_at=at("2026-03-09 00:00:00"))
    row = await shop.one()
    assert (row["status"], row["paid_fen"]) == ("shipped", 200)


async def test_with_equal_times_the_later_export_wins(shop, engine):
    closed = order(status=OrderStatus.CLOSED)
    await shop.bring(closed, by="imp_a", exported_at=at("2026-03-05 00:00:00"))
    await shop.bring(order(), by="imp_b", exported_at=at("2026-03-04 00:00:00"))
    assert (await shop.one())["status"] == "closed"
    await shop.bring(order(), by="imp_c", exported_at=at("2026-03-06 00:00:00"))
    assert (await shop.one())["status"] == "paid"


async def test_two_versions_in_one_batch_merge_as_in_two(shop, engine):
    later = order(status=OrderStatus.SHIPPED, status_at=at("2026-03-02 10:00:00"), note=None)
    await shop.bring(later, order(note="送礼"))
    row = await shop.one()
    assert (row["status"], row["note"]) == ("shipped", "送礼")


async def test_what_a_file_does_not_say_stays(shop, engine):
    await shop.bring(order(note="送礼", address_changed=True), by="imp_a")
    await shop.bring(
        order(
            note=None,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            paid_fen=None,
            titles=(),
            status_at=at("2026-04-01 00:00:00"),
        ),
        by="imp_b",
    )
    row = await shop.one()
    assert (row["note"], row["status"], row["paid_fen"]) == ("送礼", "paid", 13_900)
    assert row["titles"] == ["暖屋恒温电热水壶"]
    assert row["address_changed"] is True


async def test_an_older_file_fills_what_the_newer_left_out(shop, engine):
    await shop.bring(order(status_at=at("2026-03-05 00:00:00"), note=None), by="imp_a")
    await shop.bring(order(note="送礼", paid_fen=1), by="imp_b")
    row = await shop.one()
    assert (row["note"], row["paid_fen"]) == ("送礼", 13_900)


async def test_a_line_without_a_known_status_keeps_the_one_it_has(shop, engine):
    await shop.bring(order(), line(), by="imp_a")
    await shop.bring(line(status=OrderStatus.UNKNOWN), by="imp_b")
    assert (await shop.one(models.OrderLine))["status"] == "paid"


@pytest.mark.parametrize("masked_first", [True, False])
@pytest.mark.parametrize("masked_is_newer", [True, False])
async def test_a_masked_receiver_never_replaces_a_whole_one(
    shop, engine, masked_first, masked_is_newer
):
    times = ["2026-03-01 10:00:00", "2026-03-02 10:00:00"]
    whole = order(status_at=at(times[not masked_is_newer]))
    masked = order(
        status_at=at(times[masked_is_newer]),
        buyer_nick="小**",
        receiver_name="张**",
        receiver_phone="199****1234",
        receiver_address="浙江省 杭州市 ****",
    )
    first, second = (masked, whole) if masked_first else (whole, masked)
    await shop.bring(first, by="imp_a")
    await shop.bring(second, by="imp_b")
    row = await shop.one()
    assert row["receiver_sealed"] == Receiver(
        "张小满", "19900001234", "浙江省 杭州市 西湖区 示例路1号"
    )
    assert row["buyer_nick"] == "小鱼爱吃草"
    assert row["buyer_id"] == (await shop.one(models.Buyer))["id"]
    assert row["phone_index"] is not None


async def test_a_masked_nick_or_phone_is_matched_with_nothing(shop, engine):
    await shop.bring(order(buyer_nick="小**", receiver_phone="199****1234"))
    row = await shop.one()
    assert (row["buyer_id"], row["phone_index"]) == (None, None)
    assert await shop.rows(models.Buyer) == []


async def test_a_changed_phone_is_found_by_its_new_number_alone(shop, engine):
    await shop.bring(order(), by="imp_a")
    before = (await shop.one())["phone_index"]
    later = at("2026-03-03 00:00:00")
    await shop.bring(order(receiver_phone="0571-8888888", status_at=later), by="imp_b")
    row = await shop.one()
    assert row["receiver_sealed"].phone == "0571-8888888"
    assert before is not None
    assert row["phone_index"] is None


async def test_lines_sum_to_what_was_paid_where_the_order_does_not_say(shop, engine):
    pack_order = order(paid_fen=None)
    await shop.bring(pack_order, line(0), line(1, paid_fen=700))
    assert (await shop.one())["paid_fen"] == 5700
    await shop.bring(line(2, paid_fen=300), by="imp_b")  # The order's rows went over two batches.
    assert (await shop.counts()).paid_fen == 6000


async def test_lines_that_came_before_their_order_count_too(shop, engine):
    await shop.bring(line(0), by="imp_a")
    await shop.bring(order(paid_fen=None), by="imp_b")
    assert (await shop.one())["paid_fen"] == 5000


async def test_an_orders_own_figure_ends_the_reckoning_by_lines(shop, engine):
    await shop.bring(order(paid_fen=None), line(0), by="imp_a")
    await shop.bring(order(paid_fen=4800), by="imp_b")
    await shop.bring(line(0, paid_fen=9999), by="imp_c")
    row = await shop.one()
    assert (row["paid_fen"], row["paid_by_line"]) == (4800, False)


async def test_counts_are_of_distinct_orders(shop, engine):
    await shop.bring(order("A1"), order("A1"), order("A2", paid_fen=1), order("A3", paid_fen=None))
    counts = await shop.counts()
    assert (counts.orders, counts.buyers, counts.paid_fen) == (3, 1, 13_901)


async def test_nothing_is_too_long_or_unstorable(shop, engine):
    await shop.bring(
        ProductRecord(row=2, product_id="p1", title="长" * 5000, category="a\x00b\ud800c"),
        ProductRecord(row=3, product_id="p2"),
        SkuRecord(row=2, sku_id="p1:" + "1:2;" * 40 + "a", product_id="p1"),
        SkuRecord(row=2, sku_id="p1:" + "1:2;" * 40 + "b", product_id="p1"),
        order(
            carrier="运" * 500,
            buyer_message="你\x00好\udfff",
            receiver_name="张\x00",
            titles=("a\x00", "b"),
        ),
    )
    products = await shop.rows(models.Product)
    assert [len(p["title"]) for p in products] == [400, 0]
    assert products[0]["category"] == "abc"
    skus = await shop.rows(models.Sku)
    assert len({sku["id"] for sku in skus}) == 2
    assert [sku["attributes"] for sku in skus] == [{}, {}]
    row = await shop.one()
    assert (row["buyer_message"], row["receiver_sealed"].name) == ("你好", "张")
    assert row["titles"] == ["a", "b"]


async def test_a_batch_has_more_rows_than_a_statement_has_parameters(shop, engine):
    orders = [order(f"A{n:06}", buyer_nick=f"n{n}") for n in range(12_000)]
    await shop.bring(*orders)
    await shop.bring(*orders, by="imp_b")
    assert (await shop.counts()).orders == 12_000


async def test_promotions_without_ids_are_told_apart_by_name(shop, engine):
    day = at("2026-03-01 00:00:00").date()
    rows = [
        PromotionDayRecord(2, day, PromotionLevel.PLAN, plan_name=name, spend_fen=fen)
        for name, fen in (("春季", 1), ("夏季", 2))
    ]
    await shop.bring(*rows)
    assert sorted(r["spend_fen"] for r in await shop.rows(models.PromotionDay)) == [1, 2]


async def test_events_tell_of_orders_without_who_they_are_for(shop, engine):
    await shop.bring(order())
    async with shop.runtime.db.reading(shop.id) as session:
        query = select(EventRow).where(EventRow.shop_id == shop.id, EventRow.type.like("%order%"))
        (event,) = await session.scalars(query)
    assert event.data["paid_fen"] == 13_900
    text = str(event.data)
    assert not any(secret in text for secret in ("小鱼", "张小满", "1990000", "西湖区"))


async def test_rows_of_another_shop_are_refused(shop, other_shop_id, engine):
    row = {"shop_id": other_shop_id, "id": "b", "nick": "n", "created_by": None, "written_by": None}
    async with shop.runtime.db.transaction(shop.id) as session:
        with pytest.raises(TenantLeak):
            await insert_many(session, cast("Table", models.Buyer.__table__), [row])
