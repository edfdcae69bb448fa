"""Figures, dates, times and codes in one form."""

import pytest

from zhanggui.service.facts import facts


def read(text):
    return [(f.kind, f.value, f.unit, f.bound) for f in facts(text).found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二十四小时内", "24小时以内"),
        ("三到五天", "3-5天"),
        ("¥12.50", "12.5元"),
        ("满199减20", "满199元减20元"),
        ("下午3点半前", "15:30之前"),
        ("1月20号", "1月20日"),
        ("2026-01-20", "2026年1月20日"),
        ("零下18度", "-18℃"),
        ("百分之五", "5%"),
        ("八五折", "8.5折"),
        ("1.2万件", "12000件"),
        ("1,299元", "1299块"),
        ("不超过七天", "7日内"),
        ("约3天", "3天左右"),
        ("1-2人", "1到2个人"),
        ("型号X100-Pro", "型号x100-pro"),
    ],
)
def test_the_same_is_the_same_however_it_is_written(one, other):
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7天内", "7天后"),
        ("3天", "3个工作日"),
        ("1.5L", "1500ml"),
        ("20日", "20天"),
        ("9点", "21点"),
        ("18℃", "-18℃"),
        ("2026年1月20日", "1月20日"),
        ("满100", "100元"),
        ("ZT75312345678", "ZT75312345679"),
    ],
)
def test_what_differs_stays_different(one, other):
    assert read(one) != read(other)


def test_both_ends_of_a_range_have_its_unit_and_bound():
    assert read("3-5天内") == [("number", "3", "天", "most"), ("number", "5", "天", "most")]


def test_a_phone_number_is_one_code():
    assert read("拨400-820-8820") == [("code", "400-820-8820", "", "")]


def test_a_sum_and_a_time_are_not_taken_for_a_date():
    assert read("54×46×24cm")[0] == ("number", "54", "", "")
    assert read("9:00-18:00") == [("time", "9:00", "", ""), ("time", "18:00", "", "")]


@pytest.mark.parametrize("text", ["", "13月40日", "25:99", "9" * 40, "99点", "0月", "¥", "-", "万"])
def test_odd_figures_are_borne(text):
    facts(text)
