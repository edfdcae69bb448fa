"""Chat spellings put into the standard ones."""

import pytest

from zhanggui.base.chinese import standard


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
