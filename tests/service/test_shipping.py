"""By when a paid order goes out."""

import pytest

from tests.service.records import at, clause, context, line, order, product, sku
from zhanggui.service import shipping

DAILY = clause("s#1", "现货每天16:00前付款的当天发货，周日不发货。")
CUSTOM = clause("s#2", "定制面碗付款后7天内发出。")
LINES = {"N1": [line("N1", "P1")], "N2": [line("N2", "P2")]}


def due(paid, *rules, order_id="N1", **values):
    paid_for = order(order_id, "paid", paid_at=at(paid) if paid else None)
    return shipping.due(paid_for, context(**{"lines": LINES, **values}), rules)


@pytest.mark.parametrize(
    ("paid", "end", "said"),
    [
        ("2026-06-10 10:00", "2026-06-10 23:59", "6月10日10:00付款，应在6月10日（今天）发出。"),
        ("2026-06-10 16:00", "2026-06-11 23:59", "6月10日16:00付款，应在6月11日发出。"),
        (
            "2026-06-13 17:00",
            "2026-06-15 23:59",
            "6月13日17:00付款，应在6月15日发出（周日不发货）。",
        ),
    ],
)
def test_by_the_hour_of_the_day_and_the_days_of_rest(paid, end, said):
    found = due(paid, DAILY)
    assert (found.end, found.text) == (at(end), said)
    assert [each.id for each in found.sources] == ["policy:s#1"]


def test_within_so_many_hours_of_payment():
    found = due("2026-06-10 10:00", clause("s#1", "所有订单付款后48小时内发货。"))
    assert (found.end, found.text) == (at("2026-06-12 10:00"), "最晚6月12日10:00前发出。")


def test_the_more_particular_clause_goes_first():
    assert due("2026-06-10 10:00", DAILY, CUSTOM, order_id="N2").sources[0].id == "policy:s#2"
    assert due("2026-06-10 10:00", DAILY, CUSTOM).sources[0].id == "policy:s#1"


def test_a_clause_of_other_goods_says_nothing():
    assert due("2026-06-10 10:00", CUSTOM) is None


def test_presold_goods_go_out_on_the_day_their_page_says():
    presold = [sku("P5-1", 89, 3, 发货时间="预售，7月20日前发货")]
    shop = {"products": {"P5": product("P5", "茶碗")}, "skus": {"P5": presold}}
    lines = {"N1": [line("N1", "P5", sku_id="P5-1")]}
    found = due("2026-06-10 10:00", DAILY, lines=lines, **shop)
    assert found.end == at("2026-07-20 23:59")
    assert "按商品页" in found.text


@pytest.mark.parametrize("paid", ["2025-12-31 10:00", "2026-01-02 10:00"])
def test_in_a_time_without_sending_even_over_new_year_it_waits(paid):
    rule = clause("s#3", "12月30日到1月3日付款的，从1月4日起发货。")
    assert due(paid, DAILY, rule).end == at("2026-01-04 23:59")


def test_an_unpaid_order_and_a_shop_without_rules_have_no_day():
    assert due(None, DAILY) is None
    assert due("2026-06-10 10:00") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周日不发货", {6}),
        ("周六、周日仓库休息", {5, 6}),
        ("周六到周日不发货", {5, 6}),
        ("周六日不发货", {5, 6}),
        ("周末不发货", {5, 6}),
        ("星期天停发", {6}),
        ("每周一至周三停发", {0, 1, 2}),
        ("周一到周六发货", set()),
        ("每天发货", set()),
    ],
)
def test_the_days_on_which_nothing_is_sent(text, days):
    assert shipping.rest_days(text) == days
