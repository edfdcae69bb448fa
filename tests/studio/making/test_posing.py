"""Which kind of stage suits which goods."""

from __future__ import annotations

import pytest

from zhanggui.studio.facts import Facts
from zhanggui.studio.making.posing import poses


@pytest.mark.parametrize(
    ("category", "title", "first"),
    [
        ("女装", "法式碎花连衣裙", "hanging"),
        ("家纺", "纯棉浴巾", "folded"),
        ("内搭", "坑条修身吊带背心", "hanging"),
        ("Apparel", "Oversized Hoodie", "hanging"),
        ("男靴", "工装短靴", "standing"),
        ("饰品", "锆石项链", "flat_lay"),
        ("餐具", "陶瓷马克杯", "standing"),
        (None, "", "standing"),
    ],
)
def test_goods_are_shown_as_such_goods_are(category: str | None, title: str, first: str) -> None:
    assert poses(Facts(product_id="1", category=category, title=title))[0] == first


def test_what_the_merchant_says_comes_first() -> None:
    facts = Facts(product_id="1", title="针织衫", attributes={"拍摄方式": "平铺"})
    assert poses(facts) == ("flat_lay",)
