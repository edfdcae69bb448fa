"""What may be told to any shopper."""

import pytest

from tests.service.records import NOW
from zhanggui.service.gaps import anybody


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("你好,请问砂锅能用电磁炉吗?", "砂锅能用电磁炉吗?"),
        ("饭碗会不会掉色", "饭碗会不会掉色"),
        ("怎么申请退货", "怎么申请退货"),
    ],
)
def test_a_question_is_kept_as_anybody_would_ask_it(text, kept):
    assert anybody.question_of(text, (), (), NOW) == kept


@pytest.mark.parametrize(
    "text",
    [
        "我昨天买的碗到哪了",
        "订单A202606010001能改颜色吗",
        "电话13812345678的包裹能换吗",
        "送到浙江省杭州市西湖区文三路100号要几天",
        "小鱼爱吃草的会员价是多少",
        "这个能用电磁炉吗",
        "谢谢啦辛苦了",
        "我要找人工客服",
        "帮我改一下地址吧",
        "碗",
    ],
)
def test_a_question_that_is_ones_own_or_points_somewhere_is_not(text):
    assert anybody.question_of(text, (), ("小鱼爱吃草",), NOW) is None


@pytest.mark.parametrize("text", ["那砂锅可以吗", "红色呢", "多少钱"])
def test_a_question_that_leans_on_another_is_not(text):
    assert anybody.question_of(text, ["饭碗能用电磁炉吗"], (), NOW) is None


def test_an_answer_is_kept_without_what_only_keeps_company():
    said = ["您好", "稍等我看一下", "可以的,砂锅平底的都能用电磁炉", "圆底的不行。"]
    kept = anybody.answer_of(said, (), NOW)
    assert kept == "可以的,砂锅平底的都能用电磁炉。圆底的不行。"


@pytest.mark.parametrize(
    "text",
    [
        "您的包裹已经到杭州了,请注意查收。",
        "帮您登记了,会有同事联系。",
        "给您特批一次,可以退的。",
        "破例给您免运费,下不为例哦。",
        "明天下午就能发货的。",
        "6月18日之前都可以换。",
        "跟仓库确认过,可以分开发货。",
        "联系张三 13812345678 就可以了。",
        "好的",
        "您想要哪一种颜色的呢?",
    ],
)
def test_an_answer_to_one_shopper_for_one_day_or_by_way_of_exception_is_not(text):
    assert anybody.answer_of([text], (), NOW) is None


def test_what_is_shown_names_nobody():
    shown = anybody.plain("你好,我叫李小明,电话13812345678,住浙江省杭州市西湖区文三路100号")
    assert "李小明" not in shown
    assert "13812345678" not in shown
    assert "文三路" not in shown
