"""Which SKUs a message means."""

import pytest

from tests.service.records import SKUS, read, sku
from zhanggui.service import variants

POTS = SKUS["P3"]
CLOTHS = [sku(f"P4-{n}", 9, 3, 尺码=size) for n, size in enumerate(("S", "M", "XL", "XXS"))]


def chosen(skus, text, *before):
    return [each.id for each in variants.choose(read(text, *before), skus).skus]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("墨绿的多少钱", ["P3-3", "P3-4"]),
        ("1.7升米白有吗", ["P3-2"]),
        ("深色的", ["P3-3", "P3-4"]),
        ("最大的多少钱", ["P3-4"]),
        ("小一点 最小的", ["P3-1"]),
        ("中号", ["P3-2", "P3-3"]),
        ("最便宜的", ["P3-1"]),
        ("贵的那个", ["P3-4"]),
    ],
)
def test_skus_are_narrowed_by_what_tells_them_apart(text, ids):
    assert chosen(POTS, text) == ids


@pytest.mark.parametrize("text", ["好看吗", "多大的", "有多厚的"])
def test_a_message_that_names_none_means_all(text):
    found = variants.choose(read(text), POTS)
    assert (found.skus, found.strength) == (POTS, 0)


@pytest.mark.parametrize(
    ("text", "ids"),
    [("xl码", ["P4-2"]), ("要M的", ["P4-1"]), ("XXS有吗", ["P4-3"]), ("最小码", ["P4-3"])],
)
def test_letter_sizes_are_words_of_their_own(text, ids):
    assert chosen(CLOTHS, text) == ids


def test_one_size_up_and_down_from_what_was_spoken_of():
    before = ("米白1.2L的多少钱", "99元")
    assert chosen(POTS, "大一号的呢", *before) == ["P3-2", "P3-3"]
    assert chosen(POTS, "小一号的呢", "2.5L的多少钱", "189元") == ["P3-2", "P3-3"]
    assert chosen(POTS, "再小一号", *before) != ["P3-4"], "there is none smaller"


def test_a_new_colour_keeps_the_size_spoken_of():
    assert chosen(POTS, "那墨绿呢", "米白1.7L的有吗", "有的") == ["P3-3"]


def test_the_other_one_is_what_was_not_spoken_of():
    assert chosen(SKUS["P1"], "另一款有货吗", "米白的多少钱", "26元") == ["P1-2"]


def test_of_what_is_named_the_largest_or_dearest_is_meant():
    assert chosen(POTS, "米白的最大的") == ["P3-2"]
    assert chosen(POTS, "墨绿最便宜的那个") == ["P3-3"]


def test_what_the_shop_spoke_of_is_what_it_means():
    assert chosen(POTS, "它呢", "有货吗", "1.2L的有货") == ["P3-1"]


def test_an_only_sku_is_meant_whatever_is_said():
    assert chosen(SKUS["P2"], "红色的") == ["P2-1"]


def test_what_tells_skus_apart():
    assert variants.telling(SKUS["P1"]) == ["颜色"]
    assert variants.telling(POTS) == ["颜色", "容量", "适合"]
