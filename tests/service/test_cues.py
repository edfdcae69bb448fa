"""What a message is about, by its words."""

import pytest

from zhanggui.service import cues
from zhanggui.service.cues import Topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我的包裹到哪了", Topic.ORDER),
        ("啥时候发货呀", Topic.ORDER), ("退款到账了吗", Topic.REFUND),
        ("有没有券", Topic.COUPON), ("帮我改下地址", Topic.CHANGE), ("取消订单", Topic.CHANGE),
        ("推荐一款送妈妈的", Topic.RECOMMEND),
        ("青色还有货吗", Topic.STOCK), ("多少钱", Topic.PRICE),
    ],
)  # fmt: skip
def test_topics(text, topic):
    assert topic in cues.topics(text)


def test_a_message_without_cues_has_no_topic():
    assert cues.topics("这个能放洗碗机吗") == set()


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("一百五以内", 15000), ("200块左右的", 20000), ("三百封顶", 30000), ("预算350", 35000),
        ("百元以内", 10000), ("两百二以下", 22000), ("要1.5L的", None), ("贵不贵", None),
    ],
)  # fmt: skip
def test_budgets(text, fen):
    assert cues.budget_fen(text) == fen


def test_amounts_are_neither_dates_nor_festivals():
    assert cues.amounts("双11那张减50的券3月8号到期吗") == {"50"}
    assert cues.festivals("双十一和双十二") == "双11和双12"


@pytest.mark.parametrize("text", ["8个碗的券", "6月的券", "3号的券", "买2件"])
def test_pieces_and_days_are_no_amounts(text):
    assert cues.amounts(text) == set()


@pytest.mark.parametrize(
    ("text", "where"), [("快递到哪了", True), ("物流没动", True), ("一般多久能发货", False)]
)
def test_who_asks_where_a_parcel_is(text, where):
    assert cues.asks_where(text) is where


@pytest.mark.parametrize(
    ("text", "own"), [("我买的碗", True), ("上次那个", True), ("这个碗多少钱", False)]
)
def test_who_speaks_of_what_they_bought(text, own):
    assert cues.is_own(text) is own
