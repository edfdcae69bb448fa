"""A shopper's message, read."""

from datetime import date

import pytest

from tests.service.records import NOW, read
from zhanggui.base.chinese import Dimension
from zhanggui.service.context import Asked, Turn
from zhanggui.service.reading import Reading, mood


def test_a_message_is_read_in_standard_spelling_with_digits():
    assert read("这碗能装三百毫升伐").text == "这碗能装300毫升吗"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("能进洗碗机吗", {"yes_no"}),
        ("能不能退", {"yes_no"}),
        ("多久发货", {"how_long"}),
        ("什么时候到", {"when"}),
        ("多少钱", {"how_much"}),
        ("快递到哪了", {"where"}),
        ("为什么扣运费", {"why"}),
        ("哪款适合蒸蛋", {"which"}),
        ("怎么清洗", {"how"}),
        ("两款有什么区别", {"difference"}),
        ("白瓷的饭碗", set()),
    ],
)
def test_how_a_message_asks(text, asks):
    found = mood(text)
    assert {name for name in found.__slots__ if getattr(found, name)} == asks


@pytest.mark.parametrize("text", ["豆青的呢", "那运费谁出", "也能进微波炉吗", "多大"])
def test_a_short_or_joining_turn_leans_on_the_one_before(text):
    reading = read(text, "米白的饭碗多少钱", "26元")
    assert reading.leans
    assert reading.understood == f"米白的饭碗多少钱 {reading.text}"


def test_a_turn_that_stands_alone_does_not_lean():
    reading = read("小鱼面碗可以放进烤箱里面烤吗", "米白的饭碗多少钱", "26元")
    assert not reading.leans
    assert reading.understood == reading.text
    assert reading.whole.startswith("米白的饭碗多少钱")


@pytest.mark.parametrize(
    ("text", "leans"), [("满多少包邮", False), ("那满多少包邮", True), ("多少钱", True)]
)
def test_a_short_question_that_the_shop_knows_stands_on_its_own(text, leans):
    asked = Asked(text, turns=[Turn("shopper", "饭碗能放微波炉吗"), Turn("shop", "能的。")])
    known = {"满多少包邮", "那满多少包邮"}
    assert Reading(asked, NOW, is_asked=known.__contains__).leans is leans


def test_the_first_turn_leans_on_nothing():
    reading = read("豆青的呢")
    assert not reading.leans
    assert (reading.earlier, reading.told) == ("", "")


def test_the_last_words_of_each_side_are_known():
    reading = read("那面碗呢", "有饭碗吗", "有的", "饭碗几块", "二十六元")
    assert (reading.earlier, reading.told) == ("饭碗几块", "26元")


def test_amounts_and_days_of_the_turn():
    reading = read("昨天买的碗口径有12cm吗")
    assert [(q.low, q.dimension) for q in reading.quantities] == [(12, Dimension.LENGTH)]
    assert [m.day for m in reading.moments] == [date(2026, 6, 9)]


def test_a_leaning_turn_keeps_the_day_spoken_of():
    assert [m.day.day for m in read("那能退吗", "昨天收到的碗", "嗯").moments] == [9]
    assert read("面碗能不能放进烤箱里面烤", "昨天收到的碗", "嗯").moments == []


def test_what_kind_of_amount_is_asked_for():
    assert read("这个碗沉不沉").dimensions == {Dimension.WEIGHT}
