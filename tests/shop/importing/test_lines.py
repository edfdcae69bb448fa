"""A line stays the line that it is, wherever an export puts it."""

from __future__ import annotations

import pytest

from zhanggui.shop import models
from zhanggui.shop.files import OrderLineRecord, OrderStatus

pytestmark = pytest.mark.db
NUMBER = "4099120000000111111"


def line(position, title, status=OrderStatus.PAID, **said):
    return OrderLineRecord(2, NUMBER, position, title=title, status=status, **said)


async def kept(shop):
    return [
        (row["position"], row["title"], row["status"]) for row in await shop.rows(models.OrderLine)
    ]


async def test_an_export_of_some_lines_changes_those_alone(shop, engine):
    await shop.bring(line(0, "水壶"), line(1, "滤网"), by="imp_a")
    await shop.bring(line(0, "滤网", OrderStatus.CLOSED), by="imp_b")
    assert await kept(shop) == [(0, "水壶", "paid"), (1, "滤网", "closed")]


async def test_a_line_is_known_by_its_number(shop, engine):
    await shop.bring(line(0, "水壶", line_no="11"), line(1, "水壶", line_no="12"), by="imp_a")
    await shop.bring(line(0, "水壶", OrderStatus.CLOSED, line_no="12"), by="imp_b")
    assert await kept(shop) == [(0, "水壶", "paid"), (1, "水壶", "closed")]


async def test_lines_of_an_order_need_not_follow_one_another(shop, engine):
    other = OrderLineRecord(3, "4099120000000222222", 0, title="杯子")
    for by in ("imp_a", "imp_b"):
        await shop.bring(line(0, "水壶"), other, line(0, "滤网"), by=by)
        assert [row["title"] for row in await shop.rows(models.OrderLine)] == [
            "水壶",
            "滤网",
            "杯子",
        ]


async def test_the_same_goods_twice_are_two_lines(shop, engine):
    for by in ("imp_a", "imp_b"):
        await shop.bring(line(0, "水壶"), line(1, "水壶"), by=by)
        assert len(await kept(shop)) == 2


async def test_a_file_that_says_less_is_of_the_same_line(shop, engine):
    await shop.bring(
        line(0, "水壶", attributes="颜色:白", outer_id="A"),
        line(1, "水壶", attributes="颜色:黑", outer_id="B"),
        by="imp_a",
    )
    await shop.bring(
        line(0, "水壶", OrderStatus.SHIPPED),
        line(1, "水壶", OrderStatus.CLOSED, attributes="颜色:黑", outer_id="B-2"),
        by="imp_b",
    )
    assert await kept(shop) == [(0, "水壶", "shipped"), (1, "水壶", "closed")]


async def test_lines_beyond_all_measure_are_kept_by_their_place(shop, engine):
    records = [line(place, f"第{place}件") for place in range(700)]
    for by in ("imp_a", "imp_b"):
        await shop.bring(*records, by=by)
        assert [row[1] for row in await kept(shop)] == [record.title for record in records]
