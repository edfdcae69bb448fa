"""Questions about the shopper's own orders."""

import pytest

from tests.service.records import at, clause, context, index, line, order, read, refund
from zhanggui.service import orders

RULES = [
    clause("s#1", "现货每天16:00前付款的当天发货，周日不发货。"),
    clause("d#1", "未付款的订单24小时后自动关闭。", "订单"),
]
SHIPPED = order(
    "N1", carrier="中通", tracking_no="ZT1", note="物流：06-09 10:00 已到达杭州",
    paid_at=at("2026-06-07 10:00"), shipped_at=at("2026-06-08 10:00"),
)  # fmt: skip
PAID = order("N2", "paid", paid_at=at("2026-06-09 17:00"))
UNPAID = order("N3", "unpaid", created_at=at("2026-06-10 09:00"))
DONE = order("N4", "completed", paid_at=at("2026-01-07 10:00"))
LINES = {
    "N1": [line("N1", "P1")],
    "N2": [line("N2", "P2")],
    "N3": [line("N3", "P2")],
    "N4": [line("N4", "P2")],
}


def propose(text, *before, buyer="小鱼", **values):
    known = context(lines=LINES, **values)
    return orders.propose(read(text, *before, buyer=buyer), known, index(*RULES))


def of(kind, found):
    return [each for each in found if each.kind == kind]


def test_the_open_order_says_where_it_is():
    (found,) = propose("到哪了", order=SHIPPED, orders=[SHIPPED])
    assert "中通ZT1" in found.reply
    assert "已到达杭州" in found.reply
    assert [each.id for each in found.sources] == ["order:N1"]
    assert found.is_sound


@pytest.mark.parametrize(
    ("text", "order_id"),
    [("面碗到哪了", "N2"), ("6月7号买的到哪了", "N1"), ("昨天拍的那个发了吗", "N2")],
)
def test_one_of_several_is_chosen_by_what_is_in_it_or_by_its_day(text, order_id):
    choices, sure = orders.choose(read(text), context(lines=LINES, orders=[SHIPPED, PAID]))
    assert ([each.id for each in choices], sure) == ([order_id], True)


def test_the_only_one_under_way_is_meant():
    choices, sure = orders.choose(read("到哪了"), context(lines=LINES, orders=[PAID, DONE]))
    assert ([each.id for each in choices], sure) == (["N2"], True)


def test_several_that_it_may_be_are_asked_about_and_each_is_told():
    found = propose("我的快递到哪了", orders=[SHIPPED, PAID])
    (which,) = of("which_order", found)
    assert which.decision == "clarify"
    assert "N1（山月饭碗）；N2（小鱼面碗）" in which.reply
    assert which.is_sound
    assert [each.sources[0].id for each in of("order", found)] == ["order:N1", "order:N2"]


def test_a_stranger_is_asked_which_order():
    (found,) = propose("我的包裹到哪了", buyer=None)
    assert (found.kind, found.decision, found.sources) == ("which_order", "clarify", [])
    assert propose("一般多久能发货", buyer=None) == []


def test_a_closed_order_that_was_paid_for_has_no_day_to_pay():
    closed = order(
        "N3", "closed", created_at=at("2026-06-09 09:00"), paid_at=at("2026-06-09 10:00")
    )
    assert of("pay_due", propose("怎么关了", order=closed, orders=[closed])) == []


def test_a_buyer_without_orders_hears_of_none():
    assert propose("到哪了", orders=[]) == []


def test_a_paid_order_says_by_when_it_goes_out_and_by_which_clause():
    (found,) = of("ship_due", propose("啥时候发货", order=PAID, orders=[PAID]))
    assert found.reply.endswith("应在6月10日（今天）发出。")
    assert [each.id for each in found.sources] == ["order:N2", "policy:s#1"]
    assert found.is_sound


def test_a_shipped_order_has_no_day_to_go_out():
    assert of("ship_due", propose("啥时候发货", order=SHIPPED, orders=[SHIPPED])) == []


def test_an_unpaid_order_says_until_when_it_is_kept():
    (found,) = of("pay_due", propose("不付会怎样", order=UNPAID, orders=[UNPAID]))
    assert "请在6月11日09:00前付款" in found.reply
    assert [each.id for each in found.sources] == ["order:N3", "policy:d#1"]
    assert found.is_sound


def test_an_order_of_many_things_is_still_told():
    lines = {"N1": [line("N1", None, title=f"{n}号手绘山月小饭碗礼盒装") for n in range(20)]}
    known = context(lines=lines, order=SHIPPED, orders=[SHIPPED])
    (found,) = orders.propose(read("到哪了"), known, index(*RULES))
    assert "2号手绘山月小饭碗礼盒装等，已发货" in found.reply
    assert "中通ZT1" in found.reply
    assert found.is_sound


def test_days_by_which_an_order_is_late():
    rules = index(*RULES).retriever.shipping
    late = order("N2", "paid", paid_at=at("2026-06-08 10:00"))
    assert orders.overdue(context(lines=LINES), late, rules) == pytest.approx(1.5, abs=0.01)
    assert orders.overdue(context(lines=LINES), PAID, rules) < 0
    assert orders.overdue(context(lines=LINES), SHIPPED, rules) == 0


CASES = [
    refund("R1", "N1", amount_fen=2600, status_raw="已退款"),
    refund("R2", "N2", "pending", status_raw="待审核"),
]


def test_the_case_is_chosen_by_its_goods():
    found = of("refund", propose("面碗的退款审核好了吗", orders=[SHIPPED, PAID], refunds=CASES))
    assert [each.sources[0].id for each in found] == ["refund:R2", "refund:R1"]
    assert "待审核" in found[0].reply
    assert found[0].is_sound


def test_of_an_open_order_only_its_own_cases_are_told():
    given = {"order": SHIPPED, "orders": [SHIPPED, PAID], "refunds": CASES}
    found = of("refund", propose("退款到账了吗", **given))
    assert [each.sources[0].id for each in found] == ["refund:R1"]
    assert of("refund", propose("退款到账了吗", orders=[SHIPPED])) == []
