"""Amounts with units."""

import pytest

from zhanggui.base.chinese import Dimension, dimension_asked, quantities


@pytest.mark.parametrize(
    ("text", "amount", "dimension"),
    [
        ("30厘米", 30, Dimension.LENGTH), ("0.31m", 31, Dimension.LENGTH),
        ("三百毫升", 300, Dimension.VOLUME), ("1.5L", 1500, Dimension.VOLUME),
        ("两斤", 1000, Dimension.WEIGHT), ("1.2kg", 1200, Dimension.WEIGHT),
        ("半小时", 30, Dimension.TIME), ("一千瓦", 1000, Dimension.POWER),
        ("14块9", 14.9, Dimension.MONEY), ("四口人", 4, Dimension.PERSONS),
        ("两岁", 24, Dimension.AGE), ("六个碗", 6, Dimension.COUNT),
    ],
)  # fmt: skip
def test_an_amount_is_in_its_base_unit(text, amount, dimension):
    (found,) = quantities(text)
    assert found.low == pytest.approx(amount)
    assert found.dimension is dimension


@pytest.mark.parametrize(
    ("text", "within", "beyond"),
    [
        ("98到112斤", 51_000, 60_000),
        ("3-5人", 4, 6),
        ("不超过30cm", 12, 31),
        ("30cm以内", 12, 31),
        ("2L以上", 2500, 1000),
        ("至少2L", 2500, 1000),
        ("200ml", 200, 201),
    ],
)
def test_a_range_or_a_bound_holds_what_is_within(text, within, beyond):
    (found,) = quantities(text)
    assert found.holds(within)
    assert not found.holds(beyond)


def test_several_amounts_come_in_order():
    found = quantities("口径11cm高6cm 装300ml")
    assert [(q.low, q.dimension.value) for q in found] == [
        (11, "length"), (6, "length"), (300, "volume"),
    ]  # fmt: skip


def test_a_number_without_a_unit_is_no_amount():
    assert not quantities("型号A3 订单2026")


def test_a_unit_said_once_is_of_every_side():
    found = quantities("礼盒54×46×24cm")
    assert [(q.low, q.dimension) for q in found] == [
        (54, Dimension.LENGTH), (46, Dimension.LENGTH), (24, Dimension.LENGTH),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("这碗沉不沉", Dimension.WEIGHT),
        ("能装多少", Dimension.VOLUME),
        ("直径", Dimension.LENGTH),
        ("多久能到", Dimension.TIME),
        ("多少钱", Dimension.MONEY),
        ("几个人用", Dimension.PERSONS),
    ],
)
def test_a_question_tells_what_kind_of_amount_it_wants(text, dimension):
    assert dimension in dimension_asked(text)


def test_a_question_for_no_amount_wants_none():
    assert dimension_asked("什么材质") == set()
