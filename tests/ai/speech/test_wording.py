"""How what is written is said."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ai.speech.wording import said, sayings


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        # Money
        ("原价¥199，到手128.50元", "原价一百九十九元，到手一百二十八点五元"),
        ("￥1,299起", "一千二百九十九元起"),
        ("只要9.9元", "只要九点九元"),
        ("$12", "十二美元"),
        ("¥99-129", "九十九到一百二十九元"),
        ("满300减50", "满三百减五十"),
        ("销量1.2万", "销量一点二万"),
        # Discounts and percentages
        ("会员8.5折，第二件5折", "会员八五折，第二件五折"),
        ("88折", "八八折"),
        ("含棉95%", "含棉百分之九十五"),
        ("20%-30%", "百分之二十到百分之三十"),
        # Days and times
        ("2026年11月30日", "二零二六年十一月三十日"),
        ("2026-11-30前", "二零二六年十一月三十日前"),
        ("9:00-21:30", "九点到二十一点三十分"),
        ("20:05", "二十点零五分"),
        ("双11和618", "双十一和六一八"),
        ("3-5天", "三到五天"),
        ("2天", "两天"),
        ("第2天", "第二天"),
        ("12个月", "十二个月"),
        # Units
        ("1.5kg 500ml", "一点五千克 五百毫升"),
        ("30×40cm", "三十乘四十厘米"),
        ("30*40*50cm", "三十乘四十乘五十厘米"),
        ("1-2cm", "一到两厘米"),
        ("-5℃", "零下五摄氏度"),
        ("0-4℃", "零到四摄氏度"),
        ("5000mAh", "五千毫安时"),
        ("65W快充", "六十五瓦快充"),
        ("15元/件", "十五元每件"),
        # What is dialled or looked up
        ("电话13800138000", "电话幺三八零零幺三八零零零"),
        ("400-820-8820", "四零零，八二零，八八二零"),
        ("热线400-820-8820", "热线四零零，八二零，八八二零"),
        ("尾号8013", "尾号八零幺三"),
        ("订单号：20261127001832", "订单号：二零二六幺幺二七零零幺八三二"),
        ("007", "零零七"),
        # Models and English
        ("iPhone15", "iPhone 十五"),
        ("iPhone 15 Pro Max 256GB", "iPhone 十五 Pro Max 二百五十六 GB"),
        ("RTX4090", "RTX 四零九零"),
        ("X100", "X 一百"),
        ("USB3.0", "USB 三点零"),
        ("Type-C接口", "Type C接口"),
        ("2XL码", "二 XL码"),
        # Signs
        ("比例1:1", "比例一比一"),
        ("1/2的人", "二分之一的人"),
        ("S/M/L", "S，M，L"),
        ("A&B", "A和B"),
        ("看https://a.cn/x?y=1吧", "看链接吧"),
        ("好的😊👍！", "好的！"),
        ("【新品】上架", "，新品，上架"),
    ],
)
def test_as_a_shop_says_it(written, spoken):
    assert said(written) == spoken


@pytest.mark.parametrize("text", ["", "   ", "😊", "\x00\x07", "\ud800", "\u202e\ufeff"])
def test_what_cannot_be_said_is_left_out(text):
    assert said(text) == ""


@given(st.text(st.sampled_from("12.,:-~/%¥元折个kgmlW年月日第 aXi零二A+（）\n😊٣²"), max_size=40))
def test_any_text_is_said_in_order_and_without_a_digit(text):
    found = sayings(text)
    assert [s.start for s in found] == sorted({s.start for s in found})
    assert all(s.start < s.end <= len(text) for s in found)
    assert not any(letter.isdigit() for s in found for letter in s.said)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_very_long_number_does_not_take_long():
    assert len(said("9" * 3000)) == 3000
