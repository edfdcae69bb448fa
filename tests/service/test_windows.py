"""The clause that governs an order, and its last day."""

from datetime import date

import pytest

from tests.service.records import at, clause, context, line, order
from zhanggui.service import windows

PAID, CAME = at("2026-06-01 09:00"), at("2026-06-04 18:00")
SEVEN = clause("returns#1", "签收次日零点起7天内可以无理由退货。", "退货")


def window(*rules, anchor="delivered", came=CAME, paid=PAID):
    bought = order("N1", "delivered", paid_at=paid, delivered_at=came)
    known = context(order=bought, orders=[bought], lines={"N1": [line("N1", "P3")]})
    return windows.window(rules, anchor, bought, known)


def test_the_last_day_is_worked_out_and_cited():
    found = window(SEVEN)
    assert (found.last, found.is_over, found.evidence.id) == (
        date(2026, 6, 11), False, "policy:returns#1",
    )  # fmt: skip


def test_the_last_day_counts_to_its_end():
    assert window(SEVEN, came=at("2026-06-03 00:10")).is_over is False  # It is the tenth.
    assert window(SEVEN, came=at("2026-06-02 23:50")).is_over is True


def test_the_part_for_the_day_of_payment_holds():
    dated = clause(
        "returns#2", "2026年6月1日起付款的订单，签收次日零点起14天内可以退；此前付款的订单为7天。"
    )
    assert window(dated).last == date(2026, 6, 18)
    assert window(dated, paid=at("2026-05-31 09:00")).last == date(2026, 6, 11)


def test_a_dated_part_goes_before_a_general_clause():
    dated = clause("returns#7", "2026年7月1日以前付款的订单，退货期限是签收次日零点起15天。")
    assert window(SEVEN, dated).last == date(2026, 6, 19)


def test_a_clause_about_what_was_bought_goes_first():
    mine = clause("returns#3", "砂锅不适用14天，仍为签收次日零点起3天。")
    assert window(SEVEN, mine).evidence.id == "policy:returns#3"
    others = clause("returns#3", "茶具不适用14天，仍为签收次日零点起3天。")
    assert window(SEVEN, others).evidence.id == "policy:returns#1"


@pytest.mark.parametrize(
    "text",
    [
        "签收超过15天的按保修处理。",
        "退货申请通过后7天内寄回。",
        "收到退回的商品之日起7天内退款。",
        "可以退货。",
    ],
)
def test_what_runs_from_something_else_is_no_window(text):
    assert window(clause("returns#9", text)) is None


def test_without_the_day_it_runs_from_nothing_is_known():
    assert window(SEVEN, came=None) is None


@pytest.mark.parametrize(
    ("text", "excluded"),
    [("厚釉砂锅只退不换。", True), ("厚釉砂锅用过的不换。", False), ("面碗只退不换。", False)],
)
def test_goods_are_excepted_by_name_and_without_conditions(text, excluded):
    bought = order("N1", "delivered")
    known = context(order=bought, orders=[bought], lines={"N1": [line("N1", "P3")]})
    found = windows.excludes([clause("x#1", text)], known, bought, "不换")
    assert (found is not None) is excluded
