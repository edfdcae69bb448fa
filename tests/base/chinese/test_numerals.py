"""Chinese numerals as digits."""

import pytest

from zhanggui.base.chinese import arabic
from zhanggui.base.chinese.numerals import value


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("二十五", 25), ("一百五", 150), ("一百零五", 105), ("两千三", 2300), ("一万二", 12000),
        ("三点五", 3.5), ("十", 10), ("二零二六", 2026), ("碗", None), ("三点碗", None),
    ],
)  # fmt: skip
def test_the_number_a_numeral_says(word, number):
    assert value(word) == number


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("三升的锅", "3升的锅"), ("两百以内", "200以内"), ("百分之五", "5%"),
        ("两个半小时", "2.5小时"), ("十四块九", "14.9元"), ("一米六的桌子", "1.6米的桌子"),
        ("半斤", "0.5斤"), ("俩个碗", "2个碗"), ("俩人用", "2个人用"), ("要十二个碗", "要12个碗"),
    ],
)  # fmt: skip
def test_what_counts_something_is_put_in_digits(text, plain):
    assert arabic(text) == plain


@pytest.mark.parametrize(
    "text",
    ["看一下", "万一碎了", "一样的", "十分好看", "第一次买", "统一发货", "一直没到",
     "两三天能到吗", "三五个人用", "十二三个", "五六百的", "一百二三十", "五一发货吗", "六一前要"],
)  # fmt: skip
def test_what_is_no_one_number_stays(text):
    assert arabic(text) == text


def test_what_nobody_means_is_no_number():
    assert value("一" + "万" * 90) is None
