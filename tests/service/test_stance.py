"""A no is kept where it is."""

import pytest

from zhanggui.service.stance import agree, stance


@pytest.mark.parametrize(
    ("wording", "draft"),
    [
        ("亲，拆封后就不能退了哦", "拆封后不支持退货"),
        ("很抱歉，定制的不支持退换呢", "不可以的，定制商品不支持退换。"),
        ("不好意思亲，这款不防水", "这款不防水。"),
        ("可以的，能开发票", "可以开发票。"),
        ("没问题的亲，可以开发票", "可以开发票。"),
        ("不锈钢的，不生锈哦", "不锈钢材质，不生锈。"),
    ],
)
def test_the_same_is_denied(wording, draft):
    assert agree(wording, draft)


@pytest.mark.parametrize(
    ("wording", "draft"),
    [
        ("拆封后能退", "拆封后不能退"),
        ("不能退", "能退"),
        ("可以的，拆封后不能退", "不可以的，拆封后不能退"),
        ("不可以的哦，支持机洗", "支持机洗"),
        ("只支持换货", "不可以的，只支持换货"),
        ("敏感肌不能用，孕妇可以用", "敏感肌可以用，孕妇不能用"),
    ],
)
def test_a_no_lost_added_or_moved_is_seen(wording, draft):
    assert not agree(wording, draft)


def test_a_question_of_either_kind_denies_nothing():
    assert stance("能不能退").noes == 0
    assert stance("有没有货").noes == 0
