"""Questions about goods."""

import pytest

from tests.service.records import PRODUCTS, SKUS, context
from zhanggui.service import Asked, cues, goods


def propose(text, **values):
    asked = Asked(text)
    return goods.propose(asked, context(**values), cues.topics(text))


@pytest.mark.parametrize(
    ("text", "reply", "source"),
    [
        ("豆青的还有货吗", "山月饭碗：豆青暂时没货。", "sku:P1-2"),
        ("米白的多少钱", "山月饭碗（米白）26元。", "sku:P1-1"),
        ("口径多大", "山月饭碗的口径：11.5cm。", "product:P1"),
        ("有夜光吗", "山月饭碗没有夜光。", "product:P1"),
        ("多少钱", "山月饭碗：米白 26元，豆青 29元。", "product:P1"),
    ],
)
def test_the_page_says(text, reply, source):
    (found,) = propose(text, product=PRODUCTS["P1"])
    assert found.reply == reply
    assert [each.id for each in found.sources] == [source]
    assert found.is_sound


def test_a_product_that_is_named_goes_before_the_page():
    page = context(product=PRODUCTS["P1"])
    assert goods.meant(Asked("面碗容量多少"), page) is PRODUCTS["P2"]


def test_where_no_product_is_meant_nothing_is_said():
    assert propose("口径多大") == []


def test_an_amount_that_the_attribute_does_not_tell_is_not_sure():
    (found,) = propose("夜光能亮多少小时", product=PRODUCTS["P1"])
    assert found.confidence < 0.5


def test_skus_are_narrowed_by_what_tells_them_apart():
    assert [s.id for s in goods.choose_skus("豆青的", SKUS["P1"])] == ["P1-2"]
    assert len(goods.choose_skus("11.5cm的", SKUS["P1"])) == 2
    assert len(goods.choose_skus("好看的", SKUS["P1"])) == 2


def test_recommendations_keep_to_the_budget_and_to_stock():
    (found,) = propose("推荐个30以内的碗")
    assert found.reply == "可以看看：山月饭碗（米白）26元。"
    assert propose("推荐个20以内的碗") == []
