"""Goods for a wish."""

import pytest

from tests.service.records import context, read, search
from zhanggui.service import goods, recommending


def propose(text, page=None):
    reading, known = read(text), context(page)
    found = search(reading)
    return recommending.propose(reading, known, found, goods.meant(reading, known, found))


def shown(text, page=None):
    return [each.id for proposal in propose(text, page) for each in proposal.sources]


def test_a_wish_is_met_with_name_price_and_source():
    (found,) = propose("推荐个30以内的饭碗")
    assert found.reply == "可以看看：山月饭碗（米白）26元。"
    assert [each.id for each in found.sources] == ["sku:P1-1"]
    assert found.is_sound


def test_nothing_is_shown_beyond_the_budget():
    assert propose("推荐个20以内的碗") == []
    assert shown("预算100推荐个砂锅") == ["sku:P3-1"]


def test_what_is_out_of_stock_gives_way_to_what_is_there():
    assert shown("推荐个饭碗") == ["sku:P1-1"]


def test_what_is_told_of_persons_is_suited():
    (found,) = propose("4口人推荐个砂锅")
    assert [each.id for each in found.sources] == ["sku:P3-2"]
    assert found.reply.endswith("，适合3-4人。")


def test_what_is_not_wanted_is_not_shown():
    assert shown("推荐个蓝色的碗") == ["sku:P2-1"]
    assert "sku:P2-1" not in shown("不要蓝色的 推荐个碗")
    assert shown("不要米白 推荐个砂锅") == ["sku:P3-4"]


@pytest.mark.parametrize(("text", "count"), [("这个多少钱", 0), ("推荐个别的碗", 1)])
def test_on_a_page_only_who_asks_for_it_is_recommended_something(text, count):
    assert len(propose(text, "P1")) == count
