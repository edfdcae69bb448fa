"""What a clause says that can be computed with."""

from datetime import date, datetime, time

import pytest

from zhanggui.knowledge import clauses
from zhanggui.knowledge.clauses import Period

local = datetime.fromisoformat
START = local("2026-01-30 15:30")  # A Friday.


@pytest.mark.parametrize(
    ("text", "amount", "unit", "anchor"),
    [
        ("签收后7天内可以退", 7, "day", "delivered"),
        ("自收货之日起十五天内", 15, "day", "delivered"),
        ("付款后48小时内发货", 48, "hour", "paid"),
        ("退货申请审核通过后3个工作日退款", 3, "workday", "approved"),
        ("仓库收到退货后2个工作日内退款", 2, "workday", "received"),
        ("开票后30天内可以改抬头", 30, "day", "invoiced"),
        ("整锅保修1年", 1, "year", "delivered"),
        ("7天无理由：签收后可以退", 7, "day", "delivered"),
        ("券领取后三个月有效", 3, "month", None),
    ],
)
def test_a_period_and_what_it_runs_from(text, amount, unit, anchor):
    found = clauses.periods(text)[0]
    assert (found.amount, found.unit, found.anchor) == (amount, unit, anchor)


def test_what_divides_orders_is_not_what_a_period_runs_from():
    (found,) = clauses.periods("2026年1月1日及以后付款的订单15天内可以退")
    assert found.anchor is None


def test_each_period_of_a_sentence_has_its_own_beginning():
    found = clauses.periods("签收后7天内可以退，审核通过后3天内寄回。")
    assert [(each.amount, each.anchor) for each in found] == [(7, "delivered"), (3, "approved")]


def test_an_amount_of_something_else_is_no_period():
    assert clauses.periods("满88元包邮，2026年6月1日起每单限3件") == []


@pytest.mark.parametrize(
    ("amount", "unit", "whole_days", "end"),
    [
        (48, "hour", False, local("2026-02-01 15:30")),
        (7, "day", False, local("2026-02-06 15:30")),
        (7, "day", True, local("2026-02-06 23:59")),
        (2, "workday", False, local("2026-02-03 23:59")),
        (1, "month", False, local("2026-02-28 23:59")),
        (2, "year", False, local("2028-01-30 23:59")),
        (0.5, "year", False, local("2026-07-30 23:59")),
    ],
)
def test_a_period_ends(amount, unit, whole_days, end):
    assert Period(amount, unit, "delivered", whole_days, "").until(START) == end


def test_a_period_from_the_next_midnight_is_of_whole_days():
    (found,) = clauses.periods("签收次日零点起7天内")
    assert found.whole_days


def test_the_parts_of_a_clause_hold_from_and_until_a_day():
    text = "2026年5月1日及以后付款的，15天内可以退；此前付款的7天内可以退。"
    new, old = clauses.branches(text, 2026)
    assert (new.since, new.until, old.since, old.until) == (
        date(2026, 5, 1), None, None, date(2026, 4, 30),
    )  # fmt: skip
    assert new.holds(date(2026, 5, 1))
    assert not old.holds(date(2026, 5, 1))
    assert old.holds(date(2026, 4, 30))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("6月1日前付款的满88包邮", None, date(2026, 5, 31)),
        ("5月31日及以前下单的送碗垫", None, date(2026, 5, 31)),
        ("2025年6月1日起购买的，保修两年", date(2025, 6, 1), None),
        ("4月28日到5月5日付款的订单加送筷子", date(2026, 4, 28), date(2026, 5, 5)),
    ],
)
def test_a_part_says_from_when_until_when_it_holds(text, since, until):
    (found,) = clauses.branches(text, 2026)
    assert (found.since, found.until) == (since, until)


def test_a_comma_before_an_earlier_time_parts_a_clause_too():
    text = "2026年5月1日及以后付款的15天内可以退，此前付款的7天内可以退。"
    assert [(each.since, each.until) for each in clauses.branches(text, 2026)] == [
        (date(2026, 5, 1), None),
        (None, date(2026, 4, 30)),
    ]


def test_a_span_over_new_year_holds_on_both_sides_of_it():
    found = clauses.branches("12月30日到1月3日付款的订单送碗垫", 2026)
    for day, holds in ((date(2026, 1, 2), 1), (date(2026, 12, 31), 1), (date(2026, 6, 1), 0)):
        assert sum(each.holds(day) for each in found) == holds


@pytest.mark.parametrize("text", ["每单限用一张", "2月30日起付款的", "6月9日到6月3日付款的订单"])
def test_a_clause_that_makes_no_difference_has_no_parts(text):
    assert clauses.branches(text, 2026) == []


@pytest.mark.parametrize(
    ("text", "begin", "end", "resumes"),
    [
        (
            "2月11日16:00后到2月23日付款的，从2月24日起按付款先后发出",
            local("2026-02-11 16:00"), local("2026-02-23 23:59"), date(2026, 2, 24),
        ),
        (
            "5月1日至3日仓库休息，5月4日起恢复发货",
            local("2026-05-01 00:00"), local("2026-05-03 23:59"), date(2026, 5, 4),
        ),
        (
            "12月30日到1月3日付款的，从1月4日起发货",
            local("2026-12-30 00:00"), local("2027-01-03 23:59"), date(2027, 1, 4),
        ),
    ],
)  # fmt: skip
def test_a_time_in_which_nothing_is_sent_and_the_day_it_goes_on(text, begin, end, resumes):
    assert clauses.span(text, 2026) == (begin, end, resumes)


@pytest.mark.parametrize(
    "text", ["每天发货", "2月30日到3月1日付款的从3月2日起发", "5月9日到5月3日休息，5月4日起发货"]
)
def test_other_clauses_have_no_such_time(text):
    assert clauses.span(text, 2026) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("每天16:00前付款的当天发货", time(16, 0)),
        ("下午四点前付款当天发货", time(16, 0)),
        ("中午12点前下单的当天发出", time(12, 0)),
        ("17点30前拍下，今天发", time(17, 30)),
        ("当天发货", None),
        ("25:00前付款当天发", None),
        ("16:75前付款当天发", None),
    ],
)
def test_the_hour_until_which_it_goes_out_the_same_day(text, hour):
    assert clauses.cutoff(text) == hour


def test_the_time_from_payment_within_which_goods_are_sent():
    assert clauses.ships_within("付款后48小时内发货") == Period(
        48, "hour", "paid", False, "付款后48小时内发货"
    )
    assert clauses.ships_within("付清尾款后3个工作日内发出") == Period(
        3, "workday", "paid", False, "付清尾款后3个工作日内发出"
    )
    assert clauses.ships_within("付款后尽快发货") is None


def test_the_day_by_which_presold_goods_are_sent():
    assert clauses.ships_on("预售，7月20日前发货", 2026) == date(2026, 7, 20)
    assert clauses.ships_on("2027年1月5日起陆续发货", 2026) == date(2027, 1, 5)
    assert clauses.ships_on("2月30日前发货", 2026) is None
    assert clauses.ships_on("7月20日签收", 2026) is None
