"""Slips of the keyboard put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.knowledge import Speller

SPELLER = Speller(["山月饭碗", "豆青的荷花边面碗", "支持七天无理由退货"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("什么时候发或", "什么时候发货"),
        ("我的快第到哪了", "我的快递到哪了"),
        ("可以腿货吗", "可以退货吗"),
        ("什么时候发发货", "什么时候发货"),
        ("怎么退退货", "怎么退货"),
        ("怎么货退", "怎么货退"),
        ("有优券惠吗", "有优惠券吗"),
        ("shenme时候fahuo", "什么时候发货"),
        ("baoyou吗", "包邮吗"),
    ],
)
def test_a_slip_is_taken_back(typed, meant):
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "什么时候发货", "这个碗能进微波炉吗", "试试看看行不行", "给孩子天天用",
        "usb口是type c的吗", "iphone能用吗", "豆青的荷花边还有吗", "A202603120017", "",
        "对象说像锯木头", "慢慢喝", "1.7l的多少钱",
    ],
)  # fmt: skip
def test_what_may_be_meant_stays(text):
    assert SPELLER.correct(text) == text


def test_a_shops_own_words_are_known():
    text = "请问瓯越釉的那只"
    assert Speller(["瓯越釉"]).correct(text) == text


@given(st.text(alphabet="发货退款多少钱碗的了吗快递哪 a1.", max_size=30))
def test_digits_stay_and_nothing_grows(text):
    meant = SPELLER.correct(text)
    assert [c for c in meant if c in "1."] == [c for c in text if c in "1."]
    assert len(meant) <= len(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert SPELLER.correct(SPELLER.correct(text)) is not None
