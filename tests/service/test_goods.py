"""Questions about goods."""

import pytest

from tests.service.records import PRODUCTS, context, product, read, search, sku
from zhanggui.service import goods


def proposals(text, *before, page=None, **values):
    reading, known = read(text, *before), context(page, **values)
    found = search(reading)
    return goods.propose(reading, found, goods.meant(reading, known, found))


def told(kind, text, *before, page="P1", about="", **values):
    """The first proposal of a kind about the product of the page; of an attribute by its name."""
    title = values.get("products", PRODUCTS)[page].title
    return next(
        each
        for each in proposals(text, *before, page=page, **values)
        if each.kind == kind and title in each.reply and each.about.startswith(about)
    )


@pytest.mark.parametrize(
    ("text", "about", "page", "reply", "source"),
    [
        ("口径多大", "口径", "P1", "山月饭碗的口径：11.5cm。", "product:P1"),
        ("豆青的口径", "口径", "P1", "山月饭碗（豆青）的口径：11.5cm。", "sku:P1-2"),
        ("有夜光吗", "夜光", "P1", "山月饭碗没有夜光（不支持）。", "product:P1"),
        (
            "容量分别多少",
            "容量",
            "P3",
            "厚釉砂锅的容量，米白 1.2L：1.2L；米白 1.7L：1.7L；墨绿 2.5L：2.5L。",
            "product:P3",
        ),
    ],
)
def test_an_attribute_is_told_as_the_record_has_it(text, about, page, reply, source):
    found = told("attribute", text, about=about, page=page)
    assert found.reply == reply
    assert [each.id for each in found.sources] == [source]
    assert found.is_sound


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("能进微波炉吗", "茶碗，微波炉可以的。"),
        ("明火可以吗", "茶碗，明火不可以。"),
        ("有盖子吗", "茶碗有盖子，可以的。"),
    ],
)
def test_what_a_thing_has_and_what_may_be_done_with_it_are_told_apart(text, reply):
    bowls = [sku("P5-1", 89, 3, 微波炉="可以", 明火="不可以", 盖子="有")]
    shop = {"products": {"P5": product("P5", "茶碗")}, "skus": {"P5": bowls}, "page": "P5"}
    about = next(each for each in ("微波炉", "明火", "盖子") if each in reply)
    assert told("attribute", text, about=about, **shop).reply == reply


@pytest.mark.parametrize(("text", "asked"), [("一套几个", 1), ("有几种颜色", -1), ("重吗", 0)])
def test_what_is_counted_is_what_was_asked_for(text, asked):
    bowls = {"P1": product("P1", "山月饭碗")}
    set_of = {"P1": [sku("P1-1", 59, 3, 套装="4个")]}
    found = told("attribute", text, about="套装", products=bowls, skus=set_of)
    assert found.signals["unit_asked"] == asked


@pytest.mark.parametrize(
    ("text", "reply", "source"),
    [
        ("豆青的还有货吗", "山月饭碗：豆青29元，暂时没货（缺货）。", "sku:P1-2"),
        ("米白的多少钱", "山月饭碗：米白26元，有货，还剩4件。", "sku:P1-1"),
        ("多少钱", "山月饭碗：米白26元，有货，还剩4件；豆青29元，暂时没货（缺货）。", "product:P1"),
        ("买3个米白的", "山月饭碗：米白26元，有货，还剩4件。3件共78元，库存够。", "sku:P1-1"),
    ],
)
def test_price_and_stock_are_told_together(text, reply, source):
    found = told("offer", text)
    assert found.reply == reply
    assert [each.id for each in found.sources] == [source]
    assert found.is_sound


def test_more_than_there_is_is_not_enough():
    assert "库存只有4件，不够" in told("offer", "要12个米白的").reply


def test_in_what_two_skus_differ():
    found = told("difference", "米白和豆青有什么区别")
    assert found.reply == "山月饭碗两款的区别：颜色米白／豆青；价格26元／29元，差3元。"
    assert [each.id for each in found.sources] == ["sku:P1-1", "sku:P1-2"]
    assert found.is_sound


def test_what_differs_is_told_to_who_asks_for_it():
    assert not [e for e in proposals("米白多少钱", page="P1") if e.kind == "difference"]


def test_a_difference_without_prices_is_told_without_them():
    bowls = [sku("P5-1", None, 1, 颜色="白"), sku("P5-2", None, 1, 颜色="青")]
    shop = {"products": {"P5": product("P5", "茶碗")}, "skus": {"P5": bowls}, "page": "P5"}
    assert told("difference", "两款有什么区别", **shop).reply == "茶碗两款的区别：颜色白／青。"


def meant(text, page=None, **values):
    reading = read(text)
    found = goods.meant(reading, context(page, **values), search(reading))
    return found[0].product.id


def test_a_page_is_meant_unless_another_product_is_named():
    assert meant("多少钱", "P1") == "P1"
    assert meant("面碗容量多少", "P1") == "P2"
    assert meant("砂锅多少钱") == "P3"


def test_a_product_without_skus_has_nothing_to_say():
    bare = {"products": {"P9": product("P9", "茶海")}, "skus": {}}
    assert proposals("多少钱", **bare) == []


@pytest.mark.parametrize(
    ("text", "count"), [("买3个", 3), ("多少钱", 1), ("3个月能用坏吗", 1), ("要12只碗", 12)]
)
def test_how_many_pieces_are_wanted(text, count):
    assert goods.wanted(read(text)) == count
