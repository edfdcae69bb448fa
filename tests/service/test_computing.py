"""What follows from a clause for this shopper."""

import dataclasses

import pytest

from tests.service.records import at, context, line, order, product, read, refund, sku
from zhanggui.service import computing

RETURNS = (
    "2026年5月1日及以后付款的，签收次日零点起15天内可以退；此前付款的，签收次日零点起7天内可以退。"
)


def apply(text, asked, *before, **values):
    return computing.apply(text, read(asked, *before), context(**values))


def test_the_part_that_held_on_the_day_of_payment_and_its_deadline():
    bought = order(
        "N1", "delivered", paid_at=at("2026-05-03 10:00"), delivered_at=at("2026-05-28 09:00")
    )
    found = apply(RETURNS, "还能退吗", order=bought)
    assert "适用：2026年5月1日及以后付款的，签收次日零点起15天内可以退。" in found.text
    assert "15天到6月12日为止，现在还在期限内。" in found.text
    assert found.has_deadline
    assert [each.id for each in found.sources] == ["order:N1"]


def test_a_deadline_that_is_over_is_said_to_be():
    bought = order(
        "N1", "delivered", paid_at=at("2026-04-28 10:00"), delivered_at=at("2026-05-01 09:00")
    )
    assert "7天到5月8日为止，现在已经超过了。" in apply(RETURNS, "还能退吗", order=bought).text


def test_the_day_of_payment_as_the_shopper_says_it():
    found = apply(RETURNS, "4月28号付的款还能退吗")
    assert found.text == "您4月28日付款的话，适用：此前付款的，签收次日零点起7天内可以退。"
    assert found.sources == []


@pytest.mark.parametrize(
    "text", ["4月28号付款6月1号收到的 还能退吗", "6月1号到的 4月28号买的 还能退不"]
)
def test_each_day_is_of_what_was_done_on_it(text):
    found = apply(RETURNS, text).text
    assert "您4月28日付款的话" in found
    assert "6月1日签收，7天到6月8日为止，现在已经超过了。" in found


def test_a_day_of_receipt_is_not_called_one_of_payment():
    found = apply(RETURNS, "5月28号收到的还能退吗").text
    assert "付款的话" not in found
    assert "5月28日签收，15天到6月12日为止" in found


def test_where_no_day_is_known_nothing_follows():
    assert apply(RETURNS, "能退吗") == computing.NOTHING


def test_a_deadline_is_told_to_who_asks_about_time():
    bought = order("N1", "delivered", delivered_at=at("2026-06-09 09:00"))
    assert apply("签收后7天内可以退。", "还能退吗", order=bought).has_deadline
    assert apply("签收后7天内可以退。", "最晚哪天退", order=bought).has_deadline
    assert not apply("签收后7天内可以退。", "运费谁出", order=bought).has_deadline


def test_an_ablation_that_computes_nothing_works_nothing_out():
    asked = dataclasses.replace(read("350积分能抵多少"), computes=False)
    assert computing.apply("100积分抵1元。", asked, context()) == computing.NOTHING


@pytest.mark.parametrize(
    ("text", "asked", "worked"),
    [
        ("100积分抵1元，每单最多抵50元。", "350积分能抵多少", "350积分可以抵3.5元。"),
        ("满500积分换1张10元券。", "有1200积分", "1200积分可以抵2张。"),
        ("晚发赔付实付的5%，最低5元。", "付了300块晚发赔多少", "算下来是15元。"),
        ("晚发赔付实付的5%，最低5元。", "付了30块晚发赔多少", "按规则这笔是5元。"),
        ("晚发赔付实付的5%，最高10元。", "付了三百块赔多少", "按规则这笔是10元。"),
    ],
)
def test_a_rate_comes_to_an_amount(text, asked, worked):
    assert apply(text, asked).text == worked


def test_in_a_time_without_sending_it_goes_out_when_that_is_over():
    rule = "2月11日16:00后到2月23日付款的，从2月24日起按付款先后发出。"
    assert apply(rule, "2月15号付的款什么时候发").text == "2月15日付款的从2月24日起安排。"
    assert apply(rule, "2月9号下午三点付的什么时候发").text == ""


def test_a_period_of_a_case_runs_from_its_last_change():
    case = refund("R1", "N1", "received", updated_at=at("2026-06-09 09:00"))
    found = apply("仓库收到退货后2个工作日内退款。", "多久退款", refunds=[case])
    assert found.text == "6月9日仓库收到，2个工作日到6月11日为止，现在还在期限内。"
    assert [each.id for each in found.sources] == ["refund:R1"]


def test_a_period_of_hours_ends_at_a_minute():
    found = apply("付款后24小时内发货。", "昨天下午五点付的款什么时候发")
    assert "24小时到6月10日17:00为止，今天还来得及。" in found.text


def test_a_long_period_ends_in_a_year():
    found = apply("砂锅签收后保修1年。", "2025年3月1号收到的还在保修吗")
    assert "1年到2026年3月1日为止，现在已经超过了。" in found.text


@pytest.mark.parametrize(
    ("note", "status", "hours"),
    [
        ("06-08 10:00 到杭州；06-09 10:00 到上海", "shipped", 26),
        ("12-30 12:00 到杭州", "shipped", 162 * 24),
        ("06-09 10:00 到上海", "delivered", 0),
        ("13-40 10:00 到上海", "shipped", 0),
        (None, "shipped", 0),
    ],
)
def test_hours_since_the_couriers_last_scan(note, status, hours):
    assert computing.stalled_hours(order("N1", status, note=note), context()) == hours


def test_what_was_ordered_is_known_by_product_by_sku_or_by_the_lines_own_words():
    bowl, lid = line("N1", "P1"), line("N1", None, sku_id="P2-1")
    own = line("N2", None, title="礼盒")
    known = context(lines={"N1": [bowl, lid], "N2": [own]})
    assert computing.titles_of(known, "N1") == ["山月饭碗", "小鱼面碗"]
    assert computing.titles_of(known, "N2") == ["礼盒"]
    assert [each.id for each in computing.skus_of(known, order("N1"))] == ["P2-1"]


def test_a_sku_of_an_order_is_found_among_all_goods():
    shop = {"products": {"P5": product("P5", "茶碗")}, "skus": {"P5": [sku("P5-1", 9, 1)]}}
    known = context(lines={"N1": [line("N1", None, sku_id="P5-1")]}, **shop)
    assert computing.titles_of(known, "N1") == ["茶碗"]
