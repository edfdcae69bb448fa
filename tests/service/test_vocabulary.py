"""Words of promises, deeds, days, hedges and payers."""

import pytest

from zhanggui.service import vocabulary


@pytest.mark.parametrize(
    "text", ["保证到", "包赔", "免费换", "送您一个", "最好用", "任何时候", "买2送1"]
)
def test_what_binds_the_shop_is_a_promise(text):
    assert vocabulary.found(vocabulary.PROMISES, text)


@pytest.mark.parametrize("text", ["配送到家", "送货时间", "最晚今天", "最近一次"])
def test_what_only_looks_like_one_is_none(text):
    assert not vocabulary.found(vocabulary.PROMISES, text)


@pytest.mark.parametrize(
    ("text", "deed", "ways"),
    [
        ("已取消", "cancel", {"done"}),
        ("已经帮您取消了", "cancel", {"done", "for you"}),
        ("取消好了", "cancel", {"done"}),
        ("可以取消", "cancel", set()),
        ("等待发货", "ship", set()),
        ("我会催", "urge", {"by us"}),
    ],
)
def test_a_deed_is_done_or_to_be_done(text, deed, ways):
    assert vocabulary.deeds(text)[deed] == ways


def test_days_are_the_same_by_other_words():
    assert vocabulary.days("礼拜五今日") == vocabulary.days("今天周五") == {"5", "today"}
    assert vocabulary.days("当天") != vocabulary.days("次日")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("运费由买家承担", {"buyer"}),
        ("运费您自己承担哦", {"buyer"}),
        ("运费我们来出", {"seller"}),
        ("双方各付一半", set()),
        ("您付款后发货", set()),
    ],
)
def test_who_pays(text, who):
    assert vocabulary.payers(text) == who


def test_a_reservation_has_its_sort():
    assert vocabulary.hedges("预计3天") == vocabulary.hedges("大概3天")
    assert vocabulary.hedges("一般3天") != vocabulary.hedges("预计3天")
    assert vocabulary.hedges("3天") == set()


def test_by_what_is_counted():
    assert vocabulary.rates("1500转/分钟，每天一次") == {"分钟", "天"}
