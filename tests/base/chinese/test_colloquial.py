"""Chat spellings put into the standard ones."""

import pytest

from zhanggui.base.chinese import standard, uncourteous


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("优惠卷肿么用", "优惠券怎么用"),
        ("几多钱", "多少钱"),
        ("呢个有伐", "呢个有不"),
        ("发SF吗", "发顺丰吗"),
        ("ＸＬ码", "xl码"),
        ("好看😍吗", "好看 吗"),
    ],
)
def test_a_spelling_of_the_chat_becomes_the_standard_one(written, meant):
    assert standard(written) == meant


@pytest.mark.parametrize(
    "text",
    ["怎么退货", "30厘米有吗", "1.5米有吗", "是人造吗", "xxs码有吗", "那锅能用明火吗",
     "7天内个人原因退货", "safe吗", "m码"],
)  # fmt: skip
def test_what_may_be_meant_as_it_is_written_stays(text):
    assert standard(text) == text


def test_an_endless_number_is_left_out():
    assert standard("1" * 400 + "元以内") == "元以内"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("亲，这个碗能进微波炉吗 谢谢", "这个碗能进微波炉吗"),
        ("请问包邮吗", "包邮吗"),
        ("麻烦问下 多久发货呀", "多久发货"),
        ("客服在吗 快递到哪了", "快递到哪了"),
        ("不好意思 打扰了 多少钱", "多少钱"),
        ("能便宜点不 急", "能便宜点不"),
    ],
)
def test_courtesy_is_not_what_is_asked(text, asked):
    assert uncourteous(text) == asked


@pytest.mark.parametrize(
    "text", ["你好", "谢谢", "亲子装有吗", "宝宝能用吗", "老板娘在吗", "宝贝怎么发货", "好啊"]
)
def test_what_is_nothing_else_or_only_begins_like_it_stays(text):
    assert uncourteous(text) == text
