"""Amounts of goods held against those in a question."""

import pytest

from tests.service.records import product, sku
from tests.service.test_goods import told


@pytest.mark.parametrize(
    ("text", "about", "page", "worked"),
    [
        ("口径有12cm吗", "口径", "P1", "比您说的12cm小0.5cm。"),
        ("口径是11.5厘米的吧", "口径", "P1", "和您说的11.5厘米正好一样。"),
        ("能装1升水吗", "容量", "P2", "比您说的1升小。"),
        ("100度的汤能放吗", "耐温", "P2", "您说的100度在这个范围内，合适。"),
        ("200度烤箱行不行", "耐温", "P2", "您说的200度超出了这个范围，不合适。"),
        ("我们4个人用哪个", "适合", "P3", "4个人建议选米白 1.7L。"),
    ],
)
def test_an_amount_is_held_against_the_one_asked_about(text, about, page, worked):
    found = told("attribute", text, about=about, page=page)
    assert found.reply.endswith(worked)
    assert found.computed == worked
    assert found.is_sound


def test_every_side_is_held_against_the_room_there_is():
    box = [sku("P5-1", 89, 3, 尺寸="30×20×12cm")]
    shop = {"products": {"P5": product("P5", "碗柜")}, "skus": {"P5": box}, "page": "P5"}
    assert told("attribute", "40厘米放得下吗", **shop).reply.endswith(
        "每一边都不超过您说的40厘米。"
    )
    assert told("attribute", "25厘米放得下吗", **shop).reply.endswith(
        "最大的一边比您说的25厘米大。"
    )


def test_an_amount_that_is_not_among_the_steps_cannot_be_set():
    warmer = [sku("P5-1", 89, 3, 档位="40℃/60℃/80℃")]
    shop = {"products": {"P5": product("P5", "暖碗垫")}, "skus": {"P5": warmer}, "page": "P5"}
    assert told("attribute", "能调50度吗", **shop).reply.endswith("没有50度这一档，不能设。")
    assert told("attribute", "能调60度吗", **shop).reply.endswith("有60度这一档。")
