"""Questions about coupons."""

import pytest

from tests.service.records import context
from zhanggui.service import Asked, coupons, cues


def propose(text):
    return coupons.propose(Asked(text), context(), cues.topics(text))


@pytest.mark.parametrize(
    ("text", "coupon", "part"),
    [
        ("减20那张券哪天到期", "C1", "6月30日"),
        ("双十一的券还能用吗", "C2", "已过期"),
        ("六月的优惠券怎么用", "C1", "满199减20"),
    ],
)
def test_the_coupon_that_is_meant(text, coupon, part):
    (found,) = propose(text)
    assert [each.id for each in found.sources] == [f"coupon:{coupon}"]
    assert part in found.reply
    assert found.is_sound


def test_otherwise_those_that_can_be_used_now():
    (found,) = propose("有啥优惠不")
    assert [each.id for each in found.sources] == ["coupon:C1"]


def test_only_when_asked():
    assert propose("多少钱") == []
